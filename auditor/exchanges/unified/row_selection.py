"""The rows of an answer that belong to one call."""

from collections.abc import Iterator
from typing import Any

from auditor.exchanges.unified.answers import Row, rows_at, value_at
from auditor.exchanges.unified.spec import EmptyShape, UnifiedCall
from auditor.i18n import _
from auditor.spec.fields import MalformedError


def rows_of_call(call: UnifiedCall, body: Any, doubts: list[MalformedError]) -> Iterator[Row]:
    """Yield the rows of one answer; of a shape in which the exchange writes an empty list, none with a doubt."""
    if call.empty is not None and _is_empty(body, call.empty):
        doubt = MalformedError(_("{name} is missing, as where there is nothing").format(name=call.empty.at))
        doubt.settled_by = call.empty.settled_by
        doubts.append(doubt)
        return
    yield from (row for row in rows_at(body, call.rows, doubts) if _belongs(row[1], call, doubts))


def _is_empty(body: Any, shape: EmptyShape) -> bool:
    """Return whether the place is nothing or null, and what stands around it is as ever."""
    parent, _dot, _name = shape.at.rpartition(".")
    around = value_at(body, parent) if parent else body
    is_there = isinstance(around, dict) and shape.beside in around and value_at(body, shape.at) is None
    return is_there and (not shape.count or value_at(body, shape.count) == "0")


def _belongs(row: object, call: UnifiedCall, doubts: list[MalformedError]) -> bool:
    """Return whether a row belongs to the surface; of one that does not say so, no, with a doubt."""
    for name, wanted in call.where.items():
        value = value_at(row, name)
        if not isinstance(value, str) or not value:
            doubts.append(MalformedError(_("a row does not say what it belongs to ({name})").format(name=name)))
        if value != wanted:
            return False
    return not any(_word(value_at(row, name)) in values for name, values in call.aside.items())


def _word(value: object) -> str:
    """Return a text or a truth value as a file of calls writes it; "" for anything else."""
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else ""
