"""The ids that distinguish the rows of a page and order them."""

from operator import le, lt

from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import PagedList
from auditor.transport.cursor_pagination import Page, PageLostError, whole_numbers


def ids_of(page: Page, paged: PagedList, oldest: int | None) -> list[int]:
    """Return the ids of a page, the oldest one last.

    Raises PageLostError unless they fall from row to row, and below ``oldest``, where the page before it ended; rows of
    a list with ties may have the same.
    """
    numbers = whole_numbers(page, paged.key) or [number_of(row, paged.key) for row in page]
    if not paged.ordered:
        return sorted(numbers, reverse=True)
    below, above = (numbers[1:], numbers) if oldest is None else (numbers, [oldest, *numbers])
    if not all(map(le if paged.ties else lt, below, above)):
        raise PageLostError(_("a row came twice, changed, or out of order"))
    return numbers


def has_newer(page: Page, key: str, known: int | None) -> bool:
    """Return whether a page has a row with an id above a known one."""
    return any(known is None or number_of(row, key) > known for row in page)


def number_of(row: object, name: str) -> int:
    """Return a whole number in a row. Raises MalformedError."""
    value = row.get(name) if isinstance(row, dict) else None
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise MalformedError(_("{name} is not a whole number").format(name=name))
    return int(value)
