"""The rows of earlier pages, to notice a page that comes again."""

from collections.abc import Hashable, Iterable

from auditor.transport.cursor_pagination import row_key, texts_of


class SeenRows:
    """Keys of earlier rows: all of them, or those of the previous page when ``last_page_only``."""

    def __init__(self, *, last_page_only: bool = False) -> None:
        """Start empty."""
        self._last_page_only = last_page_only
        self._keys: set[Hashable] = set()

    def add(self, page: Iterable[object]) -> None:
        """Add the rows of a page."""
        keys = set(map(row_key, page))
        self._keys = keys if self._last_page_only else self._keys | keys

    def repeats(self, page: Iterable[object]) -> bool:
        """Return whether any row of a page came before."""
        return any(row_key(row) in self._keys for row in page)

    def has_all(self, page: Iterable[object]) -> bool:
        """Return whether every row of a page came before."""
        return all(row_key(row) in self._keys for row in page)


class PageBefore:
    """The rows of the page before, to tell which ones of a page are new.

    ``key``: a field in which rows differ as a rule, "" for none. Only rows that have the same there are compared as a
    whole: a ledger has millions, each with dozens of fields.
    """

    def __init__(self, key: str) -> None:
        """Start without a page."""
        self._key = key
        self._page: list[object] = []
        self._marks: list[Hashable] = []

    def new_rows(self, page: list[object]) -> list[object]:
        """Return the rows of a page that are not on the one before it, and keep it in place of that one."""
        marks = self._marks_of(page)
        common = set(self._marks).intersection(marks)
        alike = [row for row, mark in zip(self._page, self._marks, strict=True) if mark in common]
        self._page, self._marks = page, marks
        return [row for row, mark in zip(page, marks, strict=True) if mark not in common or row not in alike]

    def _marks_of(self, page: list[object]) -> list[Hashable]:
        return list(texts_of(page, self._key) or map(self._mark_of, page))

    def _mark_of(self, row: object) -> Hashable:
        """Return what a row has in common with an equal one, also where other rows of one of the pages lack a text."""
        text = row.get(self._key) if isinstance(row, dict) else None
        return text if isinstance(text, str) else row_key(row)
