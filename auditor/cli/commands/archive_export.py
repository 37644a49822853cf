"""Run `audit archive export`: write an archive for another program, and say what that format cannot hold."""

import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from auditor.archive.document import read_document
from auditor.archive.exports.export import FORMATS, write_exports
from auditor.archive.exports.heading import Heading, TimeSpan, heading_of
from auditor.archive.exports.notes import Notes
from auditor.archive.exports.table_files import write_tables
from auditor.archive.folder import PART, TABLES
from auditor.archive.outcome import EXIT_CODES, ArchiveStatus, ProofKind
from auditor.archive.report_content import headline
from auditor.archive.seal import TAGMANIFEST, check_seal
from auditor.archive.session import history_of
from auditor.archive.times import milliseconds_of
from auditor.archive.verify import exchange_of
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.reader import Runtime
from auditor.formats.atomic_write import replace_file
from auditor.formats.escape import escape_unencodable
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders

DAY = timedelta(days=1)
PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export.

    ``first``, ``last``: days, both of them included, None for no bound; ``output``: a file, or a folder for a format
    of several files; None for stdout.
    """

    folder: Path
    format: str
    first: datetime | None
    last: datetime | None
    output: Path | None

    @property
    def span(self) -> TimeSpan:
        """The moments between which events are written."""
        return TimeSpan(
            None if self.first is None else milliseconds_of(self.first),
            None if self.last is None else milliseconds_of(self.last + DAY),
        )


def export(request: ExportRequest, verbose: int, runtime: Runtime) -> int:
    """Export an archive, and return the exit code of what it proves. Raises UserError."""
    logs.configure(verbose=verbose, translate=runtime.console)
    _check(request)
    check_seal(request.folder)
    document = read_document(request.folder)
    exchange = exchange_of(str(document["run"]["exchange"]))
    heading = heading_of(request.folder / TABLES, document, request.span)
    with tempfile.TemporaryDirectory(prefix="audit-export-") as made:
        contracts = history_of(exchange).contracts
        files, notes = _write(request, heading, contracts, Path(made))
        _deliver(files, request.output)
    _tell(heading, notes, runtime)
    return EXIT_CODES[ArchiveStatus(heading.status)]


def _write(request: ExportRequest, heading: Heading, contracts: str, made: Path) -> tuple[list[Path], Notes]:
    """Write the files of a format into a folder, and return them with what a person must know of them."""
    tables = request.folder / TABLES
    if request.format == PARQUET:
        return write_tables(tables, request.span, made), Notes()
    form = FORMATS[request.format]
    notes = write_exports(tables, heading, contracts, made, [form])
    return [made / name for name in form.names(heading.exchange)], notes


def _check(request: ExportRequest) -> None:
    """Raise UserError for what cannot be exported so."""
    if not request.folder.is_dir():
        raise UserError(_("{path} is no folder of an archive.").format(path=request.folder))
    if request.folder.name.endswith(PART):
        raise UserError(_("{path} is not finished: run `audit archive` again.").format(path=request.folder))
    if request.first and request.last and request.first > request.last:
        raise UserError(_("--from is later than --to."))
    output, form = request.output, FORMATS.get(request.format)
    if form is None and (output is None or output.is_file()):
        raise UserError(_("This format has a file for each table: name a folder with --output."))
    if output is None and form is not None and len(form.files) > 1:
        raise UserError(_("This format has {count} files: name a folder with --output.").format(count=len(form.files)))
    if output is not None and any((one / TAGMANIFEST).is_file() for one in (output, *output.absolute().parents)):
        text = _("{path} lies in a sealed archive, which never changes: write elsewhere.")
        raise UserError(text.format(path=output))


def _deliver(files: list[Path], output: Path | None) -> None:
    """Write what was made to where it is wanted, in one step each."""
    if output is None:
        with files[0].open(encoding="utf-8-sig", newline="") as file:
            sys.stdout.writelines(escape_unencodable(line, sys.stdout.encoding or "utf-8") for line in file)
    elif len(files) == 1 and not output.is_dir():
        replace_file(output, files[0].read_bytes())
    else:
        make_private_folders(output)
        for made in files:
            replace_file(output / made.name, made.read_bytes())


def _tell(heading: Heading, notes: Notes, runtime: Runtime) -> None:
    """Say on stderr how the archive stands, and what to look at."""
    runtime.note(headline(ArchiveStatus(heading.status), ProofKind(heading.kind)))
    if heading.gaps:
        text = _("What is not in it: {count} points, in data/REPORT.md of the archive.")
        runtime.note(text.format(count=len(heading.gaps)))
    for message in notes.messages():
        runtime.note(message)
