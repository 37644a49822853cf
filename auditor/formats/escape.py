"""Escaping of text from exchanges, and the representation of amounts and times."""

import re
from datetime import UTC, datetime
from decimal import Decimal

from auditor.model import amounts

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


# GitHub's runner obeys the first anywhere in a line, the second where a line begins; a long text is broken into lines.
# Source: actions/runner, ActionCommand.cs.
_RUNNER_COMMAND = re.compile(r"##(?=\[)|(?<!\S)::(?=[A-Za-z])")


def escape_invisible(text: str) -> str:
    """Escape the characters of ``text`` that a terminal would act on or not show, and the commands of a CI runner."""
    shown = "".join(_shown(character) for character in text)
    return _RUNNER_COMMAND.sub(_escaped_command, shown) if "::" in shown or "##[" in shown else shown


def escape_unencodable(text: str, encoding: str) -> str:
    """Escape the characters of ``text`` that ``encoding`` cannot represent."""
    return text.encode(encoding, "backslashreplace").decode(encoding)


def cell(text: str | None) -> str:
    """Return a text cell that no spreadsheet treats as a formula."""
    if text is None:
        return ""
    risky = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return ("'" if risky else "") + escape_invisible(text)


def amount(value: Decimal | None) -> str | None:
    """Return all digits of an amount, without an exponent."""
    return None if value is None else amounts.plain(value)


def iso_time(value: datetime | None) -> str | None:
    """Return a time as ISO 8601 in UTC, ending in Z."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _escaped_command(found: re.Match[str]) -> str:
    return "\\x23" + found[0][1:] if found[0].startswith("#") else "\\x3a" + found[0][1:]


def _shown(character: str) -> str:
    # Not printable: controls, bidirectional overrides, invisible marks, lone surrogates, blanks other than the space.
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
