"""Confirm that an account that looks empty did not change while it was read.

Money moves during reading (from earn to a balance, from a sub-account to its main account), and exchanges sometimes
show a wrong balance for a moment. So before an account can be clean, everything that can hold value is read again, and
the newest entry of each ledger must be the same before and after. Otherwise it is read again; if it keeps changing,
the account is unsettled: not clean.

The accounts of a pass are confirmed together: none before all were read once, and none finally while another changed,
since money that left the other account may have arrived in one that was read before.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditor.assessment.asset_codes import is_no_asset
from auditor.audit.collector import Collected, Collector
from auditor.audit.lost_key import judge_refusals
from auditor.i18n import Message, _, mark
from auditor.model.records import Area
from auditor.model.snapshot import Read, Reading, Standing, Trouble, Unread, seen_records
from auditor.transport.gather import gather

ROUNDS = 3
LEDGER = "settled"
# Accounts read at the same time: enough to use all rate limits, few enough for memory (about 1 MB each).
AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class FullReading:
    """One full reading of an account at ``exchange``: its key, its ledgers' newest entries, its surfaces."""

    exchange: str
    known: tuple[Reading, ...]
    marks: tuple[Reading, ...]
    read: tuple[Reading, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """All readings."""
        return (*self.known, *self.marks, *self.read)

    @property
    def seems_empty(self) -> bool:
        """Whether every documented place was read and no record holds anything."""
        return not any(_doubtful(reading) or _holding(reading, self.exchange) for reading in self.readings)


async def read_and_confirm(collectors: Sequence[Collector], window: float) -> list[Collected]:
    """Return all readings of each account, confirmed where it seems empty.

    ``window``: seconds, see `Options`.
    """
    seats = asyncio.Semaphore(AT_ONCE)
    looks = await gather(_first(collector, seats) for collector in collectors)
    for rounds_left in reversed(range(ROUNDS)):
        empty = [number for number, look in enumerate(looks) if look.seems_empty]
        # After a movement everything is read again, since it may have left an order behind.
        whole = rounds_left < ROUNDS - 1
        seen = await gather(_again(collectors[number], looks[number], seats, whole=whole) for number in empty)
        again = dict(zip(empty, seen, strict=True))
        if not rounds_left or all(_same(looks[number], look) for number, look in again.items()):
            break
        looks = [again.get(number, look) for number, look in enumerate(looks)]
    taken = [_taken(look, again.get(number), window) for number, look in enumerate(looks)]
    return await gather(_with_refusals(collector, one, seats) for collector, one in zip(collectors, taken, strict=True))


async def _first(collector: Collector, seats: asyncio.Semaphore) -> FullReading:
    async with seats:
        known, marks = await collector.first(), await collector.ledgers()
        read = await collector.surfaces()
        return FullReading(collector.exchange, collector.settled(known, read), marks, read)


async def _again(collector: Collector, before: FullReading, seats: asyncio.Semaphore, *, whole: bool) -> FullReading:
    async with seats:
        read = await collector.surfaces(() if whole else before.read)
        return FullReading(before.exchange, before.known, await collector.ledgers(), read)


def _taken(before: FullReading, again: FullReading | None, window: float) -> Collected:
    if again is not None and _same(before, again):
        return _confirmed(before, again, window)
    last = before if again is None else again
    if last.seems_empty:
        reason = _("Something moved each time the account was read; stop what trades there, and audit again.")
        return Collected((*last.readings, _unsettled(reason)))
    return Collected(last.readings)


async def _with_refusals(collector: Collector, taken: Collected, seats: asyncio.Semaphore) -> Collected:
    """Return what was taken, with what a refusal of the key means; a confirmed account has none that counts."""
    if taken.confirmed_at is not None or not any(map(_refuses_key, taken.readings)):
        return taken
    async with seats:
        readings, gone = await judge_refusals(taken.readings, collector.identify_again, collector.rights)
    return Collected(readings if gone is None else (*readings, _unsettled(gone)))


def _refuses_key(reading: Reading) -> bool:
    return isinstance(reading.result, Unread) and _doubtful(reading) and reading.result.trouble is Trouble.CREDENTIALS


def _holding(reading: Reading, exchange: str) -> bool:
    return any(record.holds and not is_no_asset(exchange, record) for record in seen_records(reading.result))


def _doubtful(reading: Reading) -> bool:
    return isinstance(reading.result, Unread) and reading.standing is Standing.DOCUMENTED


def _same(before: FullReading, after: FullReading) -> bool:
    return _shown((*before.marks, *before.read)) == _shown((*after.marks, *after.read))


def _shown(readings: Iterable[Reading]) -> list[tuple[object, ...]]:
    """Return what was shown, in a fixed order.

    Finished rows count too: another one means that something moved.
    """
    ordered = sorted(readings, key=lambda reading: (reading.surface, str(reading.owner)))
    return [(reading.surface, reading.owner, *_result(reading)) for reading in ordered]


def _result(reading: Reading) -> tuple[object, ...]:
    result = reading.result
    if not isinstance(result, Read):
        return (type(result),)
    return (sorted(result.records, key=repr), result.rows)


def _confirmed(before: FullReading, again: FullReading, window: float) -> Collected:
    times = [r.result.at for r in (*before.readings, *again.readings) if isinstance(r.result, Read)]
    if (max(times) - min(times)).total_seconds() > window:
        reason = _("Reading took longer than the {seconds} s within which it counts; give more with --window.")
        return Collected((*again.readings, _unsettled(reason.format(seconds=f"{window:g}"))))
    return Collected((*again.readings, _settled(max(times))), confirmed_at=max(times))


def _unsettled(reason: Message) -> Reading:
    return _status_reading(Unread(reason=reason, trouble=Trouble.UNSETTLED))


def _settled(at: datetime) -> Reading:
    return _status_reading(Read(records=(), rows=0, at=at))


def _status_reading(result: Read | Unread) -> Reading:
    return Reading(
        surface=LEDGER,
        area=Area.STATUS,
        title=mark("Nothing moved while it was read"),
        standing=Standing.DOCUMENTED,
        endpoint="",
        result=result,
    )
