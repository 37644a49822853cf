"""The commands that print the program's own facts: their arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from typing import Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import types as values
from auditor.cli.runtime.reader import Action
from auditor.i18n import mark


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(help=mark("List every place that is read, and the request that reads it."))(surfaces)
    app.command(help=mark("List the rules."))(rules)
    app.command(help=mark("Say what a rule finds, why it blocks, and what to do."))(explain)
    app.command(help=mark("List what each exchange asks for closing, with source and date."))(requirements)
    app.command(help=mark("List every exchange: what can be read there, and whether a key can prove itself."))(
        exchanges
    )


def surfaces(*, exchange: opt.ExchangeOption = None) -> Action:
    """List the surfaces."""
    from auditor.cli.commands import listings

    return partial(listings.surfaces, exchange or ())


def rules() -> Action:
    """List the rules."""
    from auditor.cli.commands import listings

    return listings.rules


def explain(rule: Annotated[str, typer.Argument(metavar="RULE", parser=values.text)]) -> Action:
    """Explain one rule."""
    from auditor.cli.commands import listings

    return partial(listings.explain, rule)


def requirements(*, exchange: opt.ExchangeOption = None) -> Action:
    """List the requirements."""
    from auditor.cli.commands import listings

    return partial(listings.requirements, exchange or ())


def exchanges(*, form: opt.ListFormatOption = "terminal") -> Action:
    """List the exchanges."""
    from auditor.cli.commands import exchanges as matrix

    return partial(matrix.show, form)
