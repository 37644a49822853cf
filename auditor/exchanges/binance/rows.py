"""Binance: select the rows of answers in Binance's own shapes."""

from collections.abc import Callable

from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.spec.rows import object_row, rows_in


def list_or_object_rows(data: object) -> list[object]:
    """Return the rows of an answer that is a list, or one object if there is only one row."""
    return data if isinstance(data, list) else object_row(data)


def filled_rows(data: object) -> list[object]:
    """Return one object or a list of them, without the empty ones.

    An object in which every value is empty means "nothing".
    """
    return [row for row in list_or_object_rows(data) if not isinstance(row, dict) or any(row.values())]


def counted_rows_in(name: str) -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of an answer whose ``total`` must be their number."""

    def rows(data: object) -> list[object]:
        found = rows_in(name)(data)
        (answer,) = object_row(data)
        if not isinstance(answer, dict) or answer.get("total") != str(len(found)):
            raise MalformedError(_("{name} is not a count").format(name="total")).beside(found)
        return found

    return rows


def complete_rows(data: object) -> list[object]:
    """Return the rows of a history that states whether there are more.

    Raises MalformedError if there are.
    """
    found = rows_in("list")(data)
    (answer,) = object_row(data)
    if not isinstance(answer, dict) or answer.get("moreData") is not False:
        raise MalformedError(_("there are more rows than one answer holds")).beside(found)
    return found
