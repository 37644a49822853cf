"""KuCoin: lists by page number, and their rows.

An empty page has its rows as null or as an empty list, with 0 as their number (kucoin-api-docs, issue 471).
"""

from collections.abc import Callable

from auditor.spec.endpoint import Numbered
from auditor.spec.rows import object_row, rows_in

NOTHING = "0"


def counted_rows_in(name: str, total: str) -> Callable[[object], list[object]]:
    """Select the rows in list ``name``, which may be null where the answer's own count ``total`` is 0."""

    def rows(data: object) -> list[object]:
        (answer,) = object_row(data)
        is_null = isinstance(answer, dict) and name in answer and answer[name] is None
        if is_null and isinstance(answer, dict) and answer.get(total) == NOTHING:
            return []
        return rows_in(name)(data)

    return rows


ITEMS = counted_rows_in("items", "totalNum")


def pages(size: int, number: str = "currentPage") -> Numbered:
    """Return the pagination of a list that states its number of rows. ``size``: the largest page."""
    return Numbered(number=number, limit="pageSize", size=size, total="totalNum")
