"""Sums between amounts: find them in the rows of an answer, and choose other amounts for which they hold."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from random import Random

from auditor.recording.figures import Bounds, Figure, Sum

MOST_FIGURES, MOST_ROWS = 12, 300
STRONG = 4
TRIES = 150

Signed = tuple[Figure, int]
Chosen = dict[Figure, Figure]


def sums_in_row(figures: Iterable[Figure]) -> Iterator[Sum]:
    """Yield the sums of two that another amount of the row is, and of three where that is no accident."""
    row = sorted(set(figures), key=lambda figure: figure.amount)
    if len(row) > MOST_FIGURES:
        return
    for low, middle, high in combinations(row, 3):
        if low.amount + middle.amount == high.amount:
            yield _sum([(low, 1), (middle, 1), (high, -1)])
    for four in combinations(row, 4):
        if sum(figure.digits >= STRONG for figure in four) < len(four) - 1:
            continue
        first, second, third, last = (figure.amount for figure in four)
        if first + second + third == last:
            yield _sum([*((figure, 1) for figure in four[:3]), (four[3], -1)])
        elif first + last == second + third:
            yield _sum([(four[0], 1), (four[3], 1), (four[1], -1), (four[2], -1)])


def sums_of_rows(rows: Sequence[Mapping[str, Signed]], totals: Iterable[Figure]) -> Iterator[Sum]:
    """Yield the columns of a list whose sum is one of ``totals``."""
    if not 1 < len(rows) <= MOST_ROWS:
        return
    by_amount = {figure.amount: figure for figure in totals}
    for name in {name for row in rows for name in row}:
        column = [row[name] for row in rows if name in row]
        total = sum((figure.amount * sign for figure, sign in column), Decimal(0))
        if len(column) > 1 and (whole := by_amount.get(abs(total))) is not None:
            yield _sum([*column, (whole, -1 if total > 0 else 1)])


def _sum(terms: Iterable[Signed]) -> Sum:
    factors: Counter[Figure] = Counter()
    for figure, factor in terms:
        factors[figure] += factor
    kept = ((figure, factor) for figure, factor in factors.items() if factor)
    return tuple(sorted(kept, key=lambda term: (term[0].amount, term[1])))


def choose(sums: Mapping[Sum, int], bounds: Mapping[Figure, Bounds], random: Random) -> Chosen:
    """Return another figure for each, for which the sums hold.

    Where no choice is found that keeps them all, the weakest sums of those that hang together are given up: they may
    be accidents of short numbers. The replay of a recording shows whether any of them mattered.
    """
    chosen: Chosen = {}
    for group in _groups([term for term in sums if len(term) > 1]):
        rows = sorted(group, key=lambda row: (-sums[row], -sum(figure.digits for figure, _factor in row), str(row)))
        while rows and (found := _choice(rows, bounds, random)) is None:
            rows = rows[: len(rows) * 3 // 4]
        chosen.update(found if rows and found else {})
    return {**{figure: limits.draw(random) for figure, limits in bounds.items() if figure not in chosen}, **chosen}


def _groups(sums: Iterable[Sum]) -> Iterator[list[Sum]]:
    """Yield the sums that hang together by an amount."""
    above: dict[Figure, Figure] = {}

    def root(figure: Figure) -> Figure:
        while above.setdefault(figure, figure) != figure:
            figure = above[figure]
        return figure

    for row in (listed := list(sums)):
        first = root(row[0][0])
        for figure, _factor in row[1:]:
            above[root(figure)] = first
    groups: dict[Figure, list[Sum]] = defaultdict(list)
    for row in listed:
        groups[root(row[0][0])].append(row)
    yield from groups.values()


def _choice(rows: Sequence[Sum], bounds: Mapping[Figure, Bounds], random: Random) -> Chosen | None:
    """Return figures for which all these sums hold, None where none was found."""
    solved = _solved(rows)
    free = sorted({figure for row in rows for figure, _factor in row} - set(solved), key=lambda figure: figure.amount)
    for attempt in range(TRIES):
        drawn = (
            {figure: _drawn(bounds[figure], random, attempt) for figure in free}
            if attempt % 2
            else {figure: bounds[figure].draw(random) for figure in free}
        )
        following = {figure: _following(figure, parts, drawn, bounds[figure]) for figure, parts in solved.items()}
        if None not in following.values():
            return {**drawn, **{figure: new for figure, new in following.items() if new is not None}}
    return None


def _drawn(limits: Bounds, random: Random, attempt: int) -> Figure:
    """Return a figure near the same multiple for all of an attempt, so that sums keep their number of digits."""
    factor = Random(attempt).uniform(0.5, 2.0) * random.uniform(0.95, 1.05)  # noqa: S311 - not what hides anything
    near = limits.near(Decimal(limits.figure.units) * Decimal(str(round(factor, 6))))
    return near if limits.allow(near) else limits.draw(random)


def _following(figure: Figure, parts: Mapping[Figure, Fraction], drawn: Chosen, limits: Bounds) -> Figure | None:
    value = sum((Fraction(drawn[part].amount) * factor for part, factor in parts.items()), Fraction(0))
    units = value * 10**figure.decimals
    new = Figure(int(units), figure.decimals)
    return new if units.denominator == 1 and units > 0 and limits.allow(new) else None


def _solved(rows: Sequence[Sum]) -> dict[Figure, dict[Figure, Fraction]]:
    """Return each amount that follows from the others, with its parts: the largest ones, such as totals."""
    solved: dict[Figure, dict[Figure, Fraction]] = {}
    for row in rows:
        terms: dict[Figure, Fraction] = defaultdict(Fraction)
        for figure, factor in row:
            for part, share in solved.get(figure, {figure: Fraction(1)}).items():
                terms[part] += factor * share
        left = {figure: factor for figure, factor in terms.items() if factor}
        if left:
            largest = max(left, key=lambda figure: figure.amount)
            own = {part: -factor / left[largest] for part, factor in left.items() if part != largest}
            _insert(solved, largest, own)
    return solved


def _insert(solved: dict[Figure, dict[Figure, Fraction]], largest: Figure, own: dict[Figure, Fraction]) -> None:
    for parts in solved.values():
        share = parts.pop(largest, None)
        for part, factor in own.items() if share is not None else ():
            total = parts.get(part, Fraction(0)) + (share or Fraction(0)) * factor
            parts[part] = total
            if not total:
                del parts[part]
    solved[largest] = own
