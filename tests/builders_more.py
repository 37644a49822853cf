"""Types of the keyword arguments by which tests override the builders' defaults."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from auditor.i18n import Message
from auditor.model.records import Evidence
from auditor.model.snapshot import Environment, Key, NotApplicable, Read, Standing, Unread


class RecordMore(TypedDict, total=False):
    subject: str
    row: Evidence
    owner: str | None


class BalanceMore(RecordMore, total=False):
    trial: Decimal | None
    tradable: bool


class OrderMore(RecordMore, total=False):
    kind: str
    side: str | None
    amount: Decimal | None


class EarningMore(RecordMore, total=False):
    redeeming: bool
    ready_at: datetime | None


class DebtMore(RecordMore, total=False):
    kind: str
    collateral: bool


class FlowMore(RecordMore, total=False):
    direction: str
    state: str
    reason: str
    stuck: bool
    known: bool


class BotMore(RecordMore, total=False):
    state: str
    stopped: bool
    repeats: bool
    copies: bool
    acts: bool


class SubAccountMore(RecordMore, total=False):
    uid: str
    frozen: bool
    frozen_functions: tuple[str, ...]


class MarketMore(TypedDict, total=False):
    live: bool
    min_notional: Decimal | None


class NetworkMore(TypedDict, total=False):
    chain: str
    can_withdraw: bool
    fee_asset: str
    can_send: bool
    min_send: Decimal | None
    reopens_at: datetime | None


class ReadingMore(TypedDict, total=False):
    surface: str
    title: str
    standing: Standing
    result: Read | Unread | NotApplicable
    owner: str | None


class AccountMore(TypedDict, total=False):
    name: str
    exchange: str
    environment: Environment
    uid: str | None
    main_uid: str | None
    kind: str | None
    mode: str | None
    key: Key | None
    refused: Message | None
