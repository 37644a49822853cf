"""Escaping of text from exchanges, and the representation of amounts and times."""

from datetime import UTC, datetime
from decimal import Decimal

from auditor.model import amounts

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def escape_invisible(text: str) -> str:
    """Escape the characters of ``text`` that a terminal would act on or not show."""
    return "".join(_shown(character) for character in text)


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


def _shown(character: str) -> str:
    # Not printable: controls, bidirectional overrides, invisible marks, lone surrogates, blanks other than the space.
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
