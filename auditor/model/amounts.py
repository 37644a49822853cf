"""Exact amounts: parsing of the exchanges' format, and arithmetic that raises instead of rounding."""

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext

ZERO = Decimal(0)
# Characters before an exponent, and the furthest exponent either way: far beyond what any exchange states.
LONGEST = 64
FURTHEST = 100
_DIGITS = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
is_plain = re.compile(_DIGITS, re.ASCII).fullmatch
"""Whether a text is an amount without an exponent: see `parse`, which also looks at its length."""
are_plain = re.compile(f"{_DIGITS} {_DIGITS}", re.ASCII).fullmatch
"""Whether a text is two such amounts with a blank between them."""
_NUMBER = re.compile(rf"({_DIGITS})(?:[eE]([+-]?[0-9]{{1,3}}))?", re.ASCII)
# Digits of a product of four sums of any amounts, whose digits lie on both sides of the point. More raises Inexact.
_EXACT = Context(prec=10 * (LONGEST + FURTHEST), traps=[Inexact, InvalidOperation, Overflow, DivisionByZero])


def parse(text: object) -> Decimal | None:
    """Return the exact value of an amount (``-?digits[.digits]`` in ASCII, maybe with an exponent), else None.

    Exchanges that send JSON numbers write ``1E-8`` and ``0E-18``. The result has no exponent; an amount of insane
    length (`LONGEST` characters, an exponent beyond `FURTHEST`) is None.
    """
    if not isinstance(text, str) or len(text) > LONGEST + len("E-100"):
        return None
    # Most are such, and an archive has millions.
    if len(text) <= LONGEST and is_plain(text):
        return Decimal(text)
    found = _NUMBER.fullmatch(text)
    if found is None or found[2] is None or len(found[1]) > LONGEST or abs(int(found[2])) > FURTHEST:
        return None
    return Decimal(plain(Decimal(found[0])))


def bounded(value: object) -> Decimal | None:
    """Return an amount that a library made of an answer, else None: for one that no two of `parse` come near, too.

    ``Decimal("1E+999999999")`` is made at once, and takes minutes to compute with.
    """
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    exponent = value.as_tuple().exponent
    furthest = max(abs(value.adjusted()), abs(exponent) if isinstance(exponent, int) else 0)
    return value if furthest <= LONGEST + FURTHEST else None


def plain(amount: Decimal) -> str:
    """Return the digits of ``amount`` without an exponent: ``0.00000001``, never ``1E-8``."""
    return format(amount, "f")


def short(amount: Decimal) -> str:
    """Return the digits of ``amount`` without an exponent and without zeros at the end: ``8``, not ``8.000``."""
    digits = plain(amount)
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


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


subtract: Callable[[Decimal, Decimal], Decimal] = _EXACT.subtract
"""Returns ``amount - part``, exact. Raises decimal.Inexact instead of rounding."""
add: Callable[[Decimal, Decimal], Decimal] = _EXACT.add
"""Returns ``amount + part``, exact. Raises decimal.Inexact instead of rounding."""


def cut(amount: Decimal, places: int) -> Decimal:
    """Return an amount without what is beyond so many decimal places."""
    with localcontext(_EXACT) as context:
        context.traps[Inexact] = False
        return amount.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)


def digits_of(amount: Decimal) -> int:
    """Return the number of decimal places of an amount that are written."""
    exponent = amount.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
