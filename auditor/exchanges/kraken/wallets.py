"""Kraken: its one wallet, in which each asset code is a balance of its own, and its totals as a cross-check.

An account that never had any funding answers without ``result``. Then a second list of balances, the total and the
ledger must all say that there is nothing.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.no_result import KEY, check_result, where_result
from auditor.exchanges.kraken.rights import FUNDS, LEDGER, OPEN_ORDERS
from auditor.exchanges.kraken.rows import keyed_rows, keyed_rows_in
from auditor.exchanges.kraken.sources import DOC, LEDGER_COST, SEEN, private
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import FieldOrName, amount_or_seen, figures, strict_amounts
from auditor.i18n import _, mark
from auditor.model.records import Area, Balance, Part, Position, Record
from auditor.model.reference_data import Valuation
from auditor.spec.fields import MalformedError, amount, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import RequestPlan, Surface

WALLET = "spot"
# What must agree that an account without any balance never had one.
AGREE = ("total", "ledger-without-balances")


def balances(amount_field: str, **parts: FieldOrName) -> Reader:
    """Read a balance by its code. ``amount_field``: the field of its amount; ``parts``: fields of further figures."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        check_result(row, *AGREE)
        code, held = row.text(KEY), figures(row, parts)
        yield Balance(
            subject=code,
            row=row.raw,
            wallet=WALLET,
            asset=usual_name(code),
            amount=amount_or_seen(row, amount_field, held),
            held=held,
        )

    return Reader((text(KEY), where_result(amount(amount_field)), *strict_amounts(*parts.values())), read)


SPOT = Surface(
    id="spot",
    area=Area.BALANCES,
    title="Spot wallet",
    endpoint=private("BalanceEx", "Get Extended Balance", rows=keyed_rows, source=f"{DOC}; without result: {SEEN}"),
    # credit is what a credit line still grants: it is nobody's asset, and no debt either.
    reader=balances(
        "balance",
        **{Part.IN_ORDERS: where_result(amount("hold_trade")), Part.LIABILITY: optional_amount("credit_used")},
    ),
    right=FUNDS,
)


def where_balances_are_unread(readings: Readings) -> Sequence[Scope]:
    """Plan one request where the extended balances were not read to their end."""
    return [Scope()] if is_unread(readings) else []


IN_PLACE_OF_BALANCES = RequestPlan(
    after=("spot",),
    scopes=where_balances_are_unread,
    nothing="Kraken's extended balances were read to their end, which show more.",
)


@reads(text(KEY), where_result(amount("amount")))
def net_balance(row: Row, _context: Context) -> Iterable[Record]:
    """Read a balance in a list that has a mere figure for each code."""
    check_result(row, *AGREE)
    code = row.text(KEY)
    yield Balance(
        subject=code,
        row=row.raw,
        wallet=WALLET,
        asset=usual_name(code),
        amount=row.amount("amount"),
        held={},
    )


def net_rows(data: object) -> list[object]:
    """Return one row for each code of the list of mere figures."""
    figures_by_code = {code: {"amount": figure} for code, figure in data.items()} if isinstance(data, dict) else data
    return keyed_rows(figures_by_code)


NET = Surface(
    id="spot-net",
    area=Area.BALANCES,
    title="Spot wallet without pending withdrawals, where its details were not read",
    endpoint=private("Balance", "Get Account Balance", rows=net_rows, source=f"{DOC}; without result: {SEEN}"),
    reader=net_balance,
    plan=IN_PLACE_OF_BALANCES,
    right=FUNDS,
)


@reads()
def movement(_row: Row, _context: Context) -> Iterable[Record]:
    """Refuse any entry: an account that something moved in cannot be one that never had a balance."""
    raise MalformedError(_("something has moved in this account, so it must have balances"))


LEDGER_WITHOUT_BALANCES = Surface(
    id="ledger-without-balances",
    area=Area.BALANCES,
    title="Ledger, where no balances were shown: whether anything ever moved",
    endpoint=private("Ledgers", "Get Ledgers Info", rows=keyed_rows_in("ledger"), cost=LEDGER_COST),
    reader=movement,
    plan=IN_PLACE_OF_BALANCES,
    right=LEDGER,
)

SHOWN = "positions are shown"


# Figures of open margin positions: margin in use, open profit, cost and value. All are zero without any.
OF_POSITIONS: Mapping[str, str] = {
    "m": mark("margin in use, though no position is shown"),
    **dict.fromkeys(("n", "c", "v"), mark("figures of open positions, though none is shown")),
}


# Equity and free margin, with open profit: they say something where the totals do not.
EQUITY = ("e", "mf")


@reads(amount("eb"), *map(optional_amount, ("tb", *EQUITY, *OF_POSITIONS)))
def total(row: Row, context: Context) -> Iterable[Record]:
    """Read the account's total in USD, and figures of open positions where none is shown.

    What can secure trades is a part of everything: it tells more only where it is the larger figure.
    """
    whole, trading = row.amount("eb"), row.amount_or_none("tb")
    yield _total(row, "eb", whole)
    if trading is not None and (trading > whole or trading < 0):
        yield _total(row, "tb", trading)
    equity = [(name, figure) for name in EQUITY if (figure := row.amount_or_none(name))]
    if equity and not whole and not trading:
        yield replace(_total(row, *equity[0]), rough=True)
    if not context.scope.known[SHOWN]:
        yield from _hidden_position(row)


def _hidden_position(row: Row) -> Iterator[Record]:
    """Yield a position where a figure says that there is one."""
    figures_of_it = ((kind, row.amount_or_none(name)) for name, kind in OF_POSITIONS.items())
    kind, figure = next((found for found in figures_of_it if found[1]), ("", None))
    if figure:
        yield Position(
            subject="margin", row=row.raw, market="spot margin", kind=kind, side=None, amount=figure, held={}
        )


def _total(row: Row, name: str, figure: Decimal) -> Valuation:
    evidence = {name: row.raw[name]} if name in row.raw else {}
    return Valuation(subject=f"total:{name}", row=evidence, wallet=WALLET, amount=figure, unit="USD")


def with_positions(readings: Readings) -> Sequence[Scope]:
    """Plan one request, which knows whether any position was shown."""
    return [Scope(known={SHOWN: any(record.holds for record in records_in(readings))})]


TOTAL = Surface(
    id="total",
    area=Area.BALANCES,
    title="Equivalent balance of all currencies together",
    endpoint=private("TradeBalance", "Get Trade Balance", rows=object_row),
    reader=total,
    plan=RequestPlan(after=("positions",), scopes=with_positions),
    right=OPEN_ORDERS,
)

WALLETS = (SPOT, NET, LEDGER_WITHOUT_BALANCES, TOTAL)
