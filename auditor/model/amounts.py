"""Exact amounts: what counts as one on the wire, and arithmetic that refuses to round."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext

ZERO = Decimal(0)
LONGEST = 64
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
_EXPONENT = re.compile(r"-?[0-9](?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}", re.ASCII)
# Four factors of the longest amount fit; anything that would round raises instead.
_EXACT = Context(prec=4 * LONGEST + 8, traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])


def parse(text: object) -> Decimal | None:
    """The exact value of an amount as exchanges write them (ASCII ``-?digits[.digits]``), else None."""
    if not isinstance(text, str) or len(text) > LONGEST or not _AMOUNT.fullmatch(text):
        return None
    return Decimal(text)


def number(text: object) -> Decimal | None:
    """The exact value of an amount that is documented as a JSON number, which may have an exponent, else None."""
    if isinstance(text, str) and len(text) <= LONGEST and _EXPONENT.fullmatch(text):
        return Decimal(plain(Decimal(text)))
    return parse(text)


def plain(amount: Decimal) -> str:
    """The digits of ``amount`` without an exponent: ``0.00000001``, never ``1E-8``."""
    return format(amount, "f")


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum. Raises decimal.Inexact rather than round."""
    with localcontext(_EXACT):
        return sum(amounts, ZERO)


def product(*factors: Decimal) -> Decimal:
    """The exact product. Raises decimal.Inexact rather than round."""
    with localcontext(_EXACT):
        result = Decimal(1)
        for factor in factors:
            result *= factor
        return result


def remainder(amount: Decimal, step: Decimal) -> Decimal:
    """What is left of ``amount`` after taking whole multiples of ``step`` (> 0), exact."""
    with localcontext(_EXACT):
        return amount % step


def less(amount: Decimal, part: Decimal) -> Decimal:
    """``amount - part``, exact."""
    return total((amount, part.copy_negate()))
