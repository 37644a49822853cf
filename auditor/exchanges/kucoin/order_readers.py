"""KuCoin: readers of open orders."""

from collections.abc import Iterable

from auditor.exchanges.kucoin.words import ORDER_KINDS, ORDER_STATES, PLAINLY_FINAL, SIDES
from auditor.model.records import Order, Record
from auditor.spec.fields import Field, flag, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

SIZES = ("remainSize", "size", "remainFunds", "funds", "fromCurrencySize")
TIMES = ("createdAt", "orderTime")


def _order(row: Row, number: str, kind: str) -> Order:
    return Order(
        subject=row.text(number),
        row=row.raw,
        market=row.hint("symbol") or _pair(row),
        kind=kind_in_words(kind or row.hint("type") or row.hint("orderType") or "order", ORDER_KINDS),
        side=side_in_words(row.hint("side"), SIDES),
        amount=next(filter(None, map(row.hint_amount, SIZES)), None),
        state=state_in_words(row.hint("status"), ORDER_STATES),
        price=row.hint_amount("price") or None,
        started_at=next(filter(None, map(row.hint_time, TIMES)), None),
    )


def _pair(row: Row) -> str:
    """Return the two coins of an order in Convert, which has no market."""
    return "/".join(filter(None, (row.hint("fromCurrency"), row.hint("toCurrency"))))


def order(number: str = "id", kind: str = "") -> Reader:
    """Read an order of a list of open ones: being listed proves that it is open, whatever its state."""

    @reads(text(number))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        yield _order(row, number, kind)

    return read


def flagged_order(is_open: str) -> Reader:
    """Read an order that says of itself whether it is open, in the field ``is_open``.

    The lists have finished orders too where the filter of the request is ignored. One whose state is open counts
    whatever the field says.
    """

    @reads(text("id"), flag(is_open))
    def read(row: Row, _context: Context) -> Iterable[Record]:
        if row.flag(is_open) or not row.is_understood(is_open) or row.hint("status").lower() == "open":
            yield _order(row, "id", "")

    return read


def order_until(final: frozenset[str], number: str, kind: str, *more: Field) -> Reader:
    """Read an order in any state but the ``final`` ones, documented or not."""

    @reads(text(number), text("status"), *more)
    def read(row: Row, _context: Context) -> Iterable[Record]:
        if row.text("status") not in final and row.text("status").casefold() not in PLAINLY_FINAL:
            yield _order(row, number, kind)

    return read
