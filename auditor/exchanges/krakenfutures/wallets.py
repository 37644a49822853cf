"""Kraken Futures: its wallets (cash, one for each single-collateral market, multi-collateral) and their totals."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.exchanges.krakenfutures.asset_codes import usual_name
from auditor.exchanges.krakenfutures.rights import READ
from auditor.exchanges.krakenfutures.sources import trading
from auditor.exchanges.shared.plans import Readings, records_in
from auditor.i18n import _, mark
from auditor.model.amounts import parse
from auditor.model.records import Area, Balance, Position, Record
from auditor.model.reference_data import Valuation
from auditor.spec.fields import MalformedError, amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

SHOWN = "markets of positions"
# Codes of contracts among the balances of a single-collateral wallet: FI_XBTUSD_171215.
CONTRACT = "_"
# Totals of the two kinds of margin wallets, and their unit; they have open profit in them.
MULTI = (
    *("balanceValue", "portfolioValue", "collateralValue", "marginEquity", "availableMargin"),
    *("pnl", "unrealizedFunding", "totalUnrealized", "totalUnrealizedAsMargin"),
    *("initialMargin", "initialMarginWithOrders", "maintenanceMargin"),
)
SINGLE = ("pv", "af", "pnl", "funding", "usd")
KINDS = ("cashAccount", "marginAccount", "multiCollateralMarginAccount")
# What a currency is worth: reported even where its quantity is zero.
WORTH: Mapping[str, str] = {
    "value": mark("worth in USD"),
    "collateral": mark("collateral in USD"),
    "available": mark("available"),
}


def wallets(data: object) -> Mapping[str, Mapping[str, object]]:
    """Return the wallets in an answer by name. Raises MalformedError where there is none, or one is odd."""
    (answer,) = object_row(data)
    found = answer.get("accounts") if isinstance(answer, dict) else None
    if not isinstance(found, dict) or not found:
        raise MalformedError(_("{name} is missing").format(name="accounts"))
    return {str(name): wallet if isinstance(wallet, dict) else {} for name, wallet in found.items()}


def wallet_rows(data: object) -> list[object]:
    """Return one row for each code of each wallet, and one that says so for a wallet of an unknown kind."""
    return [row for name, wallet in wallets(data).items() for row in _codes(name, wallet)]


def _codes(name: str, wallet: Mapping[str, object]) -> Iterator[dict[str, object]]:
    balances, currencies = wallet.get("balances"), wallet.get("currencies")
    if isinstance(balances, dict):
        yield from ({"wallet": name, "code": code, "quantity": figure} for code, figure in balances.items())
    if isinstance(currencies, dict):
        for code, entry in currencies.items():
            yield {**(entry if isinstance(entry, dict) else {}), "wallet": name, "code": code}
    is_known = wallet.get("type") in KINDS
    if not is_known or (not isinstance(balances, dict) and not isinstance(currencies, dict)):
        yield {"wallet": name}


@reads(text("wallet"), text("code"), amount("quantity"), *map(optional_amount, WORTH))
def balance(row: Row, context: Context) -> Iterable[Record]:
    """Read a coin in a wallet, below zero where it is owed, or a contract that no position shows."""
    wallet, code, quantity = row.text("wallet"), row.text("code"), row.amount("quantity")
    worth = {part: figure for name, part in WORTH.items() if (figure := row.amount_or_none(name))}
    if CONTRACT in code:
        yield from _contract(row, context)
        return
    yield Balance(
        subject=f"{wallet}:{code}",
        row=row.raw,
        wallet=wallet,
        asset=usual_name(code),
        amount=quantity,
        held={} if quantity else worth,
        tradable=False,
    )


def _contract(row: Row, context: Context) -> Iterator[Record]:
    code = row.text("code")
    if code.upper() not in context.scope.known[SHOWN]:
        yield Position(
            subject=f"{row.text('wallet')}:{code}",
            row=row.raw,
            market=code,
            kind=mark("contract in a wallet"),
            side=None,
            amount=row.amount("quantity"),
            held={},
        )


def with_positions(readings: Readings) -> Sequence[Scope]:
    """Plan one request, which knows the markets of the positions that were shown."""
    shown = (record for record in records_in(readings) if isinstance(record, Position) and record.holds)
    return [Scope(known={SHOWN: frozenset(record.market.upper() for record in shown)})]


WALLETS_LIST = Surface(
    id="wallets",
    area=Area.BALANCES,
    title="Futures wallet",
    endpoint=trading("accounts", "Get wallets", rows=wallet_rows),
    reader=balance,
    plan=RequestPlan(after=("positions",), scopes=with_positions),
    right=READ,
)


def total_rows(data: object) -> list[object]:
    """Return a row for the first total of each wallet that is not zero, and one for each that is no figure."""
    return [row for name, wallet in wallets(data).items() for row in _worth_showing(list(_totals(name, wallet)))]


def _worth_showing(totals: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the totals that are no figure, and the first that is not zero; the first one where all are zero."""
    odd = [row for row in totals if parse(row["worth"]) is None]
    valued = [row for row in totals if parse(row["worth"])] or totals
    return [*valued[:1], *(row for row in odd if row is not valued[0])]


def _totals(name: str, wallet: Mapping[str, object]) -> Iterator[dict[str, object]]:
    """Yield the totals of a wallet; one that is null is none, unless it is the first of its kind."""
    auxiliary, unit = wallet.get("auxiliary"), str(wallet.get("currency") or "USD")
    single = auxiliary if isinstance(auxiliary, dict) else {}
    for figures, names, own_unit in ((wallet, MULTI, "USD"), (single, SINGLE, unit)):
        for total in names:
            if total in figures and (figures[total] is not None or total == names[0]):
                yield {"wallet": name, "total": total, "unit": own_unit, "worth": figures[total]}


@reads(text("wallet"), text("total"), text("unit"), amount("worth"))
def total(row: Row, _context: Context) -> Iterable[Record]:
    """Read a total of a wallet: it counts where the wallet shows nothing else."""
    yield Valuation(
        subject=f"{row.text('wallet')}:{row.text('total')}",
        row=row.raw,
        wallet=row.text("wallet"),
        amount=row.amount("worth"),
        unit=usual_name(row.text("unit")),
        rough=True,
    )


TOTALS = Surface(
    id="totals",
    area=Area.BALANCES,
    title="Totals of the futures wallets (cross-check)",
    endpoint=trading("accounts", "Get wallets", rows=total_rows),
    reader=total,
    right=READ,
)
WALLETS = (WALLETS_LIST, TOTALS)
