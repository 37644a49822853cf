"""A look at a family: claim it, plan, and when it is due read it, store the pass and ask for the next alarm."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from auditor.fleet.accounts import FleetAccount, find_family
from auditor.fleet.database import Database, FleetClock
from auditor.fleet.engine import Engine
from auditor.fleet.keys import FamilyKeys, fetched
from auditor.fleet.membership import SOONEST
from auditor.fleet.reading import read_family
from auditor.fleet.standing import Standing, has_alarm, note_alarm, note_standing
from auditor.history.claims import ClaimLostError
from auditor.history.database import HistoryAwayError
from auditor.history.lease import RowLease, renewed
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.i18n import Message, _, joined
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.model.report import Verdict
from auditor.security.credentials_template import CredentialsTemplate
from auditor.transport.host import Hosts
from auditor.watch.policy import Policy
from auditor.watch.scheduler import DuePass, Planner, WatchOver

T = TypeVar("T")
_Alarm = tuple[str, datetime]
"""A family, and when to ring for it."""
TAKEN = timedelta(seconds=30)
"""Time until the next try where another program has the family."""
TOGETHER = timedelta(minutes=10)
"""Time within which alarms for one moment that are asked for again are one."""
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
    hosts: Hosts
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
        await ring(means, family, means.clock.after(TAKEN))
    except Exception as error:  # noqa: BLE001 - one family must not end the worker
        why = error.message if isinstance(error, UserError) else _("internal error: {kind}: {text}")
        means.say(family, why if isinstance(error, UserError) else why.format(kind=type(error).__name__, text=error))
        await ring(means, family, means.clock.after(FAILED))


async def ring(means: Means, family: str, at: datetime, why: str = "") -> None:
    """Ask for an alarm, once for each time and reason. An error leaves it to the sweep."""
    key = f"{family}@{at:%Y%m%dT%H%M%S.%f}{why}"
    try:
        await means.engine.later(family, means.clock.delay(at), key)
        await means.database.write(lambda connection: note_alarm(connection, family, at))
    except Exception as error:  # noqa: BLE001 - the engine's errors are of many kinds
        means.say(family, _("no alarm could be set: {kind}").format(kind=type(error).__name__))


@dataclass(slots=True)
class Look:
    """One look at one family."""

    means: Means
    family: str
    accounts: tuple[FleetAccount, ...] = field(default=())

    async def run(self) -> None:
        """Read the family if it is due, and ask for the next alarm. Raises UserError."""
        if not await self._is_wanted():
            return
        lease = RowLease(self.means.database.history, [account.configured for account in self.accounts])
        if not await self._ask(lease.take):
            await self._ring_unless_asked()
            return
        try:
            alarm = await self._under_claim(lease)
        finally:
            with suppress(HistoryAwayError):  # then it expires
                await asyncio.shield(self.means.database.ask(lease.release, 0.0))
        if alarm is not None:  # after the claim was given back, which an alarm at once would find taken
            await ring(self.means, *alarm)

    async def _is_wanted(self) -> bool:
        """Return whether the family is this egress's and due; ask for its alarm again if it rang too early."""
        self.accounts = await self.means.database.read(lambda connection: find_family(connection, self.family))
        due = min((account.due_at for account in self.accounts if account.due_at), default=None)
        if due is None or self.accounts[0].egress != self.means.egress:
            return False
        if due > self.means.clock.now():
            await self._ring_again(due)
            return False
        return True

    async def _ring_again(self, due: datetime) -> None:
        """Ask for the alarm of a family that was rung for too early; several do so together.

        One that rings long before is left over where the family's own is still ahead: it must not go on for ever.
        """
        now = self.means.clock.now()
        is_near = due < self.means.clock.after(TOGETHER)
        if is_near or not await self.means.database.read(lambda connection: has_alarm(connection, self.family, now)):
            await ring(self.means, self.family, due, f"~{self.means.clock.part(TOGETHER)}")

    async def _ring_unless_asked(self) -> None:
        """Ask for an alarm after a while, unless one is ahead: alarms that find a family taken must not add up."""
        now = self.means.clock.now()
        if not await self.means.database.read(lambda connection: has_alarm(connection, self.family, now)):
            await ring(self.means, self.family, self.means.clock.after(TAKEN))

    async def _under_claim(self, lease: RowLease) -> _Alarm | None:
        """Plan anew now that nobody else can look, and do it; return the alarm to ask for."""
        if not await self._is_wanted():
            return None
        due = await self._plan([account.configured for account in self.accounts])
        if due.at is None or due.at > self.means.clock.now():
            return await self._note({account.name: account.configured for account in self.accounts}, due)
        async with renewed(lease), fetched(self.accounts, self.means.template) as keys:
            # Once the keys are known, the accounts may turn out to be others that somebody has claimed.
            more = RowLease(self.means.database.history, keys.configured, holder=lease.holder)
            if await self._ask(more.take):
                return await self._read(lease, keys, due)
        return self.family, self.means.clock.after(TAKEN)

    async def _read(self, lease: RowLease, keys: FamilyKeys, due: _Due) -> _Alarm | None:
        history, means = self.means.database.history, self.means
        configured = {account.name: account for account in keys.configured}
        after = await self._ask(lambda: history.last_id(configured.values()))
        done = await read_family(keys, means.options, means.hosts, means.clock.now)
        await self._ask(lambda: history.append(done, configured, after=after, anew=due.anew, holder=lease.holder))
        means.stored(self.family, done)
        return await self._note(configured, await self._plan(keys.configured))

    async def _note(self, configured: Mapping[str, ConfiguredAccount], due: _Due) -> _Alarm | None:
        """Write down when the family is due, and return the alarm to ask for."""
        standing, now = Standing(due_at=due.at, over=due.over), self.means.clock.now()
        key, at = await self.means.database.write(
            lambda connection: note_standing(connection, self.accounts, configured, standing, now)
        )
        return None if at is None else (key, at)

    async def _plan(self, configured: Sequence[ConfiguredAccount]) -> _Due:
        """Return when the family is due, by the history and by who asked for a look."""
        now, history = self.means.clock.now(), self.means.database.history
        planner = Planner(history, configured, self.means.policy, renews=False)
        plan, states = await self._ask(lambda: (planner.plan(now), planner.states()))
        last = max((state.finished_at for state in states), default=None)
        asked = max((account.asked_at for account in self.accounts if account.asked_at), default=None)
        if asked is not None and (last is None or asked > last):
            return _Due(asked if last is None else max(asked, last + SOONEST), anew=isinstance(plan, WatchOver))
        if isinstance(plan, DuePass):
            return _Due(plan.at, anew=plan.anew)
        return _Due(None, over=plan.clean and plan.verdict is Verdict.CLEAN)

    async def _ask(self, call: Callable[[], T]) -> T:
        return await self.means.database.ask(call)
