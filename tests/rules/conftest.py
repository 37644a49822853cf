"""Builders: a snapshot in a line or two, in the words of the program."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from auditor.snapshot import (
    AccountSnapshot,
    ApiKey,
    Area,
    Balance,
    Bot,
    Convertible,
    Debt,
    Earning,
    Environment,
    Flow,
    Key,
    Market,
    Network,
    Order,
    Position,
    Price,
    Read,
    Reading,
    Record,
    Restriction,
    Snapshot,
    Standing,
    SubAccount,
    Trouble,
    Unread,
    Valuation,
)

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
