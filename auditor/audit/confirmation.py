"""Believe empty accounts only when nothing moved while they were read.

Money moves while it is read (from earn to a balance, from a sub-account to its main account), and exchanges are known
to show a wrong balance for a moment. So before an account can be clean, everything that can hold value is read again,
and the newest entry of each ledger must be the same before and after. Otherwise it is read again, and if it does not
hold still the account is unsettled: not clean.

The accounts of a pass go step by step together. None is confirmed before all were read once, and none for good while
another moved: what left that one may have arrived behind the back of the first.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditor.audit.collector import Collector, Taken
from auditor.i18n import Message, _, mark, sentences
from auditor.model.records import Area
from auditor.model.snapshot import Read, Reading, Standing, Trouble, Unread
from auditor.transport.gather import together

ROUNDS = 3
LEDGER = "settled"
# Accounts that are read at the same time: enough to wait for no limit, few enough to wait in little memory (1 MB each).
AT_ONCE = 250


@dataclass(frozen=True, slots=True)
class Look:
    """One look at an account: who it is, every place, and the newest entries of its ledgers around them."""

    known: tuple[Reading, ...]
    marks: tuple[Reading, ...]
    read: tuple[Reading, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Everything that was seen."""
        return (*self.known, *self.marks, *self.read)

    @property
    def seems_empty(self) -> bool:
        """Whether every documented place was read, and nothing holds."""
        return not any(_doubtful(reading) or _holding(reading) for reading in self.readings)


async def read_settled(collectors: Sequence[Collector], window: float) -> list[Taken]:
    """All readings of each account, confirmed where it seems empty. ``window``: see `auditor.model.account.Options`."""
    seats = asyncio.Semaphore(AT_ONCE)
    looks = await together(_first(collector, seats) for collector in collectors)
    for left in reversed(range(ROUNDS)):
        empty = [number for number, look in enumerate(looks) if look.seems_empty]
        # Once something moved it may have left an order behind, so that everything is read again.
        whole = left < ROUNDS - 1
        seen = await together(_again(collectors[number], looks[number], seats, whole=whole) for number in empty)
        again = dict(zip(empty, seen, strict=True))
        if not left or all(_same(looks[number], look) for number, look in again.items()):
            break
        looks = [again.get(number, look) for number, look in enumerate(looks)]
    return [_taken(look, again.get(number), window) for number, look in enumerate(looks)]


async def _first(collector: Collector, seats: asyncio.Semaphore) -> Look:
    async with seats:
        known, marks = await collector.first(), await collector.ledgers()
        return Look(known, marks, await collector.surfaces())


async def _again(collector: Collector, before: Look, seats: asyncio.Semaphore, *, whole: bool) -> Look:
    async with seats:
        read = await collector.surfaces(() if whole else before.read)
        return Look(before.known, await collector.ledgers(), read)


def _taken(before: Look, again: Look | None, window: float) -> Taken:
    if again is not None and _same(before, again):
        return _confirmed(before, again, window)
    last = before if again is None else again
    if last.seems_empty:
        moving = _("Something moved each time the account was read; stop what trades there, and audit again.")
        return Taken((*last.readings, _unsettled(moving)))
    return Taken((*last.readings, *_lost_key(last.readings)))


def _holding(reading: Reading) -> bool:
    return isinstance(reading.result, Read) and any(record.holds for record in reading.result.records)


def _doubtful(reading: Reading) -> bool:
    return isinstance(reading.result, Unread) and reading.standing is Standing.DOCUMENTED


def _same(before: Look, after: Look) -> bool:
    return _shown((*before.marks, *before.read)) == _shown((*after.marks, *after.read))


def _shown(readings: Iterable[Reading]) -> list[tuple[object, ...]]:
    """What was shown, in any order. Finished rows count: one more of them is something that moved."""
    ordered = sorted(readings, key=lambda reading: (reading.surface, str(reading.owner)))
    return [(reading.surface, reading.owner, *_result(reading)) for reading in ordered]


def _result(reading: Reading) -> tuple[object, ...]:
    result = reading.result
    if not isinstance(result, Read):
        return (type(result),)
    return (sorted(result.records, key=repr), result.rows)


def _confirmed(before: Look, again: Look, window: float) -> Taken:
    times = [r.result.at for r in (*before.readings, *again.readings) if isinstance(r.result, Read)]
    if (max(times) - min(times)).total_seconds() > window:
        slow = _("Reading took longer than the {seconds} s within which it counts; give more with --window.")
        return Taken((*again.readings, _unsettled(slow.format(seconds=f"{window:g}"))))
    return Taken((*again.readings, _settled(max(times))), confirmed_at=max(times))


def _lost_key(readings: Iterable[Reading]) -> Iterable[Reading]:
    """A key that stopped working after it had proved itself says something of the whole account."""
    for reading in readings:
        result = reading.result
        if isinstance(result, Unread) and _doubtful(reading) and result.trouble is Trouble.CREDENTIALS:
            gone = _("The key stopped working while the account was read: it was deleted, or the account was closed.")
            yield _unsettled(sentences(gone, result.reason))
            return


def _unsettled(reason: Message) -> Reading:
    return _line(Unread(reason=reason, trouble=Trouble.UNSETTLED))


def _settled(at: datetime) -> Reading:
    return _line(Read(records=(), rows=0, at=at))


def _line(result: Read | Unread) -> Reading:
    return Reading(
        surface=LEDGER,
        area=Area.STATUS,
        title=mark("Nothing moved while it was read"),
        standing=Standing.DOCUMENTED,
        endpoint="",
        result=result,
    )
