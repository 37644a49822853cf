"""The rows of a list as the exchange gave them, by which other lists and their rows are read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from auditor.archive.folder import earlier_files
from auditor.archive.pages import OddRow, SourcedPage, answered, parts_of
from auditor.archive.standing import standing
from auditor.spec.exchange import Exchange
from auditor.spec.history import History
from auditor.spec.paged_list import PagedList


def raw_rows(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[Mapping[str, object]]:
    """Yield the rows of a list as they came, also those that came twice; what is no object is left out.

    Of a list that was read anew, a row that both readings have comes as the newer one has it. Raises DamagedError.
    """
    for part in parts_of(folder, paged):
        for page in _pages(folder, part, exchange):
            yield from (row for row in ([] if isinstance(page, OddRow) else page[0]) if isinstance(row, dict))


def rows_of_list(folder: Path, history: History, exchange: Exchange, list_id: str) -> Iterator[Mapping[str, object]]:
    """Yield the rows of a list as they came, by its id. Raises DamagedError."""
    lists = (*history.ledgers, *history.seconds, *history.changes)
    return raw_rows(folder, next(one for one in lists if one.id == list_id), exchange)


def _pages(folder: Path, paged: PagedList, exchange: Exchange) -> Iterator[SourcedPage | OddRow]:
    if not earlier_files(folder, paged.id):
        yield from answered(folder, paged, exchange)
        return
    with standing(folder, paged, exchange) as rows:
        for pages in rows.pages():
            yield from pages
