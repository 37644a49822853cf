"""Exact amounts: parsing of the exchanges' format, and arithmetic that raises instead of rounding."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext

ZERO = Decimal(0)
LONGEST = 64
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_EXPONENT = re.compile(r"-?[0-9](?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}", re.ASCII)
# Precision for a product of four longest amounts; a result that needs more raises Inexact.
_EXACT = Context(prec=4 * LONGEST + 8, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])


def parse(text: object) -> Decimal | None:
    """Return the exact value of an amount in the exchanges' format (ASCII ``-?digits[.digits]``), else None."""
    if not isinstance(text, str) or len(text) > LONGEST or not _AMOUNT.fullmatch(text):
        return None
    return Decimal(text)


def number(text: object) -> Decimal | None:
    """Return the exact value of an amount documented as a JSON number, maybe with an exponent, else None."""
    if isinstance(text, str) and len(text) <= LONGEST and _EXPONENT.fullmatch(text):
        return Decimal(plain(Decimal(text)))
    return parse(text)


def plain(amount: Decimal) -> str:
    """Return the digits of ``amount`` without an exponent: ``0.00000001``, never ``1E-8``."""
    return format(amount, "f")


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the exact sum. Raises decimal.Inexact instead of rounding."""
    with localcontext(_EXACT):
        return sum(amounts, ZERO)


def product(*factors: Decimal) -> Decimal:
    """Return the exact product. Raises decimal.Inexact instead of rounding."""
    with localcontext(_EXACT):
        result = Decimal(1)
        for factor in factors:
            result *= factor
        return result


def remainder(amount: Decimal, step: Decimal) -> Decimal:
    """Return the exact remainder of ``amount`` divided by ``step`` (> 0)."""
    with localcontext(_EXACT):
        return amount % step


def subtract(amount: Decimal, part: Decimal) -> Decimal:
    """Return ``amount - part``, exact."""
    return total((amount, part.copy_negate()))
