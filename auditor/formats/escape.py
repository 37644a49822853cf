"""Escaping of text from exchanges, and the representation of amounts and times."""

import os
import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal

from auditor.model import amounts

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")

# At the beginning of a cell, or where a spreadsheet may begin one when its separator is none of ours.
_FORMULA = re.compile(rf"(^|[;|])(?=[\s\"']*[{re.escape(''.join(FORMULA_STARTS))}])")
# Letters and marks that show nothing though they count as printable: Default_Ignorable_Code_Point of Unicode 16
# (DerivedCoreProperties.txt), and the blank Braille pattern, note head, hieroglyphs and filler.
_BLANK = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U00013441\U00013442\U00016fe4\U0001bca0-\U0001bca3\U0001d159"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
MOST_MARKS = 4
"""Combining marks on one letter: more cover the lines above and below."""
RUNNER = "GITHUB_ACTIONS"
# actions/runner obeys ##[NAME] anywhere in a line, and ::NAME:: where one begins (ActionCommand.cs); wrapping may let
# one begin anywhere. Others obey ##vso[ and ##teamcity[.
_RUNNER_COMMAND = re.compile(r"#(?=#\w*\[)|:(?=:\s*[A-Za-z])", re.ASCII)


def escape_invisible(text: str) -> str:
    """Escape the characters of ``text`` that a terminal would act on or not show, and a runner's commands."""
    if text.isascii() and text.isprintable():
        return break_commands(text)
    marks, shown = 0, []
    for character in text:
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        shown.append(character if is_visible(character) and marks <= MOST_MARKS else _escaped(character))
    return break_commands("".join(shown))


def is_visible(character: str) -> bool:
    """Return whether a character shows itself and does nothing else."""
    return character.isprintable() and not _BLANK.match(character)


def break_commands(text: str) -> str:
    """Break what a runner of GitHub Actions would obey, where the output is one's log."""
    return _RUNNER_COMMAND.sub(lambda found: f"\\x{ord(found[0]):02x}", text) if RUNNER in os.environ else text


def break_commands_in_json(text: str) -> str:
    """Break what a runner would obey in JSON, which reads the same."""
    return text.replace("##", "#\\u0023")


def escape_unencodable(text: str, encoding: str) -> str:
    """Escape the characters of ``text`` that ``encoding`` cannot represent."""
    return text.encode(encoding, "backslashreplace").decode(encoding)


def cell(text: str | None) -> str:
    """Return a text cell that no spreadsheet treats as a formula, whatever separates its cells."""
    if text is None:
        return ""
    return escape_invisible(_FORMULA.sub(r"\g<1>'", text))


def amount(value: Decimal | None) -> str | None:
    """Return all digits of an amount, without an exponent."""
    return None if value is None else amounts.plain(value)


def iso_time(value: datetime | None) -> str | None:
    """Return a time as ISO 8601 in UTC, ending in Z."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _escaped(character: str) -> str:
    # Not printable: controls, bidirectional overrides, invisible marks, lone surrogates, blanks other than the space.
    return character.encode("unicode_escape").decode("ascii")
