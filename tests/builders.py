"""Builders of records, readings, accounts and snapshots, each in a line or two."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar, Unpack

from auditor.assessment.account_view import AccountView
from auditor.i18n import Message, verbatim
from auditor.model.records import (
    ApiKey,
    Area,
    Balance,
    Bot,
    Debt,
    Earning,
    Flow,
    Order,
    Position,
    Record,
    Restriction,
    SubAccount,
)
from auditor.model.reference_data import Convertible, Market, Network, Price, Valuation
from auditor.model.report import DustLine, Finding, Requirement, Severity
from auditor.model.snapshot import AccountSnapshot, Environment, Key, Read, Reading, Snapshot, Standing, Trouble, Unread
from auditor.rules._engine import findings
from tests.builders_more import (
    AccountOverrides,
    BalanceOverrides,
    BotOverrides,
    DebtOverrides,
    EarningOverrides,
    FlowOverrides,
    MarketOverrides,
    NetworkOverrides,
    OrderOverrides,
    ReadingOverrides,
    RecordOverrides,
    SubAccountOverrides,
)

Line = TypeVar("Line", DustLine, Requirement)
NOW = datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 7, 9, 8, 0, tzinfo=UTC)
READ_ONLY = Key(rights=("read_only",), readonly=True, ip_bound=True)


def in_english(line: Line) -> Line:
    """Return ``line`` with each of its messages rendered in English."""
    values = {field.name: getattr(line, field.name) for field in fields(line)}
    shown: dict[str, Any] = {
        name: verbatim(str(value)) if isinstance(value, Message) else value for name, value in values.items()
    }
    return type(line)(**shown)


def decimal_or_none(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def held(**parts: str) -> dict[str, Decimal]:
    return {part: Decimal(amount) for part, amount in parts.items()}


def balance(
    amount: str,
    asset: str = "BTC",
    *,
    wallet: str = "funding",
    parts: dict[str, str] | None = None,
    **more: Unpack[BalanceOverrides],
) -> Balance:
    record = Balance(
        subject=asset, row={}, wallet=wallet, asset=asset, amount=Decimal(amount), held=held(**parts or {})
    )
    return replace(record, **more)


def order(market: str = "BTC-USDT", **more: Unpack[OrderOverrides]) -> Order:
    record = Order(subject="o1", row={}, market=market, kind="limit", side="buy", amount=Decimal(1), state="live")
    return replace(record, **more)


def position(amount: str = "3", parts: dict[str, str] | None = None, **more: Unpack[RecordOverrides]) -> Position:
    margin = held(**parts or {})
    record = Position(
        subject="p1", row={}, market="BTC-USDT-SWAP", kind="SWAP", side="long", amount=Decimal(amount), held=margin
    )
    return replace(record, **more)


def earning(amount: str | None = "5", asset: str = "USDT", **more: Unpack[EarningOverrides]) -> Earning:
    record = Earning(
        subject=asset,
        row={},
        product="Simple Earn flexible",
        asset=asset,
        amount=decimal_or_none(amount),
        held={},
        state="held",
        redeeming=False,
        ready_at=None,
    )
    return replace(record, **more)


def debt(amount: str | None = "7", asset: str = "USDT", **more: Unpack[DebtOverrides]) -> Debt:
    owed = decimal_or_none(amount)
    record = Debt(subject=f"{asset}:debt", row={}, kind="margin", asset=asset, amount=owed, held={}, collateral=False)
    return replace(record, **more)


def flow(amount: str | None = "2", asset: str = "BTC", **more: Unpack[FlowOverrides]) -> Flow:
    record = Flow(
        subject="w1",
        row={},
        direction="withdrawal",
        asset=asset,
        amount=decimal_or_none(amount),
        state="10",
        reason="waiting for its transfer",
        stuck=False,
        known=True,
        started_at=NOW,
        ready_at=None,
    )
    return replace(record, **more)


def bot(kind: str = "grid bot", **more: Unpack[BotOverrides]) -> Bot:
    record = Bot(
        subject="b1",
        row={},
        kind=kind,
        state="running",
        market="BTC-USDT",
        assets=("BTC", "USDT"),
        amount=Decimal(100),
        asset="USDT",
    )
    return replace(record, **more)


def sub_account(name: str = "alice", **more: Unpack[SubAccountOverrides]) -> SubAccount:
    record = SubAccount(subject=name, row={}, name=name, uid="43", frozen=False, frozen_functions=())
    return replace(record, **more)


def api_key(owner: str = "alice", label: str = "bot") -> ApiKey:
    return ApiKey(subject=label, row={}, owner=owner, label=label, rights=("read_only", "trade"))


def restriction(code: str = "50027") -> Restriction:
    return Restriction(subject=code, row={}, code=code, message="restricted from trading")


def valuation(amount: str, wallet: str = "earn", unit: str = "BTC") -> Valuation:
    return Valuation(subject=wallet, row={}, wallet=wallet, amount=Decimal(amount), unit=unit)


def market(
    pair: str = "BTC/USDT",
    *,
    least: str | None = "0.00001",
    lot: str | None = "0.00000001",
    **more: Unpack[MarketOverrides],
) -> Market:
    base, quote = pair.split("/")
    record = Market(
        subject=f"{base}-{quote}",
        row={},
        base=base,
        quote=quote,
        live=True,
        min_amount=decimal_or_none(least),
        min_notional=None,
        lot=decimal_or_none(lot),
    )
    return replace(record, **more)


def price(pair: str = "BTC/USDT", last: str | None = "50000") -> Price:
    base, quote = pair.split("/")
    return Price(subject=f"{base}-{quote}", row={}, base=base, quote=quote, price=decimal_or_none(last))


def network(
    asset: str = "BTC", *, least: str | None = "0.0005", fee: str | None = "0.00005", **more: Unpack[NetworkOverrides]
) -> Network:
    record = Network(
        subject=f"{asset}:{asset}-Chain",
        row={},
        asset=asset,
        chain=f"{asset}-Chain",
        can_withdraw=True,
        min_withdrawal=decimal_or_none(least),
        fee=decimal_or_none(fee),
        fee_asset=asset,
        can_send=False,
        min_send=None,
        reopens_at=None,
    )
    return replace(record, **more)


def convertible(asset: str = "BTC", wallet: str = "funding") -> Convertible:
    return Convertible(subject=f"{wallet}:{asset}", row={}, wallet=wallet, asset=asset)


def reading(*records: Record, area: Area | None = None, **more: Unpack[ReadingOverrides]) -> Reading:
    """Return the reading of a surface that was read and has these records."""
    in_area = area or (records[0].AREA if records else Area.BALANCES)
    built = Reading(
        surface=f"{in_area}-surface",
        area=in_area,
        title="Funding wallet",
        standing=Standing.DOCUMENTED,
        endpoint="GET somewhere",
        result=Read(records=records, rows=len(records), at=NOW),
    )
    return replace(built, **more)


def unread(
    trouble: Trouble = Trouble.NETWORK,
    code: str | None = None,
    area: Area = Area.BALANCES,
    **more: Unpack[ReadingOverrides],
) -> Reading:
    result = Unread(reason=verbatim("it did not answer"), trouble=trouble, code=code)
    built = reading(area=area, surface=f"{area}-unread", title="Some place", result=result)
    return replace(built, **more)


def one_surface_each(*records: Record) -> tuple[Reading, ...]:
    """Return one reading per record, each of a different surface."""
    return tuple(
        reading(record, surface=f"surface-{index}", owner=record.owner) for index, record in enumerate(records)
    )


def account(*readings: Reading, **more: Unpack[AccountOverrides]) -> AccountSnapshot:
    built = AccountSnapshot(
        name="main",
        exchange="okx",
        environment=Environment.LIVE,
        host="www.okx.com",
        uid="42",
        main_uid="42",
        kind="main",
        mode="1",
        key=READ_ONLY,
        readings=readings,
        confirmed_at=NOW,
    )
    return replace(built, **more)


def snapshot(*readings: Reading, **more: Unpack[AccountOverrides]) -> Snapshot:
    return Snapshot(accounts=(account(*readings, **more),), started_at=NOW, finished_at=NOW)


def view(*records: Record, readings: tuple[Reading, ...] = ()) -> AccountView:
    whole = snapshot(*one_surface_each(*records), *readings)
    return AccountView(whole, whole.accounts[0])


def find_all(
    *records: Record, readings: tuple[Reading, ...] = (), **more: Unpack[AccountOverrides]
) -> tuple[Finding, ...]:
    """Return the findings of all rules for an account with ``records``, one per surface."""
    return findings(snapshot(*one_surface_each(*records), *readings, **more))


def blockers(*records: Record, readings: tuple[Reading, ...] = (), **more: Unpack[AccountOverrides]) -> list[str]:
    """Return the ids of the rules that report a blocker."""
    reported = find_all(*records, readings=readings, **more)
    return [finding.rule for finding in reported if finding.severity is Severity.BLOCKER]


def warnings(*records: Record, readings: tuple[Reading, ...] = (), **more: Unpack[AccountOverrides]) -> list[str]:
    """Return the ids of the rules that report a warning."""
    reported = find_all(*records, readings=readings, **more)
    return [finding.rule for finding in reported if finding.severity is Severity.WARNING]
