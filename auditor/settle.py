"""Believe an empty account only when nothing moved while it was read.

Money moves while it is read (from earn to a balance, from a sub-account to its main account), and exchanges are known
to show a wrong balance for a moment. So before an account can be clean, everything that can hold value is read again,
and the newest entry of each ledger must be the same before and after. Otherwise it is read again, and if it does not
hold still the account is unsettled: not clean.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta

from auditor.collect import Collector, Taken
from auditor.i18n import _
from auditor.snapshot import Area, Read, Reading, Standing, Trouble, Unread

ROUNDS = 3
LEDGER = "settled"


async def read_settled(collector: Collector, everyone: asyncio.Barrier, window: float) -> Taken:
    """All readings of one account, confirmed when it seems empty. ``everyone``: the accounts that are read together.

    No account is confirmed before all were read once, or money could move behind the back of the first.
    """
    known, marks = await collector.first(), await collector.ledgers()
    read = await collector.surfaces()
    await everyone.wait()
    for _round in range(ROUNDS):
        if not _seems_empty((*known, *marks, *read)):
            return Taken((*known, *marks, *read, *_lost_key(read)))
        again, marks_after = await collector.surfaces(read), await collector.ledgers()
        if _same(marks, marks_after) and _same(read, again):
            return _confirmed((*known, *marks_after, *again), (*marks, *read), timedelta(seconds=window))
        read, marks = again, marks_after
    moving = _("Something moved each time the account was read; stop what trades there, and audit again.")
    return Taken((*known, *marks, *read, _unsettled(moving)))


def _seems_empty(readings: Iterable[Reading]) -> bool:
    return not any(_doubtful(reading) or _holding(reading) for reading in readings)


def _holding(reading: Reading) -> bool:
    return isinstance(reading.result, Read) and any(record.holds for record in reading.result.records)


def _doubtful(reading: Reading) -> bool:
    return isinstance(reading.result, Unread) and reading.standing is Standing.DOCUMENTED


def _same(before: Iterable[Reading], after: Iterable[Reading]) -> bool:
    return list(map(_shown, before)) == list(map(_shown, after))


def _shown(reading: Reading) -> tuple[object, ...]:
    """What a reading showed, without when. Finished rows count: one more of them is something that moved."""
    result = reading.result
    shown = (result.records, result.rows) if isinstance(result, Read) else type(result)
    return (reading.surface, reading.owner, shown)


def _confirmed(readings: tuple[Reading, ...], earlier: Iterable[Reading], window: timedelta) -> Taken:
    times = [r.result.at for r in (*readings, *earlier) if isinstance(r.result, Read)]
    if max(times) - min(times) > window:
        slow = _("Reading took longer than the {seconds} s within which it counts; give more with --window.")
        return Taken((*readings, _unsettled(slow.format(seconds=int(window.total_seconds())))))
    return Taken((*readings, _settled(max(times))), confirmed_at=max(times))


def _lost_key(readings: Iterable[Reading]) -> Iterable[Reading]:
    """A key that stopped working after it had proved itself says something of the whole account."""
    troubles = {r.result.trouble for r in readings if isinstance(r.result, Unread)}
    if Trouble.CREDENTIALS in troubles:
        gone = _("The key stopped working while the account was read: it was deleted, or the account was closed.")
        yield _unsettled(gone)


def _unsettled(reason: str) -> Reading:
    return _line(Unread(reason=reason, trouble=Trouble.UNSETTLED))


def _settled(at: datetime) -> Reading:
    return _line(Read(records=(), rows=0, at=at))


def _line(result: Read | Unread) -> Reading:
    return Reading(
        surface=LEDGER,
        area=Area.STATUS,
        title=_("Nothing moved while it was read"),
        standing=Standing.DOCUMENTED,
        endpoint="",
        result=result,
    )
