"""Ids of rows that have none of their own, or one that another row of the list may have, too."""

from collections import Counter
from collections.abc import Callable, Iterator

from auditor.spec.endpoint import RowSelector

ROW_ID = "row_id"
"""The field that is put beside those of a row."""


def identified(rows: RowSelector, *names: str) -> Callable[[object], list[object]]:
    """Return rows with an id that is made of what does not change in them, and a number where several have the same."""
    return lambda data: list(_identified(rows(data), names))


def _identified(rows: list[object], names: tuple[str, ...]) -> Iterator[object]:
    counts: Counter[str] = Counter()
    for row in rows:
        if not isinstance(row, dict):
            yield row
            continue
        text = " ".join(str(row[name]) for name in names if isinstance(row.get(name), str) and row[name])
        counts[text] += 1
        number = f" ({counts[text]})" if counts[text] > 1 else ""
        yield {**row, ROW_ID: text and f"{text}{number}"}
