"""The commands that follow a report: `plan` and `appeal`."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial

import typer

from auditor.cli.options import common as opt
from auditor.cli.options.groups import AccountOptions, expand_groups
from auditor.cli.runtime.output import OutputRequest
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import mark
from auditor.model.account import Options

TIMEOUT = Options().timeout


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(help=mark("Show what to do, step by step, and the earliest date."))(plan)
    app.command(help=mark("Write a letter to the exchange's support about what only it can solve."))(appeal)


@expand_groups
def plan(
    *,
    demo: opt.DemoOption = None,
    chosen: AccountOptions,
    form: opt.PlanFormatOption = "terminal",
    done: opt.DoneOption = None,
    not_done: opt.NotDoneOption = None,
    output: opt.OutputOption = None,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Audit the selected accounts and print only the plan."""
    from auditor.cli.commands import audit as runs
    from auditor.cli.commands.plan_marks import Marks
    from auditor.formats import plan_view as view

    view.check(form)
    marks = Marks(done=tuple(done or ()), undone=tuple(not_done or ()), keep=demo is None)
    manner = chosen.manner(timeout=timeout, verbose=verbose)
    choice = chosen.choice(expect_uid)

    def show_plan(runtime: Runtime) -> int:
        shown = partial(marks.show, partial(view.render, form), runtime.say)
        sink = OutputRequest(file=output, dust_csv=None, view=shown)
        return runs.audit_or_demo(demo, runs.AuditRequest(choice=choice, manner=manner, output=sink), runtime)

    return show_plan


@expand_groups
def appeal(
    *,
    error: opt.ErrorOption = None,
    about: opt.AboutOption = None,
    demo: opt.DemoOption = None,
    chosen: AccountOptions,
    output: opt.OutputOption = None,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Audit the selected accounts and write the letter to support."""
    from auditor.cli.commands import audit as runs
    from auditor.formats import appeal_letter as view

    wish = view.LetterRequest(error=error, about=tuple(about or ()))
    view.check(wish)
    manner = chosen.manner(timeout=timeout, verbose=verbose)
    sink = OutputRequest(file=output, dust_csv=None, view=partial(view.render, wish))
    return partial(
        runs.audit_or_demo, demo, runs.AuditRequest(choice=chosen.choice(expect_uid), manner=manner, output=sink)
    )
