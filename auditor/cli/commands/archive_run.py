"""Run `audit archive`, `audit archive demo` and `audit archive verify`, and print what came of it."""

import asyncio
import time
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from auditor.archive.add import add as add_files
from auditor.archive.finishing import Archive
from auditor.archive.key import RefusedKeyError
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.run import ArchiveRequest
from auditor.archive.run import archive as make
from auditor.archive.seal import TAGMANIFEST
from auditor.archive.verify import verify as check
from auditor.cli.commands.archive_end import print_end, print_line, print_outcome, print_sentence
from auditor.cli.commands.archive_progress import archive_watcher
from auditor.cli.commands.audit import AuditRequest, credentials_of, options
from auditor.cli.runtime import archive_notes
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.process import TerminatedError, run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.exchanges.registry import load
from auditor.formats.atomic_write import replace_file
from auditor.i18n import _, moment
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.security.paths import make_private_folders
from auditor.settings.selection import select_accounts, with_configured

DEMO_PACE = 0.01
"""An exchange's own limits would make a demo last for minutes: Kraken's allows a page of its ledger every 12 s."""
DAY = 86_400
"""Seconds."""
YOUNG = {"days": 60, "events": 300}
"""A history that is younger than the three months of OKX's Trading ledger."""
WORST_FIRST = (1, RefusedKeyError.exit_code, 3, 0)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where to make an archive, from which day, whether anew, and of which tables, with commas between ("": all).

    ``yes``: without a question.
    """

    to: Path
    since: datetime | None
    fresh: bool
    only: str = ""
    yes: bool = False


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
        moment = _day_of(time.time())
        account = stories.story_account(exchange, moment, **(YOUNG if young else {}))
    except KeyError:
        raise UserError(_("{exchange}: its history cannot be archived yet.").format(exchange=exchange)) from None
    if downloads is not None:
        _write_downloads(stories.downloads(account, moment), downloads, runtime)
    with serve([account], limits=False) as server:
        archived = Account(
            name=account.name,
            exchange=account.exchange,
            credentials=credentials_of(account),
            base_url=server.url,
            demo=True,
        )
        return _archived(archived, AuditRequest(demo=True), place, runtime)


def _day_of(moment: float) -> float:
    """Return the beginning of a day (Unix seconds), so that a run of the same day goes on with the same history."""
    return moment - moment % DAY


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
    print_outcome(verified.outcome, verified.steps, runtime)
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
    with archive_watcher(load(account.exchange).name, runtime, is_demo=request.demo, asks=not place.yes) as watcher:
        wanted = ArchiveRequest(
            to=place.to,
            since=place.since,
            only=tuple(filter(None, place.only.split(","))),
            fresh=place.fresh,
            watcher=watcher,
            translate=runtime.files,
        )
        manner = options(request)
        pace = min(manner.pace, DEMO_PACE) if request.demo else manner.pace
        archived = _supervised(make(account, replace(manner, timeout=float("inf"), pace=pace), wanted), runtime)
    if not request.demo:
        _note(archived)
    print_end(archived, runtime)
    return archived.outcome.exit_code


def _supervised(work: Coroutine[Any, Any, Archive], runtime: Runtime) -> Archive:
    """Run what makes an archive; where it is stopped, say that nothing is lost."""
    try:
        return run_supervised(work)
    except (KeyboardInterrupt, asyncio.CancelledError, TerminatedError):
        runtime.note(_("What was read is kept: the same command goes on where it stopped."))
        raise


def _note(archived: Archive) -> None:
    """Let the plan of a later check know of a sealed archive."""
    if archived.outcome.status is not ArchiveStatus.UNFINISHED:
        archive_notes.note(archived.folder)
