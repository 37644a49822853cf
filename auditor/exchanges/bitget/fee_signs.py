"""Bitget: whether the amount of a ledger's row has the fee in it, which no page says: the balances do.

Two users found it out for the same ledger and came to opposite answers, one that amounts and fees together come to the
balances, one that fees are in the amounts. So it is told by the rows with a fee whose neighbour is known, type by type;
where none is, the fee is beside the amount. The proof then holds for all rows or not at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from auditor.model import amounts

BESIDE, INSIDE, UNSIGNED = 1, 0, -1
"""The factor of a fee in the change: its own sign, in the amount already, or charged and written without a sign."""
SIGNS = (BESIDE, INSIDE, UNSIGNED)
SignOf = Callable[[str], int]
"""Returns the factor of the fee in a row of a type."""


class Names(NamedTuple):
    """The fields of a ledger's row."""

    asset: str
    amount: str
    fee: str
    balance: str
    type: str


def fee_signs(rows: Iterable[Mapping[str, object]], names: Names) -> SignOf:
    """Return the factor of each type's fees, from rows that come newest first in each page."""
    votes: Counter[tuple[str, int]] = Counter()
    newer: dict[object, Mapping[str, object]] = {}
    for row in rows:
        coin = row.get(names.asset)
        sign = _sign(newer.get(coin), row, names)
        if sign is not None:
            votes.update(((str(newer[coin].get(names.type)), sign), ("", sign)))
        newer[coin] = row

    def sign_of(code: str) -> int:
        known = next((one for one in (code, "") if any(votes[one, sign] for sign in SIGNS)), "")
        return max(SIGNS, key=lambda sign: votes[known, sign])

    return sign_of


def _sign(after: Mapping[str, object] | None, before: Mapping[str, object], names: Names) -> int | None:
    """Return the factor with which a row follows the row before it, None where none does.

    Of a fee below zero, its own sign and none are the same.
    """
    if after is None:
        return None
    figures = [amounts.parse(after.get(name)) for name in (names.balance, names.amount, names.fee)]
    start = amounts.parse(before.get(names.balance))
    if start is None or None in figures or not figures[2]:
        return None
    balance, amount, fee = (figure for figure in figures if figure is not None)
    return next((sign for sign in SIGNS if amounts.subtract(balance, changed(amount, fee, sign)) == start), None)


def changed(amount: Decimal, fee: Decimal, sign: int) -> Decimal:
    """Return the change that amount and fee come to."""
    if not sign or not fee:
        return amount
    return amounts.add(amount, fee) if sign == BESIDE else amounts.subtract(amount, abs(fee))
