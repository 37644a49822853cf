"""Holdings that a further place shows again: a loan in a wallet, in a list of debts and in a total is one thing.

A table declares which places repeat others (`Places`); nothing is guessed. A holding counts as repeated only where the
amounts agree within accrued interest, and only as often as the other place shows it: any other amount stays a holding
of its own, so that a distinct one is never lost.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.assessment.account_view import AccountView
from auditor.assessment.product_overlap import HoldingKey
from auditor.model.records import Balance, Bot, Debt, Earning, Part, Places
from auditor.model.snapshot import Reading, records

Repeating = Balance | Bot | Debt | Earning
ACCRUED = Fraction(1, 1000)
"""Interest that may come between two readings, or that one of two lists leaves out, as a part of the debt."""
MOVED = Fraction(5, 1000)
"""How far two values in different units may differ: prices move between two readings."""
# Figures of a balance below zero that speak of the debt itself; those of the second kind do only while not above zero.
OF_DEBT = frozenset({Part.LIABILITY, Part.INTEREST, "frozen_by_borrowing"})
LESS_DEBT = frozenset({Part.AVAILABLE, Part.EQUITY, "net"})
CROSS, ISOLATED = "cross", "isolated"
"""The parts of a debt by the margin that it secures: a list may show one of them alone."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A record that may repeat another or be repeated, with the reading that contains it."""

    reading: Reading
    record: Repeating
    key: HoldingKey


@dataclass(frozen=True, slots=True)
class DebtRange:
    """What a place shows of a debt: without its interest, and with it."""

    without: Fraction
    whole: Fraction

    def shows(self, other: "DebtRange", tolerance: Fraction) -> bool:
        """Return whether ``other`` is the same thing: no more than this, and no less than this without interest."""
        room = max(self.whole, other.whole) * tolerance
        return self.without - room <= other.whole <= self.whole + room


def repetitions(view: AccountView, reported: Collection[HoldingKey]) -> Iterator[tuple[Holding, HoldingKey]]:
    """Yield each holding that repeats others, with the one that it is equal to, else the largest of those.

    What a product and a wallet show alike is the wallet's, unless the table says that it counts in the product.

    ``reported``: the holdings that a finding tells; no other one is looked at.
    """
    left = [holding for holding in _holdings(view) if holding.key in reported]
    used: dict[object, Fraction] = defaultdict(Fraction)
    taken: dict[object, set[HoldingKey]] = defaultdict(set)
    rows = Counter(holding.key for holding in _holdings(view))
    # Rows under one name share a finding, which must not go while one of them is shown nowhere else.
    single = [holding for holding in left if rows[holding.key] == 1]
    for holding in sorted(single, key=lambda each: len(each.record.same_as)):
        for surfaces in _places(holding.record):
            others = [other for other in left if _is_like(holding, other) and other.reading.surface in surfaces]
            room_key = (holding.reading.surface, holding.record.owner, holding.record.asset, surfaces)
            if others and _agree(view, holding, others, used[room_key], taken[room_key]):
                alike = [other for other in others if other.key not in taken[room_key] and _is_equal(holding, other)]
                shown = max(alike or others, key=lambda other: _whole(other.record))
                taken[room_key].update([shown.key] if alike else ())
                used[room_key] += _whole(holding.record)
                original, repeated = (holding, shown) if alike and _leads(holding, shown) else (shown, holding)
                left.remove(repeated)
                yield repeated, original.key
                break


def _holdings(view: AccountView) -> Iterator[Holding]:
    for reading, record in records(view.account):
        if isinstance(record, Balance | Bot | Debt | Earning):
            yield Holding(reading, record, (view.account.name, reading.surface, record.owner, record.subject))


def _leads(holding: Holding, shown: Holding) -> bool:
    """Return whether to report the product and not the wallet, which shows the same and nothing more."""
    is_wallet = isinstance(shown.record, Balance) and not any(shown.record.held.values())
    return isinstance(holding.record, Earning) and holding.record.counts_here and is_wallet


def _places(record: Repeating) -> Places:
    """Return where the same thing may be shown; nowhere if the record shows something more, or no amount."""
    if record.amount is None or (isinstance(record, Balance) and not _is_mere_debt(record)):
        return ()
    if isinstance(record, Bot | Earning) and record.amount <= 0:
        return ()
    return record.same_as


def _is_mere_debt(record: Balance) -> bool:
    more = (
        figure
        for part, figure in record.held.items()
        if part not in OF_DEBT and not (part in LESS_DEBT and figure <= 0)
    )
    return record.amount < 0 and not any(more)


def _is_like(holding: Holding, other: Holding) -> bool:
    """Return whether ``other`` is a holding that ``holding`` may repeat, by what it is."""
    record, shown = holding.record, other.record
    # Only a list of debts speaks of the sub-accounts as well: a balance is that of its own account.
    is_same_owner = record.owner == shown.owner or (record.owner is None and isinstance(record, Debt))
    if other is holding or shown.amount is None or not is_same_owner:
        return False
    if not isinstance(record, Balance | Debt) and shown.amount <= 0:
        return False
    if isinstance(record, Bot):
        return isinstance(shown, Bot) and record.kind == shown.kind and record.worth and not shown.worth
    if isinstance(record, Earning):
        return isinstance(shown, Balance | Earning) and record.asset == shown.asset
    is_debt = isinstance(shown, Debt) and not shown.collateral and not shown.worth
    return is_debt and (record.asset == shown.asset or (isinstance(record, Debt) and record.worth))


def _agree(
    view: AccountView, holding: Holding, others: Sequence[Holding], used: Fraction, taken: Collection[HoldingKey]
) -> bool:
    """Return whether the others show what the holding shows.

    ``used``: what holdings before it took of them; ``taken``: those that one before it is equal to.
    """
    if isinstance(holding.record, Bot | Debt) and holding.record.worth:
        return _agree_in_value(view, holding.record, others)
    tolerance = _tolerance(holding.record)
    shown, together = _span(holding.record), _sum([_span(other.record) for other in others])
    parts = (span for other in others for span in _parts(other.record))
    fits = used + shown.whole <= together.whole + max(together.whole, shown.whole) * tolerance
    is_equal = any(other.key not in taken and _is_equal(holding, other) for other in others)
    return fits and (is_equal or any(figure.shows(shown, tolerance) for figure in (*parts, together)))


def _is_equal(holding: Holding, other: Holding) -> bool:
    """Return whether the other alone shows as much as the holding."""
    return _span(other.record).shows(_span(holding.record), _tolerance(holding.record))


def _tolerance(record: Repeating) -> Fraction:
    return Fraction(0) if isinstance(record, Earning) else ACCRUED


def _agree_in_value(view: AccountView, record: Bot | Debt, others: Sequence[Holding]) -> bool:
    """Compare a total in a unit of its own with the values of all others; it needs a price of each."""
    unit = _price(view, record)
    prices = [_price(view, other.record) for other in others]
    known = [price for price in prices if price is not None]
    if unit is None or len(known) < len(prices):
        return False
    shown = _times(_span(record), unit)
    pairs = list(zip(others, known, strict=True))
    together = _sum([_times(_span(other.record), price) for other, price in pairs])
    if isinstance(record, Bot):
        # The total of the same wallet shows nothing else, even where it is less than its assets.
        return shown.whole <= together.whole * (1 + MOVED)
    crossed = _sum([_times(_cross(other.record), price) for other, price in pairs])
    return any(total.shows(shown, MOVED) for total in (together, crossed) if total.whole)


def _price(view: AccountView, record: Repeating) -> Fraction | None:
    return None if record.asset is None else view.prices.usd(view.codes.coin(record.asset))


def _span(record: Repeating) -> DebtRange:
    amount = abs(Fraction(record.amount or 0))
    return DebtRange(amount, amount + _interest(record))


def _whole(record: Repeating) -> Fraction:
    return _span(record).whole


def _interest(record: Repeating) -> Fraction:
    return Fraction(0) if isinstance(record, Bot) else abs(Fraction(record.held.get(Part.INTEREST, 0)))


def _parts(record: Repeating) -> Iterator[DebtRange]:
    """Yield the parts of a debt that a list may show alone."""
    for part in (CROSS, ISOLATED):
        figure = abs(Fraction(record.held.get(part, 0))) if isinstance(record, Debt) else Fraction(0)
        if figure:
            yield DebtRange(figure, figure + _interest(record))


def _cross(record: Repeating) -> DebtRange:
    """Return the cross margin part of a debt; all of it where its parts are not stated."""
    if not isinstance(record, Debt) or not record.held.keys() & {CROSS, ISOLATED}:
        return _span(record)
    figure = abs(Fraction(record.held.get(CROSS, 0)))
    return DebtRange(figure, figure + _interest(record) if figure else figure)


def _sum(spans: Sequence[DebtRange]) -> DebtRange:
    return DebtRange(
        sum((span.without for span in spans), Fraction(0)), sum((span.whole for span in spans), Fraction(0))
    )


def _times(span: DebtRange, price: Fraction) -> DebtRange:
    return DebtRange(span.without * price, span.whole * price)
