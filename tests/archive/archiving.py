"""Archives of made-up accounts, at a demo exchange whose clock stands still with the program's."""

import asyncio
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from auditor import demo
from auditor.archive import run
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.run import ArchiveRequest, archive
from auditor.demo.okx import story
from auditor.demo.okx.story import FUNDING, TRADING, story_account
from auditor.exchanges.registry import load
from auditor.model.account import Account, Options
from auditor.model.clock import frozen_clock
from auditor.spec.endpoint import Cursor
from auditor.spec.exchange import Exchange
from auditor.spec.second_list import SecondList
from tests.conftest import configured_account

NOW = datetime(2026, 11, 28, 7, tzinfo=UTC)
LISTS = (FUNDING, TRADING)
SECOND = (
    *(story.FUNDING_MONTH, story.TRADING_WEEK, story.FILLS, story.DEPOSITS, story.WITHDRAWALS),
    *(story.SUB_TRANSFERS, story.CONVERSIONS),
)
"""The lists beside the ledgers."""
FILES = {FUNDING: "funding-ledger", TRADING: "trading-ledger"}


def told(*, events: int = 350, days: int = 60, seed: int = 7) -> demo.Account:
    """An account with a generated history, younger than the reach of OKX's Trading ledger unless ``days`` are more.

    A test may change its rows.
    """
    account = _told(events, days, seed)
    return account.with_(books={path: [dict(row) for row in rows] for path, rows in account.books.items()})


@cache
def _told(events: int, days: int, seed: int) -> demo.Account:
    return story_account(demo.account("empty"), NOW.timestamp(), events=events, days=days, seed=seed)


@contextmanager
def served(account: demo.Account, **server: Any) -> Iterator[tuple[Account, demo.DemoExchange]]:
    """Serve an account at a moment that does not pass."""
    options = {"limits": False, "clock": NOW.timestamp, **server}
    with demo.serve([account], **options) as exchange, frozen_clock(NOW):
        yield configured_account(account, exchange.url), exchange


def with_lists(beside: str | None = None, page: int = 100) -> Exchange:
    """OKX with the lists that a proof rests on, and those ``beside`` them that begin so: each costs some time.

    ``page``: rows of a page of each list but the ledgers.
    """
    exchange = load("okx")
    assert exchange.history is not None
    lists = tuple(
        one
        for one in exchange.history.seconds
        if not one.explains or (beside is not None and one.id.startswith(beside))
    )
    seconds = tuple(_paged(one, page) for one in lists)
    return replace(exchange, history=replace(exchange.history, seconds=seconds, dictionary=None))


def _paged(listed: SecondList, page: int) -> SecondList:
    pagination = listed.endpoint.pagination
    paged = replace(pagination, size=page) if isinstance(pagination, Cursor) else pagination
    return replace(listed, endpoint=replace(listed.endpoint, pagination=paged))


def make(
    account: Account, to: Path, *, whole: bool = False, beside: str | None = None, page: int = 100, **request: Any
) -> Archive:
    """Archive an account that is served. ``whole``: with every list that only explains; ``beside``: with some."""
    exchange = load("okx") if whole else with_lists(beside, page)
    with patch.object(run, "load", lambda _id: exchange):
        return asyncio.run(archive(account, Options(pace=0), ArchiveRequest(to=to, **request)))


def archived(account: demo.Account, to: Path, *, fault: demo.Fault | None = None, **request: Any) -> Archive:
    """Serve and archive an account."""
    with served(account, fault=fault) as (configured, _exchange):
        return make(configured, to, **request)


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of an archive."""
    return table_rows(folder / "data/tables", table)


def table_rows(tables: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (tables / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Doubts:
    """What an outcome says against the archive."""

    faults: tuple[str, ...]
    gaps: tuple[str, ...]

    @classmethod
    def of(cls, outcome: Outcome) -> "Doubts":
        return cls(tuple(map(str, outcome.faults)), tuple(map(str, outcome.gaps)))


def is_noticed(outcome: Outcome) -> bool:
    """Whether an outcome tells of anything that is wrong; nothing does of a healthy young account."""
    return outcome.status is not ArchiveStatus.COMPLETE
