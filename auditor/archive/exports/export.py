"""Write what an archive holds in one or several formats, in one pass through its tables: memory does not grow."""

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from auditor.archive.exports import beancount, koinly, plain_csv, rotki
from auditor.archive.exports.beside import open_beside
from auditor.archive.exports.description import describe
from auditor.archive.exports.event import Event
from auditor.archive.exports.export_format import ExportFormat, ExportWriter
from auditor.archive.exports.grouping import events
from auditor.archive.exports.heading import Coin, Heading, TimeSpan
from auditor.archive.exports.ledger_table import ledger_rows
from auditor.archive.exports.notes import Notes
from auditor.archive.folder import OWNER_ONLY
from auditor.security.paths import make_private_folders

FORMATS: Mapping[str, ExportFormat] = {
    one.name: one for one in (koinly.FORMAT, rotki.FORMAT, beancount.FORMAT, plain_csv.FORMAT)
}
SEALED = (koinly.FORMAT, rotki.FORMAT, beancount.FORMAT)
"""The formats that lie in every archive."""


def write_exports(
    tables: Path, heading: Heading, contracts: str, folder: Path, formats: Sequence[ExportFormat] = SEALED
) -> Notes:
    """Write the files of formats into a folder, and return what a person must know of them.

    ``tables``: the folder of an archive's tables; ``contracts``: see `History`. Raises DamagedError.
    """
    notes = Notes(is_whole=heading.span.is_whole)
    with ExitStack() as opened:
        writers = []
        for form in formats:
            paths = [folder / name for name in form.names(heading.exchange)]
            files = [opened.enter_context(_file(path, form.encoding)) for path in paths]
            writers.append(form.open(files, heading))
        beside = opened.enter_context(open_beside(tables))
        for moment, one in _in_time(heading.openings(), events(ledger_rows(tables), beside, contracts)):
            _take(moment, one, writers, heading.span, notes)
        for writer in writers:
            writer.close()
    return notes


def _in_time(openings: Sequence[tuple[int, Coin]], happened: Iterator[Event]) -> Iterator[tuple[int, Coin | Event]]:
    """Yield balances that were there before and events in the order of time, with it (Unix ms)."""
    left = deque(openings)
    for event in happened:
        moment = event.first.moment
        while left and left[0][0] <= moment:
            yield left.popleft()
        yield moment, event
    yield from left


def _take(moment: int, one: Coin | Event, writers: Sequence[ExportWriter], span: TimeSpan, notes: Notes) -> None:
    if span.until is not None and moment >= span.until:
        return
    if span.since is not None and moment < span.since:
        for writer in writers:
            writer.skip(one)
        return
    notes.take(one)
    words = "" if isinstance(one, Coin) else describe(one)
    for writer in writers:
        writer.open_with(one, moment) if isinstance(one, Coin) else writer.write(one, words)


@contextmanager
def _file(path: Path, encoding: str) -> Iterator[TextIO]:
    """Open a file for the owner alone, and make it durable at the end."""
    make_private_folders(path.parent)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
