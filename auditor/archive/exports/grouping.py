"""Rows of the ledgers into events: the sides of a trade, of a conversion, or a row by itself.

Rows of one event are close to each other in time, so that few wait.
"""

import re
from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from auditor.archive.exports.beside import MovementIndex
from auditor.archive.exports.event import Event, Leg, Nature, is_zero, leg, total
from auditor.archive.exports.ledger_table import LedgerRow

TOGETHER = 1000
"""Milliseconds within which rows of one trade follow one another."""
INSIDE = frozenset({"earn_in", "earn_out", "bot", "collateral"})
RESULTS = frozenset({"pnl", "settlement", "funding"})
MOVEMENTS = frozenset({"deposit", "withdrawal"})
BOTH_SIDES = 2


def events(rows: Iterable[LedgerRow], beside: MovementIndex, contracts: str) -> Iterator[Event]:
    """Yield what happened, in the order of time.

    ``contracts``: a regular expression that the names of contracts match, as the exchange writes them. Rows without a
    change are left out.
    """
    # Few instruments have most of the rows.
    is_contract = lru_cache(1024)(re.compile(contracts or r"(?!)").search)
    for group in _grouped(row for row in rows if not is_zero(row.change)):
        yield from _events_of(group, beside, is_contract=is_contract(group[0].instrument) is not None)


@dataclass(slots=True, eq=False)
class _Open:
    """Rows that belong together; more may come."""

    rows: list[LedgerRow]
    until: int
    trade: Hashable = None


@dataclass(slots=True)
class _Groups:
    """Rows that wait for others, the oldest first."""

    waiting: deque[_Open] = field(default_factory=deque)
    by_trade: dict[Hashable, _Open] = field(default_factory=dict)
    conversions: defaultdict[str, list[_Open]] = field(default_factory=lambda: defaultdict(list))

    def take(self, row: LedgerRow, now: int) -> None:
        """Put a row to those that it belongs to, or let it wait; ``now``: its time in Unix ms."""
        if row.trade_id and row.kind in {"trade", "fee"}:
            self._take_trade(row, now)
        elif row.kind == "conversion":
            self._take_conversion(row, now)
        else:
            self._wait(row, now)

    def _wait(self, row: LedgerRow, now: int, trade: Hashable = None) -> _Open:
        one = _Open([row], now + TOGETHER, trade)
        self.waiting.append(one)
        return one

    def _take_trade(self, row: LedgerRow, now: int) -> None:
        trade = row.wallet, row.instrument, row.order_id, row.trade_id
        known = self.by_trade.get(trade)
        if known is None:
            self.by_trade[trade] = self._wait(row, now, trade)
        else:
            known.rows.append(row)

    def _take_conversion(self, row: LedgerRow, now: int) -> None:
        """Take one side of a conversion, which follows the other one: the oldest that is still alone."""
        alone = self.conversions[row.wallet]
        other = next((one for one in alone if _is_other_side(one.rows[0], row)), None)
        if other is None:
            alone.append(self._wait(row, now))
        else:
            alone.remove(other)
            other.rows.append(row)

    def has_finished(self, now: int) -> bool:
        """Return whether there are rows to which no more come at a time (Unix ms)."""
        return bool(self.waiting) and self.waiting[0].until < now

    def finished(self, now: int | None) -> Iterator[Sequence[LedgerRow]]:
        """Yield the rows to which no more come at a time (Unix ms); None: all."""
        while self.waiting and (now is None or self.waiting[0].until < now):
            one = self.waiting.popleft()
            self._forget(one)
            yield one.rows

    def _forget(self, one: _Open) -> None:
        first = one.rows[0]
        if one.trade is not None:
            del self.by_trade[one.trade]
        elif first.kind == "conversion" and one in self.conversions[first.wallet]:
            self.conversions[first.wallet].remove(one)


def _grouped(rows: Iterable[LedgerRow]) -> Iterator[Sequence[LedgerRow]]:
    groups = _Groups()
    for row in rows:
        now = row.moment
        if groups.has_finished(now):
            yield from groups.finished(now)
        groups.take(row, now)
    yield from groups.finished(None)


def _is_other_side(one: LedgerRow, other: LedgerRow) -> bool:
    return one.asset != other.asset and one.change.startswith("-") != other.change.startswith("-")


def _events_of(rows: Sequence[LedgerRow], beside: MovementIndex, *, is_contract: bool) -> Sequence[Event]:
    """Return one event of rows that are two sides and a fee, else one of each."""
    both = (_two_sides(*rows) if len(rows) == BOTH_SIDES else None) or (_exchange(rows) if len(rows) > 1 else None)
    return [_single(row, beside, is_contract=is_contract) for row in rows] if both is None else (both,)


def _two_sides(one: LedgerRow, other: LedgerRow) -> Event | None:
    """Return what `_exchange` does for the most usual rows: the one side, and the other one."""
    is_out = one.change.startswith("-")
    if one.kind == "fee" or other.kind == "fee" or one.asset == other.asset or is_out == other.change.startswith("-"):
        return None
    given, taken = (one, other) if is_out else (other, one)
    return Event(
        nature=Nature.TRADE,
        kind=one.kind,
        rows=(one, other),
        sent=leg(given.change, given.asset),
        received=leg(taken.change, taken.asset),
    )


def _exchange(rows: Sequence[LedgerRow]) -> Event | None:
    """Return the event of rows of which one coin was given for another, None where it is not that."""
    fees = _by_asset(row for row in rows if row.kind == "fee")
    sides = {asset: total(found) for asset, found in _by_asset(row for row in rows if row.kind != "fee").items()}
    sent = [leg(change, asset) for asset, change in sides.items() if change.startswith("-") and not is_zero(change)]
    received = [
        leg(change, asset) for asset, change in sides.items() if not change.startswith("-") and not is_zero(change)
    ]
    charged = [leg(total(found), asset) for asset, found in fees.items() if total(found).startswith("-")]
    if len(sent) != 1 or len(received) != 1 or len(sides) != BOTH_SIDES or len(charged) != len(fees) or len(fees) > 1:
        return None
    fee: Leg | None = charged[0] if charged else None
    return Event(
        nature=Nature.TRADE,
        kind=next(row.kind for row in rows if row.kind != "fee"),
        rows=tuple(rows),
        sent=sent[0],
        received=received[0],
        fee=fee,
    )


def _by_asset(rows: Iterable[LedgerRow]) -> dict[str, tuple[LedgerRow, ...]]:
    found: dict[str, tuple[LedgerRow, ...]] = {}
    for row in rows:
        found[row.asset] = (*found.get(row.asset, ()), row)
    return found


def _single(row: LedgerRow, beside: MovementIndex, *, is_contract: bool) -> Event:
    """Return the event of a row by itself."""
    moved = beside.movement(row) if row.kind in MOVEMENTS else None
    fee = leg(moved.fee, row.asset) if moved and moved.fee else None
    side = leg(moved.amount if moved and fee else row.change, row.asset)
    is_out = row.change.startswith("-")
    return Event(
        nature=_nature(row, beside, is_contract=is_contract),
        kind=row.kind,
        rows=(row,),
        sent=side if is_out else None,
        received=None if is_out else side,
        fee=fee,
        partner=beside.partner(row) if row.kind == "subaccount" else "",
        txid=moved.txid if moved else "",
    )


def _nature(row: LedgerRow, beside: MovementIndex, *, is_contract: bool) -> Nature:
    if row.kind == "transfer":
        return Nature.OWN if beside.is_own(row) else Nature.LONE_TRANSFER
    if row.kind == "subaccount":
        return Nature.SUB_ACCOUNT
    if row.kind in INSIDE:
        return Nature.INSIDE
    if row.kind in RESULTS or (row.kind == "trade" and is_contract):
        return Nature.RESULT
    return Nature.LONE_TRADE if row.kind in {"trade", "conversion"} else Nature.FLOW
