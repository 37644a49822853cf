"""OKX: how its lists go on, and which of them are read."""

from collections.abc import Iterable
from datetime import timedelta

from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Query

AFTER_ORDER = Cursor(cursor="after", key="ordId")
AFTER_ALGO_ORDER = Cursor(cursor="after", key="algoId")
AFTER_TIME = Cursor(cursor="after", key="ts")
# The recent past of a list in which states without a name may stand.
RECENT = Query(back=timedelta(days=400))
UNNAMED_STATE = mark("in a state that OKX's documentation does not name")


def lists_by_state(name: str, states: Iterable[str], *, rest: Query | None = None) -> tuple[Query, ...]:
    """Return one list for each open state over all time, and ``rest`` for unknown states."""
    return (*(Query(params={name: state}) for state in states), rest or Query())
