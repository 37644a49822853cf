"""Bybit: the rows of loans: contracts at fixed terms, orders for them, and requests that are being processed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.i18n import _
from auditor.model.records import Debt, Flow, Record
from auditor.spec.endpoint import RowSelector
from auditor.spec.fields import MalformedError, amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader
from auditor.spec.rows import rows_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The shape of a contract: its fields, and the state in which it is over.

    ``settled``: a state in which a contract that owes nothing is over; ``parts``: further amounts that are owed.
    """

    kind: str
    number: str
    asset: str
    amount: str
    over: str
    settled: str = ""
    parts: Mapping[str, str]


def contracts(shape: Contract) -> Reader:
    """Read contracts that are not over, and those that are said to be over and owe something."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        held = {part: row.amount(name) for part, name in shape.parts.items()}
        figure = row.amount(shape.amount)
        owes = bool(figure) or any(held.values())
        if not owes and row.text("status") in {shape.over, shape.settled}:
            return
        yield Debt(
            subject=row.text(shape.number),
            row=row.raw,
            kind=shape.kind,
            asset=row.text(shape.asset),
            # One that is not over owes something, whatever its figures say.
            amount=figure if owes else None,
            held=held,
            collateral=False,
        )

    named = (text(shape.number), text(shape.asset), text("status"))
    return Reader((*named, *map(amount, (shape.amount, *shape.parts.values()))), read)


# Matching (1) or not known; part filled and cancelled, filled, cancelled and failed ones are over.
ORDERS_OVER = frozenset({"2", "3", "4", "5"})


def open_orders(direction: str, reason: str) -> Reader:
    """Read orders to borrow or to lend at a fixed term that are not over."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        state = row.text("state")
        if state not in ORDERS_OVER:
            yield Flow(
                subject=row.text("orderId"),
                row=row.raw,
                direction=direction,
                asset=row.text("orderCurrency"),
                amount=row.amount("orderQty"),
                state=state,
                reason=reason,
                stuck=False,
                known=state == "1",
                started_at=row.hint_time("orderTime"),
                ready_at=None,
            )

    return Reader((text("orderId"), text("orderCurrency"), text("state"), amount("orderQty")), read)


def requests(direction: str, *, number: str, asset: str, figure: str, state: str, started: str, reason: str) -> Reader:
    """Read requests of a history that are neither successful (1) nor failed (3): 2 is being processed."""

    def read(row: Row, _context: Context) -> Iterable[Record]:
        word = row.text(state)
        if word not in {"1", "3"}:
            yield Flow(
                subject=row.text(number),
                row=row.raw,
                direction=direction,
                asset=row.text(asset),
                amount=row.amount(figure),
                state=word,
                reason=reason,
                stuck=False,
                known=word == "2",
                started_at=row.hint_time(started),
                ready_at=None,
            )

    return Reader((text(number), text(asset), text(state), amount(figure)), read)


def full_list(name: str, most: int) -> RowSelector:
    """Select the rows in list ``name``, which has no further page: one with ``most`` rows may lack some."""
    select = rows_in(name)

    def rows(data: object) -> list[object]:
        found = select(data)
        if len(found) >= most:
            raise MalformedError(_("the list is full, so that rows may be missing")).beside(found)
        return found

    return rows
