"""What is said of a wrong command line: typer's own sentences translated, and hints for mistyped options."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Any

import typer

from auditor.cli.options.types import WrongValueError
from auditor.i18n import Message, Translator, _, mark

PROGRAM = "audit"
TYPER_ERRORS = (
    mark("No such command"),
    mark("Got unexpected extra argument(s)"),
    mark("Got unexpected extra argument"),
    mark("Invalid value for"),
    mark("Missing option"),
    mark("Missing argument"),
    mark("does not take a value"),
    mark("requires an argument"),
    mark("Did you mean"),
)
# What people type for an option that is called otherwise here.
MEANT: Mapping[str, str] = {
    "--quiet": "-q",
    "--silent": "-q",
    "--summary": "-q",
    "--full": "--details",
    "--all": "--details",
    "--json": "--format json",
    "--html": "--format html",
    "--csv": "--format csv",
    "--markdown": "--format markdown",
    "--no-colour": "--color never",
    "--no-colors": "--color never",
    "--language": "--lang",
    "--debug": "-vv",
    "--interval": "--every",
    "--testnet": "--sandbox",
    "--paper": "--sandbox",
    "--watch": "audit watch",
    "--plan": "audit plan",
    "--demo": "audit demo",
}
SECRETS = ("key", "secret", "pass", "token")
# Letters, dashes included, up to which the beginning of an option says nothing.
SHORT = 3
# Similarity (0 to 1) from which a mistyped option is taken for a known one.
ALIKE = 0.75


def usage_error(error: typer.TyperException, translate: Translator) -> str:
    """Return typer's error about wrong use as a translated sentence."""
    if isinstance(error, WrongValueError):
        error.message = translate(error.reason)
    name = getattr(error, "option_name", None)
    if name is not None and hasattr(error, "possibilities"):
        return translate(_unknown_option(name, error))
    return as_sentence(error.format_message(), translate)


def command_of(error: typer.TyperException) -> str:
    """Return the command that was used wrongly, as it is typed: `audit plan`."""
    context = getattr(error, "ctx", None)
    return PROGRAM if context is None else str(context.command_path)


def as_sentence(message: str, translate: Translator) -> str:
    """Translate typer's own words in ``message``, and end it with a full stop or question mark."""
    for words in TYPER_ERRORS:
        message = message.replace(words, translate(_(words)))
    return message if message.endswith("?") else translate(_("{clause}.").format(clause=message.removesuffix(".")))


def _unknown_option(name: str, error: Any) -> Message:
    """Return what to say of an option that the command does not have."""
    known = [option for param in error.ctx.command.get_params(error.ctx) for option in _names(param)]
    near = _meant(name, known) or ", ".join(_alike(name, known))
    if near:
        return _("There is no option {name}. Did you mean {near}?").format(name=name, near=near)
    others = sorted(_commands_with(name, error.ctx.find_root().command))
    if others:
        text = _("{name} is an option of {commands}, not of this command.")
        return text.format(name=name, commands=", ".join(f"`audit {other}`" for other in others))
    if any(word in name.lower() for word in SECRETS):
        return _("There is no option {name}: keys are never taken from the command line.").format(name=name)
    return _("There is no option {name}.").format(name=name)


def _meant(name: str, known: list[str]) -> str:
    """Return what is called otherwise here, if this command has it, or if it is a command."""
    meant = MEANT.get(name.lower(), "")
    return meant if meant.startswith("audit") or meant.split(" ", 1)[0] in known else ""


def _alike(name: str, known: list[str]) -> list[str]:
    """Return the options that begin as ``name`` does, else the most similar one."""
    beginning = [option for option in known if len(name) > SHORT and option.startswith(name.lower())]
    return beginning or difflib.get_close_matches(name.lower(), known, n=1, cutoff=ALIKE)


def _commands_with(name: str, group: Any, *above: str) -> Iterator[str]:
    for command in group.commands.values():
        path = (*above, str(command.name))
        if not command.hidden and any(name in _names(param) for param in command.params):
            yield " ".join(path)
        if hasattr(command, "commands"):
            yield from _commands_with(name, command, *path)


def _names(param: Any) -> tuple[str, ...]:
    is_shown = param.param_type_name == "option" and not param.hidden
    return (*param.opts, *param.secondary_opts) if is_shown else ()
