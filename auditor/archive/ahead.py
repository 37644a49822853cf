"""The rows of a large ledger, read by a second process while this one proves those before them."""

import marshal
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import cast

from auditor.archive.accounts import with_accounts
from auditor.archive.facts import RunFacts
from auditor.archive.folder import RAW
from auditor.archive.pages import OddRow, parts_of
from auditor.archive.raw_rows import rows_of_list
from auditor.archive.rows import EntryPage, SourcedEntry, entry_pages
from auditor.archive.second_process import produced
from auditor.archive.session import history_of, in_mode
from auditor.exchanges.registry import load
from auditor.spec.exchange import Exchange
from auditor.spec.ledger import Ledger, LedgerEntry

LARGE = 6_000_000
"""Bytes of a ledger's raw answers, 75,000 rows or more, from which on another process saves more time than it costs."""
AMOUNTS = tuple(map(LedgerEntry._fields.index, ("change", "balance", "slack")))


def pages_ahead(facts: RunFacts, folder: Path, ledger: Ledger, exchange: Exchange) -> Iterator[EntryPage]:
    """Yield what `entry_pages` does, of a large ledger out of another process. Raises DamagedError."""
    raw = folder / RAW / ledger.id
    if sum(path.stat().st_size for path in raw.glob("*.gz")) < LARGE:
        yield from entry_pages(folder, ledger, exchange)
        return
    count = 0
    for sent in produced(send_pages, folder, facts.exchange, facts.mode, ledger.id):
        if sent is None:
            return
        count += 1
        yield _unpacked(sent) if isinstance(sent, bytes) else cast("EntryPage", sent)
    # The other process did not come to its end: what stopped it is met here again, or is not.
    yield from islice(entry_pages(folder, ledger, exchange), count, None)


def send_pages(folder: Path, exchange_id: str, mode: str, ledger_id: str) -> Iterator[object]:
    """Yield the pages of a ledger as they are sent: those with anything odd as they are. Raises DamagedError."""
    exchange = with_accounts(in_mode(load(exchange_id), mode), folder)
    history = history_of(exchange)
    rows_of = partial(rows_of_list, folder, history, exchange)
    parts = (part for one in history.ledgers for part in parts_of(folder, one.beside(rows_of)))
    ledger = next(part for part in parts if part.id == ledger_id)
    for page in entry_pages(folder, ledger, exchange):
        yield page if any(isinstance(row, OddRow) for row in page) else _packed(cast("Sequence[SourcedEntry]", page))


def _packed(page: Sequence[SourcedEntry]) -> bytes:
    """Return the rows of a page as bytes, field by field: exact amounts as texts, which is quicker than any pickle."""
    columns: list[tuple[object, ...]] = list(zip(*(row.entry for row in page), strict=True))
    for place in AMOUNTS if columns else ():
        columns[place] = tuple(map(str, columns[place]))
    return marshal.dumps((page[0].source if page else "", columns))


def _unpacked(data: bytes) -> list[SourcedEntry | OddRow]:
    source, columns = marshal.loads(data)  # noqa: S302 - from this program's own process
    for place in AMOUNTS if columns else ():
        columns[place] = map(Decimal, columns[place])
    return [SourcedEntry(entry, source) for entry in map(LedgerEntry._make, zip(*columns, strict=True))]
