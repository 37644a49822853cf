"""KuCoin: the unified account, which takes the place of the trading, margin and futures accounts.

Version 1 names what an order holds ``hold``, version 2 ``locked``.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from auditor.exchanges.kucoin.account_mode import NO_UNIFIED_ACCOUNT, WHEN_UNIFIED, unified_scopes
from auditor.exchanges.kucoin.sites import UNIFIED, unified
from auditor.exchanges.kucoin.sources import UTA, documented, queries
from auditor.exchanges.kucoin.wallets import MAIN
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.exchanges.shared.readers import amount_or_seen, figures
from auditor.i18n import mark
from auditor.model.amounts import ZERO
from auditor.model.records import Area, Balance, Debt, Part, Record
from auditor.model.reference_data import Valuation
from auditor.spec.fields import amount, optional_amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import RequestPlan, Surface

CURRENCIES = rows(
    "currencies",
    text("currency"),
    amount("balance"),
    amount("available"),
    optional_amount("hold"),
    optional_amount("locked"),
    optional_amount("equity"),
    optional_amount("liability"),
)
PARTS = {Part.AVAILABLE: "available", Part.FROZEN: "hold", "locked": "locked", Part.EQUITY: "equity"}


def is_debt_alone(row: Row) -> bool:
    """Return whether a balance below zero is what the row's debt says already, and nothing else is there."""
    figure, owed = row.amount("balance"), row.amount_or_none("liability") or 0
    parts = (row.amount("available"), row.amount_or_none("hold"), row.amount_or_none("locked"))
    return figure < 0 and -figure <= owed and not any(parts)


def _balances(row: Row, wallet: str) -> Iterable[Balance]:
    asset, held = row.text("currency"), figures(row, PARTS)
    if not is_debt_alone(row):
        yield Balance(
            subject=asset,
            row=row.raw,
            wallet=wallet,
            asset=asset,
            amount=amount_or_seen(row, "balance", held),
            held=held,
        )


def _debts(row: Row) -> Iterable[Debt]:
    asset, owed = row.text("currency"), row.amount_or_none("liability")
    if owed:
        yield Debt(
            subject=f"{asset}:debt",
            row=row.raw,
            kind=mark("unified account loan"),
            asset=asset,
            amount=owed,
            held={},
            collateral=False,
        )


@reads(CURRENCIES)
def unified_balance(row: Row, _context: Context) -> Iterable[Record]:
    """Read the currencies of the unified account."""
    for currency in row.rows("currencies"):
        yield from _balances(currency, "unified")


@reads(CURRENCIES)
def unified_debt(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is owed of each currency in the unified account."""
    for currency in row.rows("currencies"):
        yield from _debts(currency)


def is_shown(record: Balance, figure: Decimal) -> bool:
    """Return whether a balance and each of its parts is within what the list of accounts shows of it."""
    return all(0 <= own <= figure for own in (record.amount, *record.held.values()))


@reads(CURRENCIES)
def unified_funding(row: Row, context: Context) -> Iterable[Record]:
    """Read what a unified account's funding account has beyond what the list of accounts shows of it."""
    shown = context.scope.known.get("shown", {})
    for currency in row.rows("currencies"):
        yield from (one for one in _balances(currency, MAIN) if not is_shown(one, shown.get(one.asset, ZERO)))
        yield from _debts(currency)


def _funding_scopes(readings: Readings) -> Sequence[Scope]:
    """Plan one request where the account is unified, with what the list of accounts shows."""
    known = records_in(readings, "main")
    shown = {record.asset: record.amount for record in known if isinstance(record, Balance)}
    return [Scope(known={"shown": shown}) for _scope in unified_scopes(readings)]


@reads(amount("equity"), amount("liability"))
def overview(row: Row, _context: Context) -> Iterable[Record]:
    """Read the unified account's equity, which has open profit in it, and its debts, in dollars."""
    for name in ("equity", "liability"):
        yield Valuation(
            subject=f"total:unified:{name}",
            row={name: row.raw.get(name)},
            wallet="unified",
            amount=row.amount(name),
            unit="USD",
            rough=True,
        )


CURRENCY_LIST = documented(UNIFIED, "unified/account/balance", unified(5), rows=rows_in("accounts"), source=UTA)
BALANCE = Surface(
    id="unified",
    area=Area.BALANCES,
    title="Unified account",
    endpoint=CURRENCY_LIST,
    reader=unified_balance,
    plan=WHEN_UNIFIED,
)
UNIFIED_DEBTS = Surface(
    id="unified-debts",
    area=Area.DEBTS,
    title="Unified account: loans",
    endpoint=CURRENCY_LIST,
    reader=unified_debt,
    plan=WHEN_UNIFIED,
)
OVERVIEW = Surface(
    id="unified-overview",
    area=Area.BALANCES,
    title="Unified account: its total",
    endpoint=documented(UNIFIED, "unified/account/overview", unified(5), rows=object_row, source=UTA),
    reader=overview,
    plan=WHEN_UNIFIED,
)
FUNDING = Surface(
    id="unified-funding",
    area=Area.BALANCES,
    title="Unified account: its funding account",
    endpoint=documented(
        UNIFIED,
        "account/balance",
        unified(5),
        queries=queries("accountType", "FUNDING"),
        rows=rows_in("accounts"),
        source=UTA,
    ),
    reader=unified_funding,
    plan=RequestPlan(after=("account-mode", "main"), scopes=_funding_scopes, nothing=NO_UNIFIED_ACCOUNT),
)

UNIFIED_ACCOUNT = (BALANCE, OVERVIEW, FUNDING)
