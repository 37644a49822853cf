"""Select the rows of an answer.

An answer of another shape raises MalformedError; it is never an empty list.
"""

from collections.abc import Callable

from auditor.i18n import _
from auditor.spec.fields import MalformedError


def list_rows(data: object) -> list[object]:
    """Return the rows of an answer that is a list."""
    if not isinstance(data, list):
        raise MalformedError(_("the data is not a list"))
    return data


def single_row(data: object) -> list[object]:
    """Return the one row of an answer that is a list of exactly one object."""
    rows = list_rows(data)
    if len(rows) != 1:
        raise MalformedError(_("one object is due, {count} came").format(count=len(rows)))
    return rows


def object_row(data: object) -> list[object]:
    """Return the answer itself, an object, as the one row."""
    if not isinstance(data, dict):
        raise MalformedError(_("the data is not an object"))
    return [data]


def rows_in(name: str) -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of an answer that is an object."""
    return lambda data: _list_in(object_row(data)[0], name)


def rows_in_single(name: str) -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of the one object in an answer's list."""
    return lambda data: _list_in(single_row(data)[0], name)


def _list_in(outer: object, name: str) -> list[object]:
    rows = outer.get(name) if isinstance(outer, dict) else None
    if not isinstance(rows, list):
        raise MalformedError(_("{name} is not a list").format(name=name))
    return list(rows)
