"""The commands that work on a check: `plan`, `appeal` and `report`."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import results as res
from auditor.cli.options import types as values
from auditor.cli.options.groups import AccountOptions, expand_groups
from auditor.cli.runtime.output import OutputRequest
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import _, mark
from auditor.model.account import Options
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.cli.commands.last_check import CheckRequest
    from auditor.cli.commands.plan_marks import Marks
    from auditor.formats import Sink
    from auditor.model.report import Report

TIMEOUT = Options().timeout
FileArgument = Annotated[
    Path | None,
    typer.Argument(metavar="[FILE]", parser=values.path, help=mark("A JSON report instead of your last check.")),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(help=mark("Show what to do, step by step, and the earliest date."))(plan)
    app.command(help=mark("Write a letter to the exchange's support about what only it can solve."))(appeal)
    app.command(help=mark("Show your last check, an earlier one or a JSON report in any format."))(report)


@expand_groups
def plan(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STEP] [FILE]", parser=values.text, help=mark("One step by its number; a JSON report.")
        ),
    ] = None,
    *,
    fresh: res.FreshOption = False,
    demo: opt.DemoOption = None,
    chosen: AccountOptions,
    form: opt.PlanFormatOption = None,
    done: opt.DoneOption = None,
    not_done: opt.NotDoneOption = None,
    output: res.OutputsOption = None,
    prefer: res.PreferOption = None,
    kept: res.HistoryOptions,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Print the plan of the last check, of a report file, or of a new check."""
    from auditor.cli.commands import audit as runs
    from auditor.cli.commands.last_check import CheckRequest
    from auditor.cli.commands.plan_marks import Marks
    from auditor.formats import plan_view
    from auditor.plan.preference import parse_preferences

    number, file = step_and_file(words or ())
    preference = parse_preferences(prefer or ())
    marks = Marks(done=tuple(done or ()), undone=tuple(not_done or ()), preference=preference, keep=demo is None)
    manner = chosen.manner(timeout=timeout, verbose=verbose)
    choice, files, storage = chosen.choice(expect_uid), tuple(dict.fromkeys(output or ())), kept.storage()
    sink = OutputRequest(format=form, files=files, check_form=plan_view.check)
    request = runs.AuditRequest(choice=choice, manner=manner, output=sink, storage=storage)
    return partial(_show_plan, CheckRequest(audit=request, demo=demo, file=file, fresh=fresh), marks, number)


def _show_plan(request: "CheckRequest", marks: "Marks", number: int | None, runtime: Runtime) -> int:
    """Print the plan with what the owner has marked; ``number``: of the one step to show, None for all."""
    from auditor.cli.commands import last_check
    from auditor.formats import plan_view

    def view(kind: str, report: "Report", sink: "Sink") -> str:
        render = partial(plan_view.render, kind, number=number, preference=marks.preference)
        return marks.show(render, runtime.say, report, sink)

    audit = replace(request.audit, output=replace(request.audit.output, view=view))
    return last_check.show(replace(request, audit=audit), runtime)


@expand_groups
def appeal(
    file: FileArgument = None,
    *,
    error: opt.ErrorOption = None,
    about: opt.AboutOption = None,
    fresh: res.FreshOption = False,
    demo: opt.DemoOption = None,
    chosen: AccountOptions,
    output: opt.OutputOption = None,
    kept: res.HistoryOptions,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Write the letter about the last check, a report file, or a new check."""
    from auditor.cli.commands import audit as runs
    from auditor.cli.commands import last_check
    from auditor.formats import appeal_letter as view

    wish = view.LetterRequest(error=error, about=tuple(about or ()))
    view.check(wish)

    def letter(_form: str, report: "Report", sink: "Sink") -> str:
        return view.render(wish, report, sink)

    sink = OutputRequest(files=() if output is None else (output,), view=letter, check_form=str)
    manner = chosen.manner(timeout=timeout, verbose=verbose)
    request = runs.AuditRequest(choice=chosen.choice(expect_uid), manner=manner, output=sink, storage=kept.storage())
    return partial(last_check.show, last_check.CheckRequest(audit=request, demo=demo, file=file, fresh=fresh))


@expand_groups
def report(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE|CHECK]",
            parser=values.text,
            help=mark("A JSON report, or the number of an earlier check (see audit history)."),
        ),
    ] = None,
    *,
    opens: res.OpenOption = False,
    fresh: res.FreshOption = False,
    demo: opt.DemoOption = None,
    chosen: AccountOptions,
    results: res.ResultOptions,
    kept: res.HistoryOptions,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Show the report of the last check, of an earlier one, or of a report file."""
    from auditor.cli.commands import audit as runs
    from auditor.cli.commands import history, last_check, report_page

    manner = chosen.manner(timeout=timeout, verbose=verbose)
    choice = chosen.choice(expect_uid)
    request = runs.AuditRequest(choice=choice, manner=manner, output=results.request(), storage=kept.storage())
    number = name if name is not None and history.is_check(name) else None
    file = None if name is None or number is not None else Path(name)
    wanted = last_check.CheckRequest(audit=request, demo=demo, file=file, number=number, fresh=fresh)
    return partial(report_page.show if opens else last_check.show, wanted)


def step_and_file(words: Sequence[str]) -> tuple[int | None, Path | None]:
    """Return the number of a step and the path of a report, in either order. Raises UserError for anything more."""
    numbers = [word for word in words if word.isascii() and word.isdigit()]
    files = [word for word in words if word not in numbers]
    if len(numbers) > 1 or len(files) > 1:
        raise UserError(_("Write `audit plan`, `audit plan 4` for one step, or `audit plan report.json`."))
    return (int(numbers[0][:18]) if numbers else None), (Path(files[0]) if files else None)
