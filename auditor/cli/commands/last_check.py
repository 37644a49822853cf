"""The commands that work on a check that was made before: which one it is, and what is written of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.cli.commands import audit as runs
from auditor.cli.commands import history
from auditor.cli.commands.audit import AuditRequest
from auditor.cli.runtime import log as logs
from auditor.cli.runtime import output
from auditor.cli.runtime.reader import Runtime
from auditor.cli.runtime.stored_checks import NoStoredCheckError, age_note, find_check
from auditor.formats.json_reader import read_report
from auditor.formats.report_integrity import edited_warning, is_marked
from auditor.i18n import _
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.settings import selection as settings
from auditor.settings.selection import AccountSelection


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRequest:
    """The check to work on: the last one, unless something else is given.

    ``demo``: of that demo account; ``file``: in a JSON report; ``number``: in the history, or ``last``; ``fresh``: ask
    the exchange.
    """

    audit: AuditRequest
    demo: str | None = None
    file: Path | None = None
    number: str | None = None
    fresh: bool = False


def show(request: CheckRequest, runtime: Runtime) -> int:
    """Write the results of the check that was asked for, and return the exit code of its verdict. Raises UserError."""
    _check_choice(request)
    if request.demo is not None:
        return runs.demo(request.demo, request.audit, None, runtime)
    logs.configure(verbose=request.audit.manner.verbose, translate=runtime.console)
    checked = output.check_output(request.audit.output, runtime)
    if request.file is not None:
        return _write(read_report(request.file), checked, runtime)
    if request.number is not None:
        return _write(history.stored_report(request.number, request.audit.storage.history), checked, runtime)
    return _show_last(replace(request.audit, output=checked), runtime, fresh=request.fresh)


def _check_choice(request: CheckRequest) -> None:
    """Raise UserError for a demo account or a file together with accounts of the user's."""
    chosen = request.audit.choice != AccountSelection()
    is_written = request.file is not None or request.number is not None
    if request.demo is not None and (chosen or is_written):
        raise UserError(_("--demo brings an exchange and an account of its own: choose no other account or report."))
    if is_written and (chosen or request.fresh):
        raise UserError(_("A report that exists is shown as it is: choose no account, and leave out --fresh."))


def _show_last(request: AuditRequest, runtime: Runtime, *, fresh: bool) -> int:
    """Write the results of the last check, or of a new one where there is none."""
    request = replace(request, choice=settings.with_configured(request.choice))
    if fresh:
        return runs.audit_once(settings.select_accounts(request.choice, runtime.note), request, runtime)
    accounts = settings.select_accounts(request.choice, runtime.note) if _is_chosen(request.choice) else None
    try:
        report = find_check(accounts, request.storage)
    except NoStoredCheckError as problem:
        return _show_new(accounts, problem, request, runtime)
    runtime.note(age_note(report, named=accounts is None))
    return _write(report, request.output, runtime)


def _show_new(
    accounts: Sequence[Account] | None, problem: NoStoredCheckError, request: AuditRequest, runtime: Runtime
) -> int:
    """Say why no stored check is used, and write the results of a new one."""
    selected = settings.select_accounts(request.choice, runtime.note) if accounts is None else accounts
    runtime.note(problem.message)
    return runs.audit_once(selected, request, runtime)


def _is_chosen(choice: AccountSelection) -> bool:
    """Return whether the user said which accounts are meant; a proxy and trusted hosts do not."""
    return replace(choice, proxy=None, trust_hosts=()) != AccountSelection()


def _write(report: Report, wanted: output.OutputRequest, runtime: Runtime) -> int:
    if is_marked(report):
        runtime.say(edited_warning())
    output.write_results(report, wanted, runtime)
    return report.exit_code
