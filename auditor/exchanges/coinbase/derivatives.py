"""Coinbase: international derivatives since 2026-09-09, at a gateway of their own that speaks JSON-RPC.

Each request is a POST whose body names the method of its path; nearly every write of this gateway is documented as a
GET as well. Only reads are in this table (`get_...`), by exact name.
"""

from collections.abc import Iterable, Mapping, Sequence

from auditor.exchanges.coinbase.errors import NO_DERIVATIVES
from auditor.exchanges.coinbase.identity import DERIVATIVES
from auditor.exchanges.coinbase.portfolios import INTX
from auditor.exchanges.coinbase.sources import CREDITS, GATEWAY, GATEWAY_DOC
from auditor.exchanges.coinbase.words import ORDER_KINDS, ORDER_STATES, SIDES
from auditor.exchanges.shared.plans import Readings, is_unread, records_in
from auditor.exchanges.shared.readers import amount_or_seen, balance, figures
from auditor.i18n import _, mark
from auditor.model.amounts import ZERO
from auditor.model.records import Area, Balance, Order, Part, Position, Record, Restriction
from auditor.model.reference_data import Product
from auditor.model.snapshot import Trouble
from auditor.spec.endpoint import Endpoint, Query, RowSelector
from auditor.spec.fields import MalformedError, amount, inner, optional_amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, Scope, reads
from auditor.spec.rows import list_rows, rows_in
from auditor.spec.surface import RequestPlan, Surface
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

WALLET = mark("derivatives")
# Beside the code: the gateway may not serve the user's region, while the rest of Coinbase does.
NO_ACCOUNT = frozenset({NO_DERIVATIVES, Trouble.REGION.value})
MAIN = "main"
POSITION_SIDES = {"buy": "LONG", "sell": "SHORT"}


def _login_may_be_refused(readings: Readings) -> Sequence[Scope]:
    """Plan the request. A login that is refused proves nothing where the user has a portfolio for derivatives."""
    known = records_in(readings, "portfolios")
    has_one = any(isinstance(record, Product) and record.name == INTX for record in known)
    return [Scope(by_eye=frozenset() if has_one or is_unread(readings) else NO_ACCOUNT)]


AFTER_LOGIN = RequestPlan(after=("portfolios",), scopes=_login_may_be_refused)


def _gateway(
    name: str,
    area: Area,
    title: str,
    method: str,
    reader: Reader,
    *,
    rows: RowSelector = list_rows,
    params: Mapping[str, str] | None = None,
    value: bool = True,
) -> Surface:
    return Surface(
        id=name,
        area=area,
        title=title,
        endpoint=Endpoint(
            path=method,
            rpc=method,
            method="POST",
            site=GATEWAY,
            limit=CREDITS,
            queries=(Query(params=params or {}),),
            rows=rows,
            source=f"{GATEWAY_DOC}, {method}",
        ),
        reader=reader,
        plan=AFTER_LOGIN,
        services=frozenset({DERIVATIVES}),
        value=value,
        right="View",
        of_user=True,
    )


summary = balance(
    wallet=WALLET,
    asset="currency",
    amount="balance",
    equity="equity",
    available="available_withdrawal_funds",
    frozen="spot_reserve",
    other="fee_balance",
    in_orders=optional_amount("additional_reserve"),
)


@reads(text("instrument_name"), amount("size"))
def position(row: Row, _context: Context) -> Iterable[Record]:
    """Read a position; one of size 0 and direction zero is none."""
    yield Position(
        subject=row.text("instrument_name"),
        row=row.raw,
        market=row.text("instrument_name"),
        kind=mark("international derivative"),
        side=side_in_words(POSITION_SIDES.get(row.hint("direction"), row.hint("direction")), SIDES),
        amount=row.amount("size"),
        held={},
    )


@reads(text("order_id"))
def order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an open order, triggered or not: being listed proves that it is open."""
    yield Order(
        subject=row.text("order_id"),
        row=row.raw,
        market=row.hint("instrument_name"),
        kind=kind_in_words(row.hint("order_type") or "order", ORDER_KINDS),
        side=side_in_words(row.hint("direction"), SIDES),
        amount=row.hint_amount("amount"),
        state=state_in_words(row.hint("order_state"), ORDER_STATES),
        price=row.hint_amount("price") or None,
        started_at=row.hint_time("creation_timestamp"),
    )


@reads(text("currency"))
def lock(row: Row, _context: Context) -> Iterable[Record]:
    """Read whether a currency is locked: ``locked`` in the printed sample, ``enabled`` in the schema of the page."""
    flags = [row.raw[name] for name in ("locked", "enabled") if name in row.raw]
    if not flags or not all(isinstance(one, bool) for one in flags):
        raise MalformedError(_("{name} is missing").format(name="locked"))
    if any(flags):
        currency = row.text("currency")
        message = _("{currency} is locked at derivatives").format(currency=currency)
        yield Restriction(subject=f"lock:{currency}", row=row.raw, code="locked", message=message)


def _currency(name: str, figures_of: object) -> str:
    """Return the currency of a part of a sub-account: its own word, else the name that the part has."""
    own = figures_of.get("currency") if isinstance(figures_of, dict) else None
    return (own if isinstance(own, str) and own else name).upper()


PART = (amount("balance"), amount("equity"))


@reads(text("username"), text("type"), inner("portfolio"))
def sub_account(row: Row, _context: Context) -> Iterable[Record]:
    """Read what a sub-account holds by currency; the main account is listed too, and shows in its own place."""
    if row.text("type") == MAIN:
        return
    name = row.text("username")
    for currency, figures_of in row.inner("portfolio").raw.items():
        part = Row(figures_of, PART, row.setup, row.doubts)
        held = figures(part, {Part.EQUITY: "equity"})
        yield Balance(
            subject=f"{name}:{currency}",
            row={"currency": currency, "portfolio": figures_of},
            wallet=mark("derivatives of a sub-account"),
            asset=_currency(currency, figures_of),
            amount=amount_or_seen(part, "balance", held) or ZERO,
            held=held,
        )


BALANCES = _gateway(
    "derivatives",
    Area.BALANCES,
    "Derivatives account",
    "private/get_account_summaries",
    summary,
    rows=rows_in("summaries"),
)
SUB_ACCOUNTS = _gateway(
    "derivatives-subaccounts",
    Area.SUBACCOUNTS,
    "Derivatives sub-account",
    "private/get_subaccounts",
    sub_account,
    params={"with_portfolio": "true"},
)
POSITIONS = _gateway(
    "derivatives-positions", Area.POSITIONS, "Derivatives: positions", "private/get_positions", position
)
ORDERS = _gateway(
    "derivatives-orders", Area.ORDERS, "Derivatives: orders", "private/get_open_orders", order, value=False
)
LOCKS = _gateway("derivatives-locks", Area.STATUS, "Derivatives: locks", "private/get_user_locks", lock, value=False)
DERIVATIVES_PLACES = (BALANCES, SUB_ACCOUNTS, POSITIONS, ORDERS, LOCKS)
