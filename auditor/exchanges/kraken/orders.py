"""Kraken: open orders of every kind, in one list: triggers, trailing stops and scheduled ones included.

A conditional close is an order that comes into being when its order is filled.
"""

from collections.abc import Iterable, Mapping

from auditor.exchanges.kraken.moments import seconds
from auditor.exchanges.kraken.no_result import KEY
from auditor.exchanges.kraken.pairs import market_name
from auditor.exchanges.kraken.rights import OPEN_ORDERS
from auditor.exchanges.kraken.rows import keyed_rows_in
from auditor.exchanges.kraken.sources import private
from auditor.exchanges.kraken.words import ORDER_KINDS, ORDER_STATES, SIDES
from auditor.i18n import Text, _
from auditor.model import amounts
from auditor.model.records import Area, Order, Record
from auditor.spec.fields import MalformedError, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface
from auditor.spec.words import kind_in_words, side_in_words, state_in_words

OPEN_ROWS = keyed_rows_in("open")


def open_rows(data: object) -> list[object]:
    """Return the open orders. Raises MalformedError where the answer says that there are more than it shows."""
    rows = OPEN_ROWS(data)
    answer = data if isinstance(data, dict) else {}
    count = amounts.parse(answer.get("count"))
    if answer.get("next_cursor") or (count is not None and count > len(rows)):
        raise MalformedError(_("there are more rows than one answer holds")).beside(rows)
    return rows


@reads(text(KEY))
def open_order(row: Row, _context: Context) -> Iterable[Record]:
    """Read an open order: being listed proves that it is open, whatever its state."""
    terms = _terms(row)
    yield Order(
        subject=row.text(KEY),
        row=row.raw,
        market=market_name(_word(terms, "pair")),
        kind=_kind(terms),
        side=side_in_words(_word(terms, "type"), SIDES),
        amount=row.hint_amount("vol"),
        state=state_in_words(row.hint("status"), ORDER_STATES),
        price=amounts.parse(terms.get("price")) or None,
        started_at=seconds(row.raw.get("opentm")),
    )


def _terms(row: Row) -> Mapping[str, object]:
    """Return the description of an order, empty where it is none."""
    terms = row.raw.get("descr")
    return terms if isinstance(terms, dict) else {}


def _word(terms: Mapping[str, object], name: str) -> str:
    value = terms.get(name)
    return value if isinstance(value, str) else ""


def _kind(terms: Mapping[str, object]) -> Text:
    kind = kind_in_words(_word(terms, "ordertype") or "limit", ORDER_KINDS)
    if not _close(terms):
        return kind
    return _("{kind}, with an order that follows when it is filled").format(kind=_as_message(kind))


def _as_message(kind: Text) -> Text:
    return _(kind) if isinstance(kind, str) else kind


def _close(terms: Mapping[str, object]) -> str:
    return _word(terms, "close")


OPEN = Surface(
    id="orders",
    area=Area.ORDERS,
    title="Open orders",
    endpoint=private("OpenOrders", "Get Open Orders", rows=open_rows),
    reader=open_order,
    right=OPEN_ORDERS,
    value=False,
)
ORDERS = (OPEN,)
