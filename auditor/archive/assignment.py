"""Which rows, that do not say which of two wallets they changed, were of the other one.

Pure. All changes of a row are of one wallet. The rows that are moved must make good the difference of every coin to the
last digit: what is missing beside them has digits of its own, and no choice of rows fits.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from auditor.model.amounts import ZERO, add, subtract

MOST_OPEN = 30
"""Rows of which each combination is tried; two halves of 32,768 each."""
Vector = Mapping[str, Decimal]
"""Changes by coin."""


def assignment(rows: Sequence[Vector], wanted: Vector) -> set[int] | None:
    """Return the numbers of rows whose changes come to what is wanted of every coin, None where there are none.

    ``wanted``: coins that are not named are wanted to be zero.
    """
    left = {coin: amount for coin, amount in wanted.items() if amount}
    rows = [{coin: amount for coin, amount in row.items() if amount} for row in rows]
    coins: defaultdict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for coin in row:
            coins[coin].add(number)
    chosen, undecided = _forced(rows, left, coins)
    if chosen is None or set(left) - {coin for coin, numbers in coins.items() if numbers}:
        return None
    rest = _tried(rows, sorted(undecided), left) if undecided else set()
    return None if rest is None else chosen | rest


def _forced(
    rows: Sequence[Vector], left: dict[str, Decimal], coins: Mapping[str, set[int]]
) -> tuple[set[int] | None, set[int]]:
    """Decide about rows that alone have a coin, one after another: the chosen ones (None: none fit), and the others."""
    chosen, undecided = set[int](), set(range(len(rows)))
    while alone := next(
        ((coin, number) for coin, numbers in coins.items() if len(numbers) == 1 for number in numbers), None
    ):
        coin, number = alone
        amount = left.get(coin, ZERO)
        if amount not in {ZERO, rows[number][coin]}:
            return None, undecided
        if amount:
            chosen.add(number)
            _take(left, rows[number])
        undecided.discard(number)
        for name in rows[number]:
            coins[name].discard(number)
    return chosen, undecided


def _take(left: dict[str, Decimal], row: Vector) -> None:
    for coin, amount in row.items():
        rest = subtract(left.pop(coin, ZERO), amount)
        if rest:
            left[coin] = rest


def _tried(rows: Sequence[Vector], numbers: Sequence[int], left: Vector) -> set[int] | None:
    """Return a combination that fits: every one of the first half is looked up against those of the second."""
    if not left:
        return set()
    if len(numbers) > MOST_OPEN:
        return None
    middle = len(numbers) // 2
    firsts, seconds = _sums(rows, numbers[:middle]), _sums(rows, numbers[middle:])
    for total, some in firsts.items():
        rest = dict(left)
        _take(rest, dict(total))
        others = seconds.get(frozenset(rest.items()))
        if others is not None:
            return {*some, *others}
    return None


def _sums(rows: Sequence[Vector], numbers: Sequence[int]) -> dict[frozenset[tuple[str, Decimal]], tuple[int, ...]]:
    """Return what each combination of rows comes to, by coin, without those that come to zero."""
    found: dict[frozenset[tuple[str, Decimal]], tuple[int, ...]] = {frozenset(): ()}
    for number in numbers:
        for total, some in list(found.items()):
            more = dict(total)
            for coin, amount in rows[number].items():
                more[coin] = add(more.get(coin, ZERO), amount)
            found.setdefault(frozenset((coin, amount) for coin, amount in more.items() if amount), (*some, number))
    return found
