"""Text from an exchange is data: made harmless for whatever shows it. Amounts and times as every format writes them."""

from datetime import UTC, datetime
from decimal import Decimal

from auditor.model import amounts

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def visible(text: str) -> str:
    """Write ``text`` with nothing in it that a terminal would act on or hide: such characters become escapes."""
    return "".join(_shown(character) for character in text)


def fitting(text: str, encoding: str) -> str:
    """Write ``text`` so that ``encoding`` can carry it: what it lacks becomes escapes."""
    return text.encode(encoding, "backslashreplace").decode(encoding)


def cell(text: str | None) -> str:
    """Write a text cell that no spreadsheet takes for a formula."""
    if text is None:
        return ""
    risky = text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS)
    return ("'" if risky else "") + visible(text)


def amount(value: Decimal | None) -> str | None:
    """Write an amount digit for digit, without an exponent."""
    return None if value is None else amounts.plain(value)


def instant(value: datetime | None) -> str | None:
    """Write a time as ISO 8601 in UTC, ending in Z."""
    return None if value is None else value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _shown(character: str) -> str:
    # Not printable: controls, bidirectional overrides, invisible marks, lone surrogates, blanks that are no space.
    return character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
