"""The option ``--lang`` of every command, and the translation of typer's own words."""

from typing import Annotated, Any

import typer

from auditor.cli.options.types import WrongValueError
from auditor.i18n import Translator, _, mark
from auditor.i18n.languages import CATALOGUES, OPTION

# Texts that typer itself writes in help and errors.
TYPER_TEXTS = (
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
TYPER_ERRORS = (
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


def usage_error(error: typer.TyperException, translate: Translator) -> str:
    """Return typer's error about wrong use as a translated sentence."""
    if isinstance(error, WrongValueError):
        error.message = translate(error.reason)
    return as_sentence(error.format_message(), translate)


def as_sentence(message: str, translate: Translator) -> str:
    """Translate typer's own words in ``message``, and end it with a full stop or question mark."""
    for words in TYPER_ERRORS:
        message = message.replace(words, translate(_(words)))
    return message if message.endswith("?") else translate(_("{clause}.").format(clause=message.removesuffix(".")))


def add_language(group: Any, translate: Translator) -> Any:
    """Give every command of ``group`` the option ``--lang`` and translate its help."""
    for command in (group, *group.commands.values()):
        command.params.append(_option())
        for item in (command, *command.params):
            if getattr(item, "help", None):
                item.help = translate(_(item.help))
        command.get_help = _translate_help(command.get_help, translate)
    return group


def _option() -> Any:
    """Return the option as typer builds it for a command."""
    holder = typer.Typer(add_completion=False)
    holder.command()(_declare_language)
    command: Any = typer.main.get_command(holder)
    return command.params[0]


def _check_language(value: str) -> str:
    if value not in CATALOGUES:
        raise WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(CATALOGUES)))
    return value


def _declare_language(
    lang: Annotated[
        str | None,
        typer.Option(
            OPTION,
            metavar="|".join(CATALOGUES),
            parser=_check_language,
            expose_value=False,
            help=mark("Language; else as the environment says."),
        ),
    ] = None,
) -> None:
    """Declare the option; the function is never called."""


def _translate_help(get_help: Any, translate: Translator) -> Any:
    def help_of(context: object) -> str:
        text: str = get_help(context)
        for words in TYPER_TEXTS:
            text = text.replace(words, translate(_(words)))
        return text

    return help_of
