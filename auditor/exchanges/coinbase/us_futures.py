"""Coinbase: futures in the United States (Coinbase Financial Markets): cash, positions, and transfers under way.

It is the user's one futures account, whichever portfolio the key belongs to. The totals of the summary include cash in
the spot account, so that they prove nothing.
"""

from collections.abc import Iterable
from dataclasses import replace

from auditor.exchanges.coinbase.errors import SOME_ACCOUNTS
from auditor.exchanges.coinbase.sources import DOC, PRIVATE, SEEN, V3
from auditor.exchanges.coinbase.wallets import figures_in, listed
from auditor.exchanges.coinbase.words import FLOW_STATES, SIDES
from auditor.i18n import _, mark
from auditor.model.amounts import ZERO
from auditor.model.records import Area, Balance, Flow, Part, Position, Record
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, MalformedError, amount, inner, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface
from auditor.spec.words import side_in_words

WALLET, DOLLARS = mark("us-futures"), "USD"
POSITIONS_ID = "us-futures-positions"
CASH = "cfm_usd_balance"
PARTS = {
    CASH: CASH,
    Part.IN_ORDERS: "total_open_orders_hold_amount",
    Part.MARGIN: "initial_margin",
    "profit": "unrealized_pnl",
    Part.PENDING: "total_pending_transfers_amount",
}
SUMMARY: tuple[Field, ...] = tuple(inner(name, amount("value")) for name in PARTS.values())


def summary_of(row: Row, _context: Context) -> Iterable[Record]:
    """Read the cash at the futures broker.

    Real accounts that never opened one are answered null, with an empty list of positions: that list settles it.
    """
    if row.is_understood("balance_summary"):
        yield from _cash(row.inner("balance_summary"))


def _cash(summary: Row) -> Iterable[Record]:
    held = figures_in(summary, {part: (name, "value") for part, name in PARTS.items()})
    cash = held.pop(CASH, ZERO)
    yield Balance(subject=DOLLARS, row=summary.raw, wallet=WALLET, asset=DOLLARS, amount=cash, held=held)


NULL_WHERE_NONE = replace(inner("balance_summary", *SUMMARY), settled_by=(POSITIONS_ID,))


def summary_row(data: object) -> list[object]:
    """Return the answer as the one row. Raises MalformedError for one without a summary, null or not."""
    (answer,) = object_row(data)
    if not isinstance(answer, dict) or "balance_summary" not in answer:
        raise MalformedError(_("{name} is missing").format(name="balance_summary"))
    return [answer]


BALANCE = Surface(
    id="us-futures",
    area=Area.BALANCES,
    title="US futures account",
    endpoint=Endpoint(
        path="brokerage/cfm/balance_summary",
        site=V3,
        limit=PRIVATE,
        rows=summary_row,
        source=f"{DOC}, Get Futures Balance Summary; null where none was opened: {SEEN}",
    ),
    reader=Reader((NULL_WHERE_NONE,), summary_of),
    manual_check=SOME_ACCOUNTS,
    right="View",
    of_user=True,
)


@reads(text("product_id"), amount("number_of_contracts"))
def position(row: Row, _context: Context) -> Iterable[Record]:
    """Read a position in US futures."""
    yield Position(
        subject=row.text("product_id"),
        row=row.raw,
        market=row.text("product_id"),
        kind=mark("US future"),
        side=side_in_words(row.hint("side"), SIDES),
        amount=row.amount("number_of_contracts"),
        held={},
    )


POSITIONS = Surface(
    id=POSITIONS_ID,
    area=Area.POSITIONS,
    title="US futures positions",
    endpoint=Endpoint(
        path="brokerage/cfm/positions",
        site=V3,
        limit=PRIVATE,
        rows=listed("positions"),
        source=f"{DOC}, List Futures Positions",
    ),
    reader=position,
    manual_check=SOME_ACCOUNTS,
    right="View",
    of_user=True,
)


@reads(text("id"), text("status"))
def sweep(row: Row, _context: Context) -> Iterable[Record]:
    """Read a transfer from the futures account to the spot account: only those under way are listed."""
    asked, state = row.raw.get("requested_amount"), row.text("status")
    amounts_asked = Row(asked, (amount("value"),)) if isinstance(asked, dict) and asked.get("value") else None
    yield Flow(
        subject=row.text("id"),
        row=row.raw,
        direction=mark("transfer out of US futures"),
        asset=DOLLARS,
        amount=amounts_asked.amount("value") if amounts_asked else None,
        state=state,
        reason=FLOW_STATES.get(state, mark("in a state that Coinbase's documentation does not name")),
        stuck=False,
        known=state in FLOW_STATES,
        started_at=None,
        ready_at=None,
    )


SWEEPS = Surface(
    id="us-futures-sweeps",
    area=Area.FLOWS,
    title="Transfers out of US futures",
    endpoint=Endpoint(
        path="brokerage/cfm/sweeps",
        site=V3,
        limit=PRIVATE,
        rows=listed("sweeps"),
        source=f"{DOC}, List Futures Sweeps",
    ),
    reader=sweep,
    manual_check=SOME_ACCOUNTS,
    right="View",
    of_user=True,
)

US_FUTURES = (BALANCE, POSITIONS, SWEEPS)
