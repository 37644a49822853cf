"""Amounts in an account's books, read and written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any


def read_amount(figure: Any) -> Decimal:
    """Read an amount of a book; a malformed one, which tests use on purpose, counts as zero."""
    try:
        value = Decimal(str(figure or 0))
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)


def write_amount(value: Decimal, places: int = 8) -> str:
    """Write an amount in plain notation, rounded to so many places, without trailing zeros."""
    text = format(round(value, places), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text
