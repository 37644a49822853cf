"""The run of `audit fleet export`: one table of all accounts, in a file."""

from dataclasses import dataclass
from pathlib import Path

from auditor.cli.runtime import output
from auditor.cli.runtime.reader import Runtime
from auditor.fleet.export import as_csv, as_parquet
from auditor.fleet.export.tables import TABLES
from auditor.formats.atomic_write import replace_file
from auditor.history.database_url import parse_location
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.errors import UserError

WRITERS = {".csv": as_csv.render, ".parquet": as_parquet.render}
"""What writes a file, by its ending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetExportRequest:
    """What the command line asks for. ``table`` None: the name of the file says it."""

    file: Path
    table: str | None = None
    tag: str | None = None
    history: str | None = None


def export(wanted: FleetExportRequest, runtime: Runtime) -> int:
    """Write a table, and return the exit code. Raises UserError."""
    name, ending = wanted.table or wanted.file.stem.lower(), wanted.file.suffix.lower()
    if name not in TABLES:
        text = _("Which table is {file}? Name the file {names}, or add --table.")
        raise UserError(text.format(file=wanted.file, names=", ".join(TABLES)))
    if ending not in WRITERS:
        text = _("{file} must end in one of {endings}.")
        raise UserError(text.format(file=wanted.file, endings=", ".join(WRITERS)))
    output.check_writable(wanted.file)
    with History(parse_location(wanted.history)) as history, history.reading() as connection:
        rows = TABLES[name].rows(connection, wanted.tag, runtime.files.in_utc())
        data = WRITERS[ending](TABLES[name], rows)
    replace_file(wanted.file, data)
    runtime.note(_("Saved to {path}").format(path=wanted.file))
    return 0
