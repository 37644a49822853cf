"""Write the man page from the program's own help: `python -m tools.man_page`. A test says when it is stale."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

import auditor
from auditor.cli.app import app
from auditor.cli.options.everywhere import add_options_everywhere
from auditor.cli.options.help_text import sections, usage
from auditor.i18n import Translator
from auditor.model.report import EXIT_CODES, Verdict

FILE = Path(__file__).resolve().parent.parent / "docs" / "audit.1"
MADE = '.\\" Made by `python -m tools.man_page`: do not edit.'
EXITS = (
    (EXIT_CODES[Verdict.CLEAN], "Nothing blocks, as far as the API can see; or: the link is official."),
    (EXIT_CODES[Verdict.BLOCKED], "Something is left to clear."),
    (2, "Wrong use, bad configuration, a missing key, or an error of the program."),
    (EXIT_CODES[Verdict.INCOMPLETE], "Not everything could be checked; or: only the link's domain is the exchange's."),
    (EXIT_CODES[Verdict.REFUSED], "The key can do more than read, so it was not used; or: the link is not official."),
    (130, "Interrupted."),
    (143, "Terminated."),
)
VARIABLES = (
    ("OKX_APIKEY, OKX_SECRET, OKX_PASSWORD", "The key of OKX; likewise for every other exchange."),
    ("LANGUAGE, LC_ALL, LC_MESSAGES, LANG", "The language, unless --lang is given."),
    ("NO_COLOR, FORCE_COLOR", "Never or always use colours, unless --color is given."),
)
ENGLISH = Translator()


def man_page() -> str:
    """Return the page in the language of man(7)."""
    program: Any = typer.main.get_command(app)
    add_options_everywhere(program)
    return "\n".join((MADE, *_head(program), *_command(program, "audit", None), *_foot())) + "\n"


def main() -> None:
    """Write the file anew."""
    FILE.write_text(man_page(), encoding="utf-8")


def _head(program: Any) -> Iterator[str]:
    yield f'.TH AUDIT 1 "" "audit {auditor.__version__}" "User Commands"'
    yield ".SH NAME"
    yield f"audit \\- {_text(program.help[:1].lower() + program.help[1:].split('.')[0])}"


def _command(command: Any, name: str, parent: Any) -> Iterator[str]:
    """Yield the section of a command, and those of the commands within it."""
    context = typer.Context(command, info_name=name, parent=parent, help_option_names=["-h", "--help"])
    command._help_option = None  # noqa: SLF001 - click keeps the names of the first context that asked for them
    if parent is None:
        yield from (".SH SYNOPSIS", _text(usage(context)), ".SH DESCRIPTION", _text(command.help))
    else:
        yield from (f".SH {_text(context.command_path).upper()}", _text(usage(context)), ".PP", _text(command.help))
    for heading, rows in sections(context):
        yield f".SS {heading}"
        for first, text in rows:
            yield from (".TP", f"\\fB{_text(first.strip())}\\fR", _text(ENGLISH(text)))
    for inner, one in getattr(command, "commands", {}).items():
        if not one.hidden:
            yield from _command(one, inner, context)


def _foot() -> Iterator[str]:
    for title, rows in (("EXIT STATUS", EXITS), ("ENVIRONMENT", VARIABLES)):
        yield f".SH {title}"
        for first, text in rows:
            yield from (".TP", f"\\fB{_text(str(first))}\\fR", _text(text))


def _text(text: str) -> str:
    """Return a text in which nothing is an instruction to man."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    main()
