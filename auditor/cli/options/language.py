"""The option ``--lang``, the same for every command, and the few words of help that are not this program's own."""

from typing import Annotated, Any

import typer

from auditor.cli.options.types import WrongValueError
from auditor.i18n import Translator, _, mark
from auditor.i18n.languages import CATALOGUES, OPTION

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


def wrong_use(error: typer.TyperException, translate: Translator) -> str:
    """Return what the library says of wrong use, as a sentence."""
    if isinstance(error, WrongValueError):
        error.message = translate(error.reason)
    return as_sentence(error.format_message(), translate)


def as_sentence(message: str, translate: Translator) -> str:
    """Translate the library's own words in ``message``, and end it as a sentence ends."""
    for words in ITS_ERRORS:
        message = message.replace(words, translate(_(words)))
    return message if message.endswith("?") else translate(_("{clause}.").format(clause=message.removesuffix(".")))


def prepare(group: Any, translate: Translator) -> Any:
    """Return ``group`` whose commands all take ``--lang`` and whose help is in the language of ``translate``."""
    for command in (group, *group.commands.values()):
        command.params.append(_option())
        for described in (command, *command.params):
            if getattr(described, "help", None):
                described.help = translate(_(described.help))
        command.get_help = _translated(command.get_help, translate)
    return group


def _option() -> Any:
    """The option as a command has it, made by the library itself."""
    holder = typer.Typer(add_completion=False)
    holder.command()(_takes_language)
    made: Any = typer.main.get_command(holder)
    return made.params[0]


def _known(value: str) -> str:
    if value not in CATALOGUES:
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(CATALOGUES)))
    return value


def _takes_language(
    lang: Annotated[
        str | None,
        typer.Option(
            OPTION,
            metavar="|".join(CATALOGUES),
            parser=_known,
            expose_value=False,
            help=mark("Language; else as the environment says."),
        ),
    ] = None,
) -> None:
    """Do nothing: the option is what matters."""


def _translated(get_help: Any, translate: Translator) -> Any:
    def help_of(context: object) -> str:
        text: str = get_help(context)
        for words in ITS_WORDS:
            text = text.replace(words, translate(_(words)))
        return text

    return help_of
