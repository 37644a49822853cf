"""The rows of earlier pages, to notice a page that comes again."""

from collections.abc import Hashable, Iterable

from auditor.transport.cursor_pagination import row_key


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
