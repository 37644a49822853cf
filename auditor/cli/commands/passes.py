"""The command `history` and those within it: their arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from datetime import timedelta
from functools import partial
from typing import Annotated

import typer

from auditor.cli.options import types as values
from auditor.cli.options import watch as w
from auditor.cli.options.anywhere import OptionsAnywhere
from auditor.cli.runtime.reader import Action
from auditor.i18n import _, mark
from auditor.model.errors import UserError

Check = Annotated[str, typer.Argument(metavar="CHECK", parser=values.text, help=mark("Its number, or last."))]


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    group = typer.Typer(
        cls=OptionsAnywhere,
        subcommand_metavar="[COMMAND] [ARGS]...",
        invoke_without_command=True,
        rich_markup_mode=None,
    )
    group.callback(help=mark("List earlier checks, compare two of them, or delete old ones."))(history)
    group.command(help=mark("Say what changed between two checks."))(diff)
    group.command(help=mark("Delete old checks; the last one of each account stays."))(prune)
    app.add_typer(group, name="history")


def history(ctx: typer.Context, *, history: w.HistoryOption = None) -> Action | None:
    """List the checks when no command is given."""
    if ctx.invoked_subcommand is not None:
        return None
    from auditor.cli.commands import history as command

    return partial(command.show, history)


def diff(before: Check, after: Check = "last", *, history: w.HistoryOption = None) -> Action:
    """Compare two checks."""
    from auditor.cli.commands import history as command

    return partial(command.diff, history, before, after)


def prune(*, older_than: w.OlderOption = None, history: w.HistoryOption = None) -> Action:
    """Delete checks that are older than a duration."""
    from auditor.cli.commands import history as command

    return partial(command.prune, history, _given(older_than))


def _given(older_than: timedelta | None) -> timedelta:
    if older_than is None:
        raise UserError(_("Say how old: `audit history prune --older-than 90d`."))
    return older_than
