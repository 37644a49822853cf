"""The command `official`: its argument, and the function to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from typing import Annotated

import typer

from auditor.cli.runtime.reader import Action
from auditor.i18n import mark


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    help_text = mark("Say whether a link or sender really is an exchange's. Exit code 0: it is.")
    app.command(help=help_text)(official)
    app.command("check-link", hidden=True, help=help_text)(official)


def official(url: Annotated[str, typer.Argument(metavar="URL")]) -> Action:
    """Assess a link."""
    from auditor.cli.commands import official as links

    return partial(links.official, url)
