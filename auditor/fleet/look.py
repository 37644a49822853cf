"""A look at a family: claim it, plan, and when it is due read it, store the pass and ask for the next alarm."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection

from auditor.fleet.database import Database, FleetClock
from auditor.fleet.engine import Engine
from auditor.fleet.family import FoundFamily, KnownPasses, States, claim_due, claim_more, read_states
from auditor.fleet.keys import FamilyKeys, fetched
from auditor.fleet.membership import SOONEST
from auditor.fleet.reading import read_family
from auditor.fleet.standing import NextLook, note_alarms, note_later, note_rung, note_standing, postpone
from auditor.history import claims
from auditor.history.claims import ClaimLostError
from auditor.history.database import HistoryAwayError
from auditor.history.lease import RowLease, keep_renewed
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.writer import StoredPass
from auditor.i18n import Message, _, joined
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.model.report import Verdict
from auditor.security.credentials_template import CredentialsTemplate
from auditor.transport.host import HostPool
from auditor.watch.policy import Policy
from auditor.watch.scheduler import DuePass, Planner, WatchOver

T = TypeVar("T")
TAKEN = timedelta(seconds=30)
"""Time until the next try where another program has the family."""
NEAR = timedelta(minutes=10)
"""Time before its due within which an alarm is taken for the family's own that rang early."""
REST = timedelta(minutes=1)
"""Time after which the limits of a family's keys are free of what a check that was cut off asked."""
FAILED = timedelta(minutes=5)
"""Time until the next try after an error that concerns one family."""
_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What every look of a worker uses. ``stored`` is called with each pass that was stored."""

    database: Database
    engine: Engine
    clock: FleetClock
    egress: str
    template: CredentialsTemplate
    options: Options
    hosts: HostPool
    policy: Policy
    stored: Callable[[str, Pass], None] = lambda _family, _done: None

    def say(self, family: str, why: Message) -> None:
        """Log why a look at a family came to nothing."""
        _LOGGER.warning(joined(": ", (family, why)))


@dataclass(frozen=True, slots=True)
class _Due:
    """When a family is due. ``anew``: a new watch begins with the pass."""

    at: datetime | None
    over: bool = False
    anew: bool = False


async def look(means: Means, family: str) -> None:
    """Look at a family if it is due. Raises nothing but CancelledError."""
    try:
        await Look(means, family).run()
    except ClaimLostError:
        await leave(means, family, means.clock.after(TAKEN))
    except Exception as error:  # noqa: BLE001 - one family must not end the worker
        why = error.message if isinstance(error, UserError) else _("internal error: {kind}: {text}")
        means.say(family, why if isinstance(error, UserError) else why.format(kind=type(error).__name__, text=error))
        await leave(means, family, means.clock.after(FAILED))


async def leave(means: Means, family: str, at: datetime) -> None:
    """Leave it to the sweep to ask for a family's alarm at that time.

    The engine rings by the workers' clocks, which may be minutes ahead: asked for a moment that is near, it may ring at
    once, and again and again.
    """
    try:
        await means.database.write(lambda connection: note_later(connection, family, at))
    except UserError as problem:
        means.say(family, problem.message)


async def ring_all(means: Means, alarms: Mapping[str, datetime], why: str = "") -> None:
    """Ask for alarms at the same time, and note those that the engine took. An error leaves them to the sweep.

    What is due at once may have been looked at before its alarm is noted: what that look noted stands.
    """
    taken = await asyncio.gather(*(_ask_engine(means, family, at, why) for family, at in alarms.items()))
    set_alarms = {family: at for (family, at), is_taken in zip(alarms.items(), taken, strict=True) if is_taken}
    await _note(means, set_alarms, lambda connection: note_rung(connection, set_alarms, means.clock.now()))


async def ring_noted(means: Means, alarms: Mapping[str, datetime]) -> None:
    """Ask for alarms that are noted already; those that the engine does not take are left to the sweep."""
    taken = await asyncio.gather(*(_ask_engine(means, family, at) for family, at in alarms.items()))
    none = {family: None for family, is_taken in zip(alarms, taken, strict=True) if not is_taken}
    await _note(means, none, lambda connection: note_alarms(connection, none))


async def _ask_engine(means: Means, family: str, at: datetime, why: str = "") -> bool:
    key = f"{family}@{at:%Y%m%dT%H%M%S.%f}{why}"
    try:
        await means.engine.later(family, means.clock.delay(at), key)
    except Exception as error:  # noqa: BLE001 - the engine's errors are of many kinds
        means.say(family, _("no alarm could be set: {kind}").format(kind=type(error).__name__))
        return False
    return True


async def _note(means: Means, families: Collection[str], change: Callable[[Connection], None]) -> None:
    if not families:
        return
    try:
        await means.database.write(change)
    except UserError as problem:
        means.say(", ".join(families), problem.message)


@dataclass(slots=True)
class Look:
    """One look at one family.

    ``holder``: the name of its claim; ``is_over``: the claim was given back; ``has_asked``: its keys were used.
    """

    means: Means
    family: str
    holder: str = field(default_factory=lambda: secrets.token_hex(16))
    is_over: bool = False
    has_asked: bool = False

    async def run(self) -> None:
        """Read the family if it is due, and ask for the next alarm. Raises UserError."""
        means, now = self.means, self.means.clock.now()
        history = means.database.history
        try:
            found = await self._ask(lambda: claim_due(history, self.family, means.egress, now, self.holder))
            if found.passes is None:
                await self._ring_again(found, now)
                return
            alarms = await self._claimed(found, found.passes)
        finally:
            await self._give_back()
        # After the claim was given back, which an alarm at once would find taken.
        await ring_noted(means, alarms)

    async def _ring_again(self, found: FoundFamily, now: datetime) -> None:
        """See to a further alarm where this one rang too early, or where somebody else has the family.

        One that rings long before is left over where the family's own is still ahead.
        """
        self.is_over = True
        if found.due_at is None:
            return
        is_near = found.due_at < self.means.clock.after(NEAR)
        if found.due_at > now and (is_near or not found.has_alarm):
            await leave(self.means, self.family, found.due_at)
        elif found.due_at <= now and not found.has_alarm:  # alarms that find a family taken must not add up
            await leave(self.means, self.family, self.means.clock.after(TAKEN))

    async def _claimed(self, found: FoundFamily, passes: KnownPasses) -> Mapping[str, datetime]:
        """Plan now that nobody else can look, and do it; return the alarms to ask for."""
        configured = [account.configured for account in found.accounts]
        due = await self._ask(lambda: self._plan(found, passes, configured))
        if due.at is None or due.at > self.means.clock.now():
            return await self.means.database.write(lambda connection: self._end(connection, found, passes.states, due))
        async with AsyncExitStack() as reading:
            await reading.enter_async_context(
                keep_renewed(RowLease(self.means.database.history, (), holder=self.holder))
            )
            async with fetched(found.accounts, self.means.template) as keys:
                after = await self._claim_keys(found, keys.configured)
                if after is None:
                    return await self._leave()
                self.has_asked = True
                done = await read_family(keys, self.means.options, self.means.hosts, self.means.clock.now)
                # What follows locks the claim by itself, and gives it back.
                await reading.aclose()
                return await self._store(found, keys, done, due, after)

    async def _claim_keys(self, found: FoundFamily, configured: Sequence[ConfiguredAccount]) -> int | None:
        """Claim the accounts that the keys may turn out to be; return the number of their last pass, None if taken."""
        if set(configured) == {account.configured for account in found.accounts}:
            return found.last
        return await self.means.database.write(lambda connection: claim_more(connection, configured, self.holder))

    async def _leave(self) -> Mapping[str, datetime]:
        """Give the claim back, and look again after a while."""
        await self._give_back()
        await leave(self.means, self.family, self.means.clock.after(TAKEN))
        return {}

    async def _store(
        self, found: FoundFamily, keys: FamilyKeys, done: Pass, due: _Due, after: int
    ) -> Mapping[str, datetime]:
        """Store a pass, when the family is due next, and the end of the claim, all in one transaction."""
        history, configured = self.means.database.history, keys.configured
        by_name = {account.name: account for account in configured}
        alarms: list[Mapping[str, datetime]] = []

        def also(connection: Connection, stored: StoredPass) -> None:
            states = read_states(connection, configured)
            passes = KnownPasses(history, states, done={stored.number: done})
            planned = self._plan(found, passes, configured)
            alarms.append(self._end(connection, found, states, planned))

        await self._ask(
            lambda: history.append(
                done, by_name, after=after, anew=due.anew, holder=self.holder, also=also, is_cleaned=True
            )
        )
        self.is_over = True
        self.means.stored(self.family, done)
        return alarms[-1]

    def _end(self, connection: Connection, found: FoundFamily, states: States, due: _Due) -> Mapping[str, datetime]:
        """Write down when the family is due, and give the claim back; return the alarms to ask for."""
        standing, now = NextLook(due_at=due.at, over=due.over), self.means.clock.now()
        alarms = note_standing(connection, found.accounts, states, standing, now)
        claims.release(connection, self.holder)
        return alarms

    def _plan(self, found: FoundFamily, passes: KnownPasses, configured: Sequence[ConfiguredAccount]) -> _Due:
        """Return when the family is due, by the history and by who asked for a look."""
        now = self.means.clock.now()
        history, policy = self.means.database.history, self.means.policy
        plan = Planner(history, configured, policy, renews=False, passes=passes).plan(now)
        last = max((state.finished_at for state in passes.states.values() if state is not None), default=None)
        asked = max((account.asked_at for account in found.accounts if account.asked_at), default=None)
        if asked is not None and (last is None or asked > last):
            return _Due(asked if last is None else max(asked, last + SOONEST), anew=isinstance(plan, WatchOver))
        if isinstance(plan, DuePass):
            return _Due(plan.at, anew=plan.anew)
        return _Due(None, over=plan.clean and plan.verdict is Verdict.CLEAN)

    async def _give_back(self) -> None:
        """Give back what is claimed, if the database is there; else it expires."""
        if self.is_over:
            return
        self.is_over = True
        with suppress(HistoryAwayError):
            await asyncio.shield(self.means.database.write(self._end_cut_off, 0.0))

    def _end_cut_off(self, connection: Connection) -> None:
        """Give the claim back. Keys that were used a moment ago rest: the next worker does not know their limits."""
        if self.has_asked and claims.renew(connection, self.holder, timedelta(0)):
            postpone(connection, self.family, self.means.clock.after(REST))
        claims.release(connection, self.holder)

    async def _ask(self, call: Callable[[], T]) -> T:
        return await self.means.database.ask(call)
