"""OKX: the pagination of its lists, and the queries that read them."""

from collections.abc import Iterable
from datetime import timedelta

from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Query

AFTER_ORDER = Cursor(cursor="after", key="ordId")
AFTER_ALGO_ORDER = Cursor(cursor="after", key="algoId")
AFTER_TIME = Cursor(cursor="after", key="ts")
# How far back a list is read for rows in undocumented states.
RECENT = Query(back=timedelta(days=400))
UNNAMED_STATE = mark("in a state that OKX's documentation does not name")


def lists_by_state(name: str, states: Iterable[str], *, rest: Query | None = None) -> tuple[Query, ...]:
    """Return one query for each open state over all time, and ``rest`` for unknown states."""
    return (*(Query(params={name: state}) for state in states), rest or Query())
