"""What all parts of OKX's table share: whom a place is asked for, how its list is turned and filtered."""

from collections.abc import Iterable
from datetime import timedelta

from auditor.model.snapshot import Standing
from auditor.spec.surface import Paging, Query

UNDOCUMENTED = Standing.UNDOCUMENTED
TRADING = frozenset({"5", "8", "9", "99"})
BACK = timedelta(days=400)
WRONG_MODE = {"51010": "This account's mode does not have it."}
ID = Paging(cursor="after", key="ordId")
ALGO_ID = Paging(cursor="after", key="algoId")
TIME = Paging(cursor="after", key="ts")


def filtered(name: str, values: Iterable[str], *, rest: Query | None = None) -> tuple[Query, ...]:
    """One list for each open state over all time, and one of everything for states that nobody knows."""
    return (*(Query(params={name: value}) for value in values), rest or Query())
