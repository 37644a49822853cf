"""Types of the keyword arguments by which tests override the builders' defaults."""

from datetime import datetime
from decimal import Decimal
from typing import TypedDict

from auditor.i18n import Message, Text
from auditor.model.records import Evidence
from auditor.model.snapshot import Environment, Key, NotApplicable, Read, Standing, Unread


class RecordOverrides(TypedDict, total=False):
    subject: str
    row: Evidence
    owner: str | None


class BalanceOverrides(RecordOverrides, total=False):
    trial: Decimal | None
    tradable: bool


class OrderOverrides(RecordOverrides, total=False):
    kind: str
    side: Text | None
    amount: Decimal | None


class EarningOverrides(RecordOverrides, total=False):
    redeeming: bool
    ready_at: datetime | None


class DebtOverrides(RecordOverrides, total=False):
    kind: str
    collateral: bool


class FlowOverrides(RecordOverrides, total=False):
    direction: str
    state: str
    reason: str
    stuck: bool
    known: bool


class BotOverrides(RecordOverrides, total=False):
    state: Text
    stopped: bool
    repeats: bool
    copies: bool
    acts: bool


class SubAccountOverrides(RecordOverrides, total=False):
    uid: str
    frozen: bool
    frozen_functions: tuple[str, ...]


class MarketOverrides(TypedDict, total=False):
    live: bool
    min_notional: Decimal | None


class NetworkOverrides(TypedDict, total=False):
    chain: str
    can_withdraw: bool
    fee_asset: str
    can_send: bool
    min_send: Decimal | None
    reopens_at: datetime | None


class ReadingOverrides(TypedDict, total=False):
    surface: str
    title: str
    standing: Standing
    result: Read | Unread | NotApplicable
    owner: str | None


class AccountOverrides(TypedDict, total=False):
    name: str
    exchange: str
    environment: Environment
    uid: str | None
    main_uid: str | None
    kind: str | None
    mode: str | None
    key: Key | None
    refused: Message | None
    certificates: str | None
