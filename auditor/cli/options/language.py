"""The option ``--lang``, the same for every command, and the few words of help that are not this program's own."""

from typing import Annotated, Any

import typer

from auditor import i18n
from auditor.i18n import _, mark

# What the library for commands writes by itself.
ITS_WORDS = (
    mark("Usage: "),
    mark("Options:"),
    mark("Arguments:"),
    mark("Commands:"),
    mark("Show this message and exit."),
    mark("[default:"),
    mark("[required]"),
    mark("[OPTIONS]"),
    mark("COMMAND [ARGS]..."),
)
ITS_ERRORS = (
    mark("No such option:"),
    mark("No such command"),
    mark("Got unexpected extra argument(s)"),
    mark("Got unexpected extra argument"),
    mark("Invalid value for"),
    mark("Missing option"),
    mark("Missing argument"),
    mark("does not take a value"),
    mark("requires an argument"),
    mark("Did you mean"),
    mark("Possible options:"),
)


def told(message: str) -> str:
    """Say what the library says of wrong use, as a sentence."""
    for words in ITS_ERRORS:
        message = message.replace(words, _(words))
    return message if message.endswith("?") else _("{clause}.").format(clause=message.removesuffix("."))


def speaking(group: Any) -> Any:
    """``group`` whose commands all take ``--lang``. The language itself was chosen before they were loaded."""
    for command in (group, *group.commands.values()):
        command.params.append(_option())
        command.get_help = _translated(command.get_help)
    return group


def _option() -> Any:
    """The option as a command has it, made by the library itself."""
    holder = typer.Typer(add_completion=False)
    holder.command()(_takes_language)
    made: Any = typer.main.get_command(holder)
    return made.params[0]


def _known(value: str) -> str:
    if value not in i18n.CATALOGUES:
        raise typer.BadParameter(_("{name!r} is none of {known}").format(name=value, known=", ".join(i18n.CATALOGUES)))
    return value


def _takes_language(
    lang: Annotated[
        str | None,
        typer.Option(
            i18n.OPTION,
            metavar="|".join(i18n.CATALOGUES),
            parser=_known,
            expose_value=False,
            help=_("Language; else as the environment says."),
        ),
    ] = None,
) -> None:
    """Do nothing: the option is what matters."""


def _translated(get_help: Any) -> Any:
    def spoken(context: object) -> str:
        text: str = get_help(context)
        for words in ITS_WORDS:
            text = text.replace(words, _(words))
        return text

    return spoken
