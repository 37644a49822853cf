"""`audit record`: an audit's answers as a file that can be given away."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from auditor.cli.options import common as opt
from auditor.cli.options.groups import AccountOptions, expand_groups
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import Text, _, mark
from auditor.model.account import Account, Options
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.cli.commands.audit import AuditRequest
    from auditor.recording.record import Recorded

TIMEOUT = Options().timeout
SAMPLES, SAMPLE_LINES = 4, 10
YES = frozenset({"y", "yes"})


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command(help=mark("Write a recording without your ids, names and amounts, to report a problem."))(record)


@expand_groups
def record(
    *,
    demo: opt.DemoOption = None,
    chosen: AccountOptions,
    output: opt.OutputOption = None,
    yes: opt.YesOption = False,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Audit one account and write its recording."""
    from auditor.cli.commands import audit as runs

    request = runs.AuditRequest(
        choice=chosen.choice(expect_uid), manner=chosen.manner(timeout=timeout, verbose=verbose), demo=demo is not None
    )
    return partial(run, request, demo, output, yes)


def run(request: "AuditRequest", demo: str | None, file: Path | None, yes: bool, runtime: Runtime) -> int:
    """Audit one account, show what a recording of it would hold, and write it. Raises UserError."""
    from auditor.cli.commands.audit import options
    from auditor.cli.runtime import log as logs
    from auditor.cli.runtime.output import check_writable
    from auditor.cli.runtime.process import run_supervised
    from auditor.cli.runtime.progress import progress_bar

    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    if file is None:
        raise UserError(_("Say where to write the recording: --output FILE."))
    check_writable(file)
    if not yes and not sys.stdin.isatty():
        raise UserError(_("Nobody can be asked here whether the recording may be written: add --yes."))
    with _account(request, demo, runtime) as account, progress_bar(runtime) as step:
        from auditor.recording.record import record as make

        recorded = run_supervised(make(account, replace(options(request), progress=step)))
    for line in _summary(recorded):
        sys.stdout.write(runtime.console(line) + "\n")
    return _write(recorded, file, yes, runtime)


@contextmanager
def _account(request: "AuditRequest", demo: str | None, runtime: Runtime) -> Iterator[Account]:
    """Yield the one account to record. Raises UserError for several."""
    from auditor.cli.commands.audit import served_demo
    from auditor.settings.selection import AccountSelection, select_accounts, with_configured

    if demo is not None and request.choice != AccountSelection():
        raise UserError(_("--demo goes with no choice of accounts: it brings an exchange and an account of its own."))
    with nullcontext(None) if demo is None else served_demo(demo, None) as served:
        accounts = select_accounts(with_configured(request.choice), runtime.note) if served is None else (served,)
        if len(accounts) != 1:
            message = _("A recording is of one account, and {count} are chosen: add --account NAME.")
            raise UserError(message.format(count=len(accounts)))
        yield accounts[0]


def _summary(recorded: "Recorded") -> Iterator[Text]:
    """Yield the lines that say what was replaced, and what the recording looks like."""
    yield _("Replaced in {count} answers:").format(count=len(recorded.recording.answers))
    counts = recorded.anonymised.replacements.counts
    for kind in sorted(counts, key=lambda kind: kind.value):
        yield _("  {count} {kind}").format(count=len(counts[kind]), kind=_(kind.value))
    yield _("Kept: amounts of 0, what is the same for everybody (coins, markets, prices), words of the exchange's API.")
    yield _("A sample of what will be written:")
    yield from _sample(recorded)


def _sample(recorded: "Recorded") -> Iterator[str]:
    """Yield what stands now in place of other values, in the answers with most of them."""
    answers = zip(recorded.recording.answers, recorded.anonymised.changed, strict=True)
    for answer, lines in sorted(answers, key=lambda pair: -len(pair[1]))[:SAMPLES]:
        yield f"  {answer.request.method} {answer.request.path}"
        yield from (f"    {line.strip()}" for line in lines[:SAMPLE_LINES])
        if len(lines) > SAMPLE_LINES:
            yield "    ..."


def _write(recorded: "Recorded", file: Path, yes: bool, runtime: Runtime) -> int:
    from auditor.formats.atomic_write import replace_file
    from auditor.recording.archive import pack

    if not yes and not _is_confirmed(runtime):
        raise UserError(_("The recording was not written."))
    replace_file(file, pack(recorded.recording))
    verdict = recorded.recording.expected["verdict"]
    text = _("{path} is written. Its replay comes to the verdict {verdict}: audit replay {path}")
    runtime.note(text.format(path=file, verdict=_(str(verdict))))
    return 0


def _is_confirmed(runtime: Runtime) -> bool:
    sys.stderr.write(runtime.console(_("Look through it. Write it? [y/N] ")))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in YES
