"""Whether a list has rows that were not final when they were read, such as a deposit under way.

Such a row is old when it changes: a list that is only read on from its newest row keeps its first state.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from auditor.archive.pages import OddRow, answered, parts_of
from auditor.archive.raw_rows import rows_of_list
from auditor.archive.session import history_of
from auditor.archive.times import milliseconds_of
from auditor.model.clock import now
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.summed import ChangedRow, ChangeList

TABLES = frozenset({"movements", "transfers"})
"""Tables of lists whose rows have a state."""
LONGEST = timedelta(days=90)
"""An older row without an effect has failed, and stays so, where no state of it is known to be final."""


def has_rows_under_way(folder: Path, paged: PagedList, exchange: Exchange) -> bool:
    """Return whether a row of the last months has no effect, and may have one later. Raises DamagedError.

    One that failed for good, as the exchange's own state says, is none; one without a time is of now.
    """
    if not isinstance(paged, SecondList | ChangeList) or paged.table not in TABLES:
        return False
    oldest = milliseconds_of(now() - LONGEST)
    rows = _rows(folder, paged, exchange)
    return any(row is None or (not 0 < row.time < oldest and not _is_final(row)) for row in rows)


def _rows(folder: Path, paged: SecondList | ChangeList, exchange: Exchange) -> Iterator[ListedRow | ChangedRow | None]:
    """Yield the meaning of each row of a list, None for one that is not understood."""
    history = history_of(exchange)
    if isinstance(paged, ChangeList):
        paged = paged.beside(lambda list_id: rows_of_list(folder, history, exchange, list_id))
    for part in parts_of(folder, paged):
        # Reading anew changes no row that only an earlier reading has.
        pages = (page for page in answered(folder, part, exchange) if not isinstance(page, OddRow))
        for row in (row for rows, _source in pages for row in rows if isinstance(row, dict)):
            try:
                yield part.changed(row) if isinstance(part, ChangeList) else part.listed(row)
            except (MalformedError, ValueError, TypeError, KeyError):
                yield None


def _is_final(row: ListedRow | ChangedRow) -> bool:
    """Return whether a balance changed by what a row tells of, or never will."""
    if row.final:
        return True
    if isinstance(row, ChangedRow):
        return bool(row.changes)
    return bool(row.marks) and (row.due or row.expected)
