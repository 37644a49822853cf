"""ccxt's arithmetic, within bounds: it writes out every zero of an exponent, so that ``1e9999999`` takes minutes."""

import importlib
from decimal import Decimal
from typing import Any

from auditor.model.amounts import bounded

LONGEST = 300
LONGEST_EXPONENT = 4


def bound_arithmetic() -> None:
    """Let ccxt's `Precise` raise ValueError for a number of insane length, in every exchange's class."""
    precise = importlib.import_module("ccxt.base.precise").Precise
    if precise.__init__.__name__ == _bounded.__name__:
        return
    original = precise.__init__

    def bounded(self: Any, number: Any, decimals: Any = None) -> None:
        original(self, _bounded(number), decimals)

    bounded.__name__ = _bounded.__name__
    precise.__init__ = bounded


def number(text: object) -> Decimal:
    """Return an amount as ccxt spells it. Raises ValueError, or decimal.InvalidOperation, for which ccxt says None."""
    amount = bounded(Decimal(str(text)))
    if amount is None:
        raise ValueError("a number of insane length")
    return amount


def _bounded(number: Any) -> Any:
    """Return ``number``. Raises ValueError for a text of insane length or with such an exponent."""
    if isinstance(number, str):
        digits, _e, exponent = number.lower().partition("e")
        if len(digits) > LONGEST or len(exponent) > LONGEST_EXPONENT:
            raise ValueError("a number of insane length")
    return number
