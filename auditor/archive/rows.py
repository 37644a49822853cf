"""The rows of ledgers and second lists out of their raw answers: what each means, the oldest first."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from auditor.archive.pages import WINDOW, OddRow, SourcedPage, merged, pages_once, parts_of, reason_of
from auditor.archive.standing import standing
from auditor.i18n import _
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import Ledger, LedgerEntry
from auditor.spec.second_list import ListedRow, SecondList

RUNNING = "running"
"""What proves a row: the balance after it, and that before the next."""


class SourcedEntry(NamedTuple):
    """A row with where it stands, file and line, and what proves it."""

    entry: LedgerEntry
    source: str
    proof: str = RUNNING


EntryPage = Sequence[SourcedEntry | OddRow]
PagesOf = Callable[[Path, Ledger, Exchange], Iterator[EntryPage]]


def ledger_rows(
    folder: Path, ledger: Ledger, exchange: Exchange, pages_of: PagesOf | None = None
) -> Iterator[SourcedEntry | OddRow]:
    """Yield the rows of a ledger, the oldest first, and whatever is odd about them.

    ``pages_of``: see `entry_pages`, which is used without it. Raises DamagedError.
    """
    read = pages_of or entry_pages
    parts = [chain.from_iterable(read(folder, part, exchange)) for part in parts_of(folder, ledger)]
    rows = merged(parts, lambda row: row.entry.time if isinstance(row, SourcedEntry) else None)
    yield from _in_one_part(rows) if ledger.partition is not None and ledger.partition.shared else rows


def _in_one_part(rows: Iterator[SourcedEntry | OddRow]) -> Iterator[SourcedEntry | OddRow]:
    """Yield rows of several parts, one that is in more than one of them once."""
    known: OrderedDict[LedgerEntry, None] = OrderedDict()
    for row in rows:
        if isinstance(row, SourcedEntry):
            if row.entry in known:
                continue
            known[row.entry] = None
            if len(known) > WINDOW:
                known.popitem(last=False)
        yield row


def entry_pages(folder: Path, ledger: Ledger, exchange: Exchange) -> Iterator[EntryPage]:
    """Yield the rows of a ledger by pages: what each row means. Raises DamagedError."""
    begun = ledger.begun()
    for page in pages_once(folder, ledger, exchange):
        if isinstance(page, OddRow):
            yield [page]
        else:
            rows, source = page
            yield [_read(begun, row, source) for row in rows]


def _read(ledger: Ledger, row: object, source: str) -> SourcedEntry | OddRow:
    try:
        return SourcedEntry(ledger.entry(row), source)
    except (MalformedError, ValueError, TypeError) as error:
        return OddRow(reason_of(error), source)


def listed_rows(folder: Path, listed: SecondList, exchange: Exchange) -> Iterator[ListedRow | OddRow]:
    """Yield the rows of a second list, the oldest first, each once, and what is odd about them.

    Raises DamagedError.
    """
    parts = [_listed_rows(folder, part, exchange) for part in parts_of(folder, listed)]
    yield from merged(parts, lambda row: row.time if isinstance(row, ListedRow) else None)


def _listed_rows(folder: Path, listed: SecondList, exchange: Exchange) -> Iterator[ListedRow | OddRow]:
    with standing(folder, listed, exchange) as rows:
        files = [_rows_in(pages, listed) for pages in rows.pages()]
        yield from merged(files, lambda row: row.time if isinstance(row, ListedRow) else None)


def _rows_in(pages: Iterator[SourcedPage | OddRow], listed: SecondList) -> Iterator[ListedRow | OddRow]:
    """Yield the rows of one file, the oldest first, each once."""
    known: OrderedDict[str, object] = OrderedDict()
    for page in pages:
        if isinstance(page, OddRow):
            yield page
            continue
        rows, source = page
        for raw in rows if listed.oldest_first else reversed(rows):
            row = _listed(listed, raw, source)
            if isinstance(row, OddRow) or row.id not in known:
                yield row
            elif not listed.explains and known[row.id] != raw:
                yield OddRow(_("row {number} is not the same wherever it came").format(number=row.id), source)
            if isinstance(row, ListedRow):
                known.setdefault(row.id, raw)
                if len(known) > WINDOW:
                    known.popitem(last=False)


def row_ids(folder: Path, list_id: str, exchange: Exchange) -> list[str]:
    """Return the ids of the rows of a second list, each once, the oldest first. Raises DamagedError."""
    history = exchange.history
    listed = next(one for one in history.seconds if one.id == list_id) if history is not None else None
    rows = () if listed is None else listed_rows(folder, listed, exchange)
    return list(dict.fromkeys(row.id for row in rows if isinstance(row, ListedRow)))


def _listed(listed: SecondList, raw: object, source: str) -> ListedRow | OddRow:
    try:
        return listed.listed(raw)
    except (MalformedError, ValueError, TypeError) as error:
        return OddRow(reason_of(error), source)
