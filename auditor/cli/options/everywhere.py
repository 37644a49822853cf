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


def _option(*names: str, **more: Any) -> Any:
    return typer.Option(*names, expose_value=False, rich_help_panel=panels.GENERAL, **more)


Language = Annotated[
    str | None,
    _option(OPTION, metavar=LANGUAGES, parser=_check_language, help=mark("Language (default: from the environment).")),
]
WhenColours = Annotated[
    str | None,
    _option(
        COLOUR,
        ALIAS,
        metavar=COLOURS,
        parser=_check_colour,
        help=mark("When to use colours (default: in a terminal)."),
    ),
]
NoColours = Annotated[bool, typer.Option(OFF, hidden=True, expose_value=False)]
HowProgress = Annotated[
    str | None,
    _option(
        PROGRESS,
        metavar=FORMS_OF_PROGRESS,
        parser=_check_progress,
        help=mark("How to show progress on stderr (default: a bar in a terminal)."),
    ),
]
InUtc = Annotated[bool, _option(IN_UTC, help=mark("Show times in UTC (default: your local time)."))]
NoProgress = Annotated[bool, _option(NO_PROGRESS, help=mark("Show no progress bar."))]


def _declare(
    *,
    lang: Language = None,
    colour: WhenColours = None,
    no_colour: NoColours = False,
    progress: HowProgress = None,
    utc: InUtc = False,
    no_progress: NoProgress = False,
) -> None:
    """Declare the options; the function is never called."""
