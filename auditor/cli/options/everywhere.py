"""The options of every command: language, colours, progress. `Runtime.of` reads them before typer does."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from auditor.cli.options import panels
from auditor.cli.options.types import WrongValueError
from auditor.cli.runtime.colour import ALIAS, OFF, Colour
from auditor.cli.runtime.colour import OPTION as COLOUR
from auditor.cli.runtime.progress_form import OFF as NO_PROGRESS
from auditor.cli.runtime.progress_form import OPTION as PROGRESS
from auditor.cli.runtime.progress_form import ProgressForm
from auditor.cli.runtime.reader import IN_UTC
from auditor.i18n import _, mark
from auditor.i18n.languages import CATALOGUES, OPTION, language_of_tag

LANGUAGES = "|".join(CATALOGUES)
COLOURS = "|".join(Colour)
FORMS_OF_PROGRESS = "|".join(ProgressForm)


def commands_of(group: Any) -> Iterator[Any]:
    """Yield a group, its commands, and those of the groups within it."""
    yield group
    for command in getattr(group, "commands", {}).values():
        yield from commands_of(command)


def add_options_everywhere(group: Any) -> None:
    """Give every command of ``group`` the options of this module, and -h."""
    options = _options()
    for command in commands_of(group):
        command.params.extend(options)


def _options() -> list[Any]:
    """Return the options as typer builds them for a command."""
    holder = typer.Typer(add_completion=False)
    holder.command()(_declare)
    command: Any = typer.main.get_command(holder)
    return list(command.params)


def _check_language(value: str) -> str:
    if language_of_tag(value) is None:
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(CATALOGUES)))
    return value


def _check_colour(value: str) -> str:
    if value not in set(Colour):
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(Colour)))
    return value


def _check_progress(value: str) -> str:
    if value not in set(ProgressForm):
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(ProgressForm)))
    return value


def _declare(
    *,
    lang: Annotated[
        str | None,
        typer.Option(
            OPTION,
            metavar=LANGUAGES,
            parser=_check_language,
            expose_value=False,
            rich_help_panel=panels.GENERAL,
            help=mark("Language (default: from the environment)."),
        ),
    ] = None,
    colour: Annotated[
        str | None,
        typer.Option(
            COLOUR,
            ALIAS,
            metavar=COLOURS,
            parser=_check_colour,
            expose_value=False,
            rich_help_panel=panels.GENERAL,
            help=mark("When to use colours (default: in a terminal)."),
        ),
    ] = None,
    no_colour: Annotated[bool, typer.Option(OFF, hidden=True, expose_value=False)] = False,
    progress: Annotated[
        str | None,
        typer.Option(
            PROGRESS,
            metavar=FORMS_OF_PROGRESS,
            parser=_check_progress,
            expose_value=False,
            rich_help_panel=panels.GENERAL,
            help=mark("How to show progress on stderr (default: a bar in a terminal)."),
        ),
    ] = None,
    utc: Annotated[
        bool,
        typer.Option(
            IN_UTC,
            expose_value=False,
            rich_help_panel=panels.GENERAL,
            help=mark("Show times in UTC (default: your local time)."),
        ),
    ] = False,
    no_progress: Annotated[
        bool,
        typer.Option(
            NO_PROGRESS,
            expose_value=False,
            rich_help_panel=panels.GENERAL,
            help=mark("Show no progress bar."),
        ),
    ] = False,
) -> None:
    """Declare the options; the function is never called."""
