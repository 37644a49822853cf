"""A worker: one process at one egress, which looks at its families when they are due until all are clean."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from functools import partial

from sqlalchemy import Connection

from auditor.assessment.verdict import overall_verdict
from auditor.fleet import egresses, standing
from auditor.fleet.bans import find_bans, note_bans
from auditor.fleet.egress_lock import EgressLock
from auditor.fleet.figures import Figures
from auditor.fleet.look import Means, look, ring_all
from auditor.fleet.preparation import prepare
from auditor.fleet.take_over import take_over
from auditor.history.database import HistoryAwayError
from auditor.history.dialect import read_clock
from auditor.history.outage import PATIENCE
from auditor.i18n import _
from auditor.model.report import EXIT_CODES, Verdict
from auditor.transport.rate_limit import Share

PULSE = 5.0
"""Seconds between signs of life, each of which is a look at the lock of the egress."""
SWEEP = 2.0
"""Seconds between looks for families that nobody rings for."""
NEWS = 60.0
"""Seconds between questions whether it is this worker's turn to tell the news."""
TURN = 1.0
"""Seconds between such questions of a worker that ends."""
TIDY = 3600.0
"""Seconds between times at which the engine forgets what is done."""
LOST = timedelta(seconds=10)
"""Time after which an alarm that was due counts as lost, where slots were free for as long and none waits for one."""
LATE = timedelta(hours=1)
"""Time after which it is asked for again where all slots are taken."""
AT_ONCE = 200
"""Alarms that one sweep asks for."""
Tell = Callable[[bool], Awaitable[bool]]
"""Sends the fleet's news, also soon after the last message if so asked. Returns False while another worker does."""
_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Worker:
    """One worker. ``grace``: how long passes under way may go on when it is to end; ``part``: of each address limit."""

    means: Means
    lock: EgressLock
    slots: int
    grace: timedelta
    part: Fraction = Fraction(1)
    figures: Figures = field(default_factory=Figures)
    tell: Tell | None = None
    _running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _full_at: float = field(default_factory=time.monotonic)
    _preparing: asyncio.Future[None] | None = None
    _has_egress: bool = False
    _ends: bool = False

    async def run(self) -> int:
        """Work until nothing is planned for any account of the egress; return the exit code. Raises UserError.

        When it is cancelled, passes under way have ``grace`` to end, and what they claimed is given back.
        """
        await self.means.database.ask(self.lock.take)
        try:
            return await self._locked()
        finally:
            await self._sign_off()

    async def _locked(self) -> int:
        await self._take_over()
        duties = list[asyncio.Task[None]]()
        try:
            await self._open()
            duties += map(asyncio.create_task, (self._pulse(), self._sweep(), self._tidy(), self._tell()))
            await _first_end(duties)
        except asyncio.CancelledError:
            await self._let_end(self.grace)
            raise
        except BaseException:
            await self._let_end(timedelta(0))
            raise
        finally:
            for duty in duties:
                duty.cancel()
        await self._tell_last()
        return await self._exit_code()

    async def _open(self) -> None:
        """Open the engine, which may call for looks at once, and load meanwhile what they need."""
        now, egress = self.means.clock.now(), self.means.egress
        due = await self.means.database.read(lambda connection: standing.exchanges_due(connection, egress, now))
        self._preparing = asyncio.get_running_loop().run_in_executor(None, prepare, due)
        await self.means.engine.work(egress, self.slots, self._call)
        await self._preparing

    async def _take_over(self) -> None:
        """Begin where the process before ended, and keep the limits that it may have used."""
        means, egress = self.means, self.means.egress
        used_at = await take_over(means.database, egress)
        self._has_egress = True
        bans = await means.database.write(lambda connection: find_bans(connection, egress))
        self.means = replace(means, hosts=means.hosts.shared(Share(self.part, used_at), bans))
        await means.database.read(means.clock.set)
        now, lasting = means.clock.now(), means.engine.lasting
        await means.database.write(lambda connection: standing.resume(connection, egress, now, lasting=lasting))

    async def _call(self, family: str) -> None:
        """Look at a family, for the engine."""
        if self._preparing is not None:
            await asyncio.wait([self._preparing])
        if self._ends:
            await asyncio.Event().wait()  # the next worker is called for it
        if family in self._running:
            return  # the look under way asks for the next alarm
        looking = self._running[family] = asyncio.create_task(look(self.means, family))
        self._note_full()
        try:
            await looking
        finally:
            looking.cancel()
            self._note_full()
            del self._running[family]

    def _note_full(self) -> None:
        if len(self._running) >= self.slots:
            self._full_at = time.monotonic()

    async def _pulse(self) -> None:
        """Keep the lock, the clock and the signs of life. Raises EgressTakenError when another process took over."""
        while True:
            await self.figures.until_banned(PULSE)
            try:
                await self.means.database.ask(self.lock.keep, PATIENCE)
                await self.means.database.write(partial(self._write_signs, bans=self.means.hosts.bans()), 0.0)
            except HistoryAwayError:
                continue

    def _write_signs(self, connection: Connection, bans: Mapping[str, float]) -> None:
        self.means.clock.set(connection)
        now = read_clock(connection)
        egresses.note_life(connection, self.means.egress, now)
        passes, limited = self.figures.take()
        if passes or limited:
            egresses.count(connection, self.means.egress, now, passes, limited)
        note_bans(connection, self.means.egress, bans)

    async def _sweep(self) -> None:
        """Ask for alarms where nobody did or where they were lost; end when nothing is planned any more."""
        while True:
            has_room = await self._has_room()
            lost = await self.means.database.read(partial(self._without_alarm, has_room=has_room))
            now = self.means.clock.now()
            alarms = {family: max(due, now) for family, due in lost if family not in self._running}
            await ring_all(self.means, alarms, "~")
            if not self._running and await self.means.database.read(self._is_over):
                return
            await asyncio.sleep(SWEEP)

    async def _has_room(self) -> bool:
        """Return whether slots were free for a while, and no alarm waits for one: then one that is missing is lost.

        Families that wait for a slot have their alarms: to ask again would add to what waits.
        """
        if len(self._running) >= self.slots or time.monotonic() - self._full_at < LOST.total_seconds():
            return False
        try:
            return not await self.means.engine.is_behind()
        except Exception:  # noqa: BLE001 - the engine's errors are of many kinds
            return False

    def _without_alarm(self, connection: Connection, *, has_room: bool) -> Sequence[tuple[str, datetime]]:
        now = self.means.clock.now()
        overdue = now - (LOST if has_room else LATE) * self.means.clock.speed
        return standing.without_alarm(connection, self.means.egress, now, overdue, AT_ONCE)

    def _is_over(self, connection: Connection) -> bool:
        return standing.all_over(connection, self.means.egress)

    async def _tidy(self) -> None:
        while True:
            await asyncio.sleep(TIDY)
            try:
                await self.means.engine.tidy()
            except Exception as error:  # noqa: BLE001 - the engine's errors are of many kinds
                _LOGGER.warning(_("The engine could not tidy up: {kind}.").format(kind=type(error).__name__))

    async def _tell(self) -> None:
        """Send the news of the fleet now and then."""
        while True:
            await asyncio.sleep(NEWS)
            await self._send_news(at_once=False)

    async def _tell_last(self) -> None:
        """Send what is new as the work ends; another worker that sends just now may not know it."""
        while True:
            if await self._send_news(at_once=True):
                return
            await asyncio.sleep(TURN)

    async def _send_news(self, *, at_once: bool) -> bool:
        """Send the news; return whether it was sent, or cannot be."""
        try:
            return self.tell is None or await self.tell(at_once)
        except Exception as error:  # noqa: BLE001 - news must not end the work
            _LOGGER.warning(_("The news of the fleet could not be told: {kind}.").format(kind=type(error).__name__))
            return True

    async def _let_end(self, grace: timedelta) -> None:
        """Begin no more looks, let those under way end, and cut off those that take longer."""
        self._ends = True
        running = set(self._running.values())
        if running:
            if grace:
                template = _(
                    "Ending: checks under way ({count}) may go on for {seconds} s. A second signal cuts them off."
                )
                _LOGGER.warning(template.format(count=len(running), seconds=int(grace.total_seconds())))
            with suppress(asyncio.CancelledError):  # asked twice to end: at once, then
                await asyncio.wait(running, timeout=grace.total_seconds())
        for looking in running:
            looking.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _exit_code(self) -> int:
        """Return 0 when all accounts are clean and confirmed, and otherwise what a watch would."""
        egress = self.means.egress
        found = await self.means.database.read(lambda connection: standing.verdicts(connection, egress))
        verdict = overall_verdict(verdict for verdict, _over in found)
        confirmed = all(over for _verdict, over in found)
        return EXIT_CODES[Verdict.INCOMPLETE if verdict is Verdict.CLEAN and not confirmed else verdict]

    async def _sign_off(self) -> None:
        if self._has_egress:
            with suppress(HistoryAwayError):
                await self.means.database.write(partial(self._write_end, bans=self.means.hosts.bans()), 0.0)
        await self.means.engine.close()
        await self.means.database.ask(self.lock.release, 0.0)  # on the thread that took it, where that matters

    def _write_end(self, connection: Connection, bans: Mapping[str, float]) -> None:
        self._write_signs(connection, bans)
        egresses.end(connection, self.means.egress, read_clock(connection))


async def _first_end(duties: Sequence[asyncio.Task[None]]) -> None:
    """Wait until one ends, and raise its error."""
    done, _others = await asyncio.wait(duties, return_when=asyncio.FIRST_COMPLETED)
    for duty in done:
        duty.result()
