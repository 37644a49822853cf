"""Bitget: whether the amount of a ledger's row has the fee in it, which no page says: the balances do.

Users found it out for the same ledger and came to opposite answers: that amounts and fees together come to the
balances, and that fees are in the amounts. A real unified account (October 2026) bought a token for 10.1079350372 USDT
with a fee of 0.0100978372 out of 13: 2.8920649628 were left, so that the fee was in. So it is told by the rows with a
fee whose neighbour is known, type by type; next by a coin's first row, which begins with nothing; where no row says it,
the fee is beside the amount. The proof then holds for all rows or not at all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from auditor.model import amounts

BESIDE, INSIDE, UNSIGNED = 1, 0, -1
"""The factor of a fee in the change: its own sign, in the amount already, or charged and written without a sign."""
SIGNS = (BESIDE, INSIDE, UNSIGNED)
MOST = 20_000
"""Rows that are looked at, the newest ones: they are kept in memory."""
LONGEST = 30
"""Digits of an id or a time."""
TYPES = 1000
"""More than a ledger has."""
Votes = Counter[tuple[str, int]]
"""How many rows have a fee of which factor, by type, and by "" for all types."""
SignOf = Callable[[str], int]
"""Returns the factor of the fee in a row of a type."""


class Names(NamedTuple):
    """The fields of a ledger's row."""

    asset: str
    amount: str
    fee: str
    balance: str
    type: str
    id: str
    time: str


class _Told(NamedTuple):
    """What a row says of itself, as it came: ``time`` and ``number`` order the rows of all categories."""

    time: int
    number: int
    coin: str
    type: str
    amount: object
    fee: object
    balance: object


def fee_signs(rows: Iterable[Mapping[str, object]], names: Names) -> SignOf:
    """Return the factor of each type's fees, from the rows of a ledger in any order.

    A type that none of the newest rows has is told by neighbours on a page, which have the newest row first.
    """
    in_order, on_pages, first = Votes(), Votes(), Votes()
    newest_first = nlargest(MOST, _counted(_told_by(rows, names), on_pages), key=lambda row: row[:2])
    oldest = {row.coin: row for row in _counted(newest_first, in_order)}
    for row in oldest.values():
        # Nothing was there before a coin's first row.
        _count(first, row, "0")

    def sign_of(code: str) -> int:
        asked = ((votes, known) for known in (code, "") for votes in (in_order, on_pages, first))
        votes, known = next((one for one in asked if any(one[0][one[1], sign] for sign in SIGNS)), (first, ""))
        return max(SIGNS, key=lambda sign: votes[known, sign])

    return lru_cache(TYPES)(sign_of)


def _told_by(rows: Iterable[Mapping[str, object]], names: Names) -> Iterator[_Told]:
    for row in rows:
        coin, code = row.get(names.asset), row.get(names.type)
        # Of a row without, the proof says that it is odd.
        if isinstance(coin, str) and isinstance(code, str):
            figures = (row.get(names.amount), row.get(names.fee), row.get(names.balance))
            yield _Told(_whole(row.get(names.time)), _whole(row.get(names.id)), coin.upper(), code, *figures)


def _whole(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= LONGEST:
        return int(value)
    return 0


def _counted(newest_first: Iterable[_Told], votes: Votes) -> Iterator[_Told]:
    """Yield rows, and count by the next one of its coin what each says. A row that came twice is one."""
    newer: dict[str, _Told] = {}
    for row in newest_first:
        if newer.get(row.coin, row) != row:
            _count(votes, newer[row.coin], row.balance)
        newer[row.coin] = row
        yield row


def _count(votes: Votes, row: _Told, before: object) -> None:
    """Count what a row says of fees, if anything: for its type, and for all. ``before``: the balance before it."""
    sign = _sign(row, before)
    if sign is not None:
        votes.update(((row.type, sign), ("", sign)))


def _sign(row: _Told, before: object) -> int | None:
    """Return the factor with which a row follows a balance, None where none does.

    Of a fee below zero, its own sign and none are the same.
    """
    fee = amounts.parse(row.fee)
    if not fee:
        return None
    balance, amount, start = (amounts.parse(figure) for figure in (row.balance, row.amount, before))
    if balance is None or amount is None or start is None:
        return None
    return next((sign for sign in SIGNS if amounts.subtract(balance, changed(amount, fee, sign)) == start), None)


def changed(amount: Decimal, fee: Decimal, sign: int) -> Decimal:
    """Return the change that amount and fee come to."""
    if not sign or not fee:
        return amount
    return amounts.add(amount, fee) if sign == BESIDE else amounts.subtract(amount, abs(fee))
