"""Read all files that were added to an archive: what each is, and its rows into one store."""

import csv
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from auditor.archive.facts import RunFacts
from auditor.archive.folder import IMPORTED
from auditor.archive.imports.catalogue import format_of
from auditor.archive.imports.coverage import Coverage, Stretch
from auditor.archive.imports.formats import Cells, ImportFormat, columns_of
from auditor.archive.imports.heading import read_heading
from auditor.archive.imports.imported_file import CsvReader, ImportedFile
from auditor.archive.imports.statement import StatementFormat
from auditor.archive.imports.statement_reading import read_statement
from auditor.archive.imports.statements import Statements
from auditor.archive.imports.store import ImportStore, StoredEntry
from auditor.archive.imports.texts import CsvText, UnreadableError, texts
from auditor.archive.pages import OddRow, reason_of
from auditor.archive.state import Status
from auditor.archive.times import milliseconds_of
from auditor.i18n import Message, _
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import Ledger

MOST_HEADING = 10
"""Lines above the names of the columns."""
MOST_DOUBTS = 1000
"""Doubts about rows of one ledger that are kept one by one."""


@dataclass(slots=True)
class Imports:
    """All files that were added, their rows, and what in them cannot be read, by ledger, or by the id of statements."""

    files: list[ImportedFile] = field(default_factory=list)
    odd: dict[str, list[OddRow]] = field(default_factory=dict)
    store: ImportStore = field(default_factory=ImportStore)
    statements: Statements = field(default_factory=Statements)

    def of(self, ledger: str) -> list[ImportedFile]:
        """Return the files that have rows of a ledger."""
        return [one for one in self.files if one.format is not None and one.format.ledger == ledger]

    def doubt(self, ledger: str, reason: Message, source: str) -> None:
        """Keep a doubt about a row."""
        doubts = self.odd.setdefault(ledger, [])
        doubts += [OddRow(reason, source)] if len(doubts) < MOST_DOUBTS else []


def read_imports(folder: Path, facts: RunFacts) -> Imports:
    """Return what the files in an archive come to."""
    imports = Imports()
    for path in sorted((folder / IMPORTED).glob("*")):
        source = path.relative_to(folder / "data").as_posix()
        try:
            for text in texts(path):
                _read_text(text, f"{source}/{text.name}" if text.name else source, imports, facts)
        except UnreadableError as error:
            imports.files.append(ImportedFile(source=source, unread=error.reason))
    return imports


def coverage_of(ledger: Ledger, imports: Imports, facts: RunFacts, *, exact: bool = False) -> Coverage:
    """Return the time of which the API and the files together have every row of a ledger.

    ``exact``: without files whose amounts are rounded.
    """
    answered = answered_stretch(ledger, facts)
    chosen = (one for one in imports.of(ledger.id) if not (exact and one.format and one.format.is_rounded))
    files = (one.stretch for one in chosen)
    return Coverage.of(one for one in (*files, answered) if one is not None)


def answered_stretch(ledger: Ledger, facts: RunFacts) -> Stretch | None:
    """Return the time of which the API gave every row; None where a ledger was not read to its end."""
    read = next((one for one in facts.lists if one.id == ledger.id), None)
    if read is None or read.status is not Status.ENDED or read.cut:
        return None
    reach = ledger.reach
    first = 0 if reach.first is None else milliseconds_of(reach.first)
    start = first if reach.back is None else milliseconds_of(facts.started_at - reach.back)
    return start, milliseconds_of(facts.finished_at) + 1


def _read_text(text: CsvText, source: str, imports: Imports, facts: RunFacts) -> None:
    file = ImportedFile(source=source)
    imports.files.append(file)
    reader = csv.reader(text.lines)
    try:
        columns = _find_columns(reader, file, facts.exchange)
        if file.statement is not None:
            read_statement(reader, columns, file, imports.statements, facts.uid)
        elif file.format is None:
            file.unread = _("its columns are none that this program knows")
        elif file.heading.uid not in {"", facts.uid}:
            file.unread = _("it is of account {uid}, and this archive is of {own}").format(
                uid=file.heading.uid, own=facts.uid
            )
        else:
            _read_rows(reader, columns, file.format, imports)
    except csv.Error:
        file.unread = _("it is no table")
    except UnreadableError as error:
        file.unread = error.reason


def _find_columns(reader: CsvReader, file: ImportedFile, exchange: str) -> tuple[str, ...]:
    above: list[list[str]] = []
    for row in islice(reader, MOST_HEADING):
        columns = columns_of(row)
        found = format_of(columns, exchange)
        if isinstance(found, StatementFormat):
            file.statement = found
            return columns
        if found is not None:
            file.format, file.heading = found, read_heading(above)
            return columns
        above.append(row)
    return ()


def _read_rows(reader: CsvReader, columns: tuple[str, ...], kind: ImportFormat, imports: Imports) -> None:
    number, file = len(imports.files) - 1, imports.files[-1]
    for row in reader:
        if not any(row):
            continue
        source = f"{file.source}:{reader.line_num}"
        try:
            entry = kind.read(Cells(columns, row), file.heading)
        except (MalformedError, ValueError, TypeError) as error:
            file.odd += 1
            imports.doubt(kind.ledger, reason_of(error), source)
            continue
        file.count(entry.time)
        if not imports.store.add(kind.ledger, StoredEntry(number, source, entry)):
            text = _("row {number} came twice, or is not the same wherever it came").format(number=str(entry.number))
            imports.doubt(kind.ledger, text, source)
