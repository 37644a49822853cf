"""Run `audit archive`, `audit archive demo` and `audit archive verify`, and print what came of it."""

import json
import logging
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.cells import set_cell_size

from auditor.archive.add import add as add_files
from auditor.archive.estimate import least_seconds
from auditor.archive.finishing import Archive
from auditor.archive.key import RefusedKeyError
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.run import ArchiveRequest
from auditor.archive.run import archive as make
from auditor.archive.seal import TAGMANIFEST
from auditor.archive.session import history_of
from auditor.archive.times import from_milliseconds
from auditor.archive.verify import verify as check
from auditor.cli.commands.archive_end import print_end, print_line, print_outcome, print_sentence
from auditor.cli.commands.audit import AuditRequest, credentials_of, options
from auditor.cli.runtime import archive_notes
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.progress_form import ProgressForm
from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.registry import load
from auditor.formats.atomic_write import replace_file
from auditor.formats.escape import escape_invisible
from auditor.i18n import _, moment
from auditor.model.account import Account
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders
from auditor.settings.selection import select_accounts, with_configured

_LOGGER = logging.getLogger(__name__)
DEMO_PACE = 0.01
"""An exchange's own limits would make a demo last for minutes: Kraken's allows a page of its ledger every 12 s."""
LONG = 5
"""Minutes that are said before they pass."""
YOUNG = {"days": 60, "events": 300}
"""A history that is younger than the three months of OKX's Trading ledger."""
WORST_FIRST = (1, RefusedKeyError.exit_code, 3, 0)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to make an archive, from which day, and whether anew."""

    to: Path
    since: datetime | None
    fresh: bool


def run(request: AuditRequest, place: Destination, runtime: Runtime) -> int:
    """Archive the selected accounts, one after another, and return the worst exit code.

    Raises UserError.
    """
    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    codes = [_one(one, request, place, runtime) for one in _accounts(request, runtime)]
    return next(code for code in WORST_FIRST if code in codes)


def _accounts(request: AuditRequest, runtime: Runtime) -> list[Account]:
    return list(select_accounts(with_configured(request.choice), runtime.note))


def _one(account: Account, request: AuditRequest, place: Destination, runtime: Runtime) -> int:
    try:
        return _archived(account, request, place, runtime)
    except RefusedKeyError as refused:
        runtime.say(refused.message)
        return refused.exit_code


def demo(
    place: Destination, exchange: str | None, downloads: Path | None, runtime: Runtime, *, young: bool = False
) -> int:
    """Archive the demo account, whose history is made up, and return the exit code.

    ``downloads``: the folder for the files that its owner would download; ``young``: of an account that is younger than
    what the exchange gives. Raises UserError.
    """
    from auditor.demo import serve, stories  # noqa: PLC0415 - only the demo needs a server

    try:
        account = stories.story_account(exchange, time.time(), **(YOUNG if young else {}))
    except KeyError:
        raise UserError(_("{exchange}: its history cannot be archived yet.").format(exchange=exchange)) from None
    if downloads is not None:
        _write_downloads(stories.downloads(account, time.time()), downloads, runtime)
    with serve([account], limits=False) as server:
        archived = Account(
            name=account.name,
            exchange=account.exchange,
            credentials=credentials_of(account),
            base_url=server.url,
            demo=True,
        )
        return _archived(archived, AuditRequest(demo=True), place, runtime)


def _write_downloads(files: Mapping[str, bytes], folder: Path, runtime: Runtime) -> None:
    for name, data in files.items():
        make_private_folders(folder)
        replace_file(folder / name, data)
    print_line(_("Files as the exchange's site gives them, to add to the archive: {path}").format(path=folder), runtime)


def add(folder: Path, files: Sequence[Path], verbose: int, runtime: Runtime) -> int:
    """Add files to an archive and return the exit code of what it proves then. Raises UserError."""
    logs.configure(verbose=verbose, translate=runtime.console)
    archived = add_files(folder, files, runtime.files)
    _note(archived)
    print_end(archived, runtime)
    return archived.outcome.exit_code


def verify(folder: Path, verbose: int, runtime: Runtime) -> int:
    """Verify an archive and return the exit code of what it proves. Raises UserError."""
    logs.configure(verbose=verbose, translate=runtime.console)
    verified = check(folder)
    text = _("{path} is as it was sealed; its proof came out the same from {count} files of raw answers.")
    for line in (text.format(path=folder, count=verified.files), *verified.remarks):
        print_sentence(line, runtime)
    print_outcome(verified.outcome, runtime)
    return verified.outcome.exit_code


def stamp_seal(folder: Path, url: str, verbose: int, runtime: Runtime) -> int:
    """Have the seal of an archive stamped, and return the exit code. Raises UserError."""
    from auditor.archive.stamp import prepare, stamp  # noqa: PLC0415 - only this command needs the extra

    logs.configure(verbose=verbose, translate=runtime.console)
    request = prepare(folder, url)
    runtime.note(
        _("To {host} goes this hash, and nothing else: {digest}").format(host=request.host, digest=request.digest)
    )
    when = stamp(request)
    text = _(
        "Stamped {moment}: {path}. Check who signed it: openssl ts -verify -data {data} -in {path} -CAfile ROOTS.pem"
    )
    print_line(text.format(moment=moment(when), path=request.file, data=folder / TAGMANIFEST), runtime)
    return 0


def _archived(account: Account, request: AuditRequest, place: Destination, runtime: Runtime) -> int:
    if not request.demo:
        _tell_time(account, runtime)
    with _progress(runtime) as report:
        wanted = ArchiveRequest(
            to=place.to, since=place.since, fresh=place.fresh, report=report, translate=runtime.files
        )
        manner = options(request)
        pace = min(manner.pace, DEMO_PACE) if request.demo else manner.pace
        archived = run_supervised(make(account, replace(manner, timeout=float("inf"), pace=pace), wanted))
    if not request.demo:
        _note(archived)
    print_end(archived, runtime)
    return archived.outcome.exit_code


def _tell_time(account: Account, runtime: Runtime) -> None:
    """Say how long the exchange's limits let it take at least, where that is long."""
    minutes = round(least_seconds(history_of(load(account.exchange)), now()) / 60)
    if minutes >= LONG:
        text = _("{exchange}'s limits let this take {minutes} minutes or more. A run that is stopped goes on later.")
        runtime.note(text.format(exchange=load(account.exchange).name, minutes=minutes))


def _note(archived: Archive) -> None:
    """Let the plan of a later check know of a sealed archive."""
    if archived.outcome.status is not ArchiveStatus.UNFINISHED:
        archive_notes.note(archived.folder)


def _without(lines: Mapping[str, str], title: str) -> dict[str, str]:
    return {name: line for name, line in lines.items() if name != title}


@contextmanager
def _progress(runtime: Runtime) -> Iterator["_Progress"]:
    progress = _Progress(runtime)
    try:
        yield progress
    finally:
        progress.end()


class _Progress:
    """Tells on stderr how far each ledger is.

    One line in a terminal, or a line of JSON for each page.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._lines: dict[str, str] = {}
        self._drawn = runtime.progress is not ProgressForm.NONE and sys.stderr.isatty()

    def __call__(self, title: str, rows: int, oldest: int) -> None:
        # Rows of some lists, such as of symbols, have no time.
        day = from_milliseconds(oldest).date().isoformat() if oldest > 0 else None
        if self._runtime.progress is ProgressForm.JSON:
            values = {"event": "rows", "ledger": title, "rows": rows, "back_to": day}
            sys.stderr.write(escape_invisible(json.dumps(values)) + "\n")
            return
        text = _("{ledger}: {rows} rows, back to {day}") if day else _("{ledger}: {rows} rows")
        text = text.format(ledger=_(title), rows=f"{rows:,}", day=day)
        _LOGGER.info(text)
        # What was read last comes first, since a line that is longer than the terminal could not be taken back.
        self._lines = {title: escape_invisible(self._runtime.console(text)), **_without(self._lines, title)}
        if self._drawn:
            columns = shutil.get_terminal_size().columns - 1
            sys.stderr.write("\r\x1b[K" + set_cell_size("; ".join(self._lines.values()), columns).rstrip())
            sys.stderr.flush()

    def end(self) -> None:
        """Remove the line."""
        if self._drawn and self._lines:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
