"""Read one statement: whose it is, in which zone its times are, and its rows into the store of all."""

import re
from dataclasses import replace
from datetime import UTC, timedelta, timezone

from auditor.archive.imports.formats import Cells
from auditor.archive.imports.heading import FURTHEST, Heading
from auditor.archive.imports.imported_file import CsvReader, ImportedFile
from auditor.archive.imports.statements import SECOND, Statements
from auditor.archive.pages import reason_of
from auditor.i18n import _
from auditor.spec.fields import MalformedError

_ZONE = re.compile(r"\(UTC(?:([+-]{1,2})([0-9]{1,2})(?:[:._]?([0-9]{2}))?)?\)", re.ASCII)


def read_statement(
    reader: CsvReader, columns: tuple[str, ...], file: ImportedFile, statements: Statements, uid: str
) -> None:
    """Read the rows of a file of an archive of account ``uid``: none where one is of another account."""
    kind = file.statement
    if kind is None:
        raise ValueError(file.source)
    file.heading = _heading(file) if kind.is_zoned else Heading(zone=UTC, words="UTC")
    number, zone = statements.begin(file), file.heading.zone or UTC
    for cells in reader:
        if not any(cells):
            continue
        source = f"{file.source}:{reader.line_num}"
        try:
            row = kind.read(Cells(columns, cells), zone)
        except (MalformedError, ValueError, TypeError) as error:
            file.odd += 1
            statements.doubt(reason_of(error), source)
            continue
        if row.uid not in {"", uid}:
            text = _("it is of account {uid}, and this archive is of {own}")
            file.refuse(text.format(uid=row.uid, own=uid))
            statements.store.drop(number)
            return
        if row.uid and not file.heading.uid:
            file.heading = replace(file.heading, uid=row.uid)
        file.count(row.second * SECOND)
        statements.store.add(number, source, row)


def _heading(file: ImportedFile) -> Heading:
    """Return the zone that the name of a file in a zip says, else that of the zip; None where neither does."""
    found = list(_ZONE.finditer(file.source))
    if not found:
        return Heading()
    sign, hours, minutes = found[-1].groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    zone = None if offset > FURTHEST else timezone(-offset if sign and "-" in sign else offset)
    return Heading(zone=zone, words=found[-1][0].strip("()"))
