"""The commands `list` and `explain`, and the former names of the lists: their arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from typing import Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import completion, panels
from auditor.cli.options import types as values
from auditor.cli.options.anywhere import OptionsAnywhere
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import mark
from auditor.model.errors import UserError

AllOption = Annotated[
    bool, typer.Option("--all", rich_help_panel=panels.OUTPUT, help=mark("Also those of which nothing can be read."))
]
RuleName = Annotated[str, typer.Argument(metavar="RULE", parser=values.text, autocompletion=completion.rules)]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    group = typer.Typer(cls=OptionsAnywhere, invoke_without_command=True, rich_markup_mode=None)
    group.callback(help=mark("List what this program knows: exchanges, places, rules, requirements, demo accounts."))(
        lists
    )
    group.command(help=mark("What can be checked at each exchange."))(exchanges)
    group.command(help=mark("Every place that is checked, and the request that reads it."))(surfaces)
    group.command(help=mark("Every rule: what can block closing."))(rules)
    group.command(help=mark("What each exchange asks for closing, with source and date."))(requirements)
    group.command(help=mark("The built-in demo accounts."))(demos)
    app.add_typer(group, name="list")
    app.command(help=mark("Say what a rule finds, why it blocks, and what to do."))(explain)
    for former in (exchanges, surfaces, rules, requirements):
        app.command(hidden=True, help=mark("The former name of a list: see `audit list`."))(former)


def lists(ctx: typer.Context) -> Action | None:
    """Print the help of the group when no list is named."""
    return None if ctx.invoked_subcommand is not None else partial(_print_help, ctx.get_help())


def _print_help(text: str, _runtime: Runtime) -> int:
    typer.echo(text)
    return UserError.exit_code


def surfaces(*, exchange: opt.ExchangeOption = None, form: opt.ListFormatOption = "terminal") -> Action:
    """List the surfaces."""
    from auditor.cli.commands import listings

    return partial(listings.surfaces, exchange or (), form)


def rules(*, form: opt.ListFormatOption = "terminal") -> Action:
    """List the rules."""
    from auditor.cli.commands import listings

    return partial(listings.rules, form)


def explain(rule: RuleName) -> Action:
    """Explain one rule."""
    from auditor.cli.commands import listings

    return partial(listings.explain, rule)


def requirements(*, exchange: opt.ExchangeOption = None, form: opt.ListFormatOption = "terminal") -> Action:
    """List the requirements."""
    from auditor.cli.commands import listings

    return partial(listings.requirements, exchange or (), form)


def demos(*, form: opt.ListFormatOption = "terminal") -> Action:
    """List the demo accounts."""
    from auditor.cli.commands import listings

    return partial(listings.demos, form)


def exchanges(*, form: opt.ListFormatOption = "terminal", every: AllOption = False) -> Action:
    """List the exchanges."""
    from auditor.cli.commands import exchanges as matrix

    return partial(matrix.show, form, every=every)
