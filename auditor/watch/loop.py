"""The loop of a watch: wait until the next pass is due, audit, store, notify, repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from auditor.assessment.verdict import overall_verdict
from auditor.history.claims import ClaimLostError
from auditor.history.database import HistoryAwayError
from auditor.history.lease import Lease, hold_lease, keep_renewed
from auditor.history.models import ConfiguredAccount
from auditor.history.outage import wait_out
from auditor.history.serialization import Pass
from auditor.model.report import EXIT_CODES, Verdict
from auditor.watch.clock import WatchClock
from auditor.watch.scheduler import DuePass, Planner, WatchOver

MakePass = Callable[[Sequence[str]], Awaitable[Pass]]
"""Audits the accounts with these names and returns the pass."""
UNCONFIRMED = EXIT_CODES[Verdict.INCOMPLETE]


class WatchObserver(Protocol):
    """An observer of a watch. It reports its own failures and never raises."""

    async def news(self, plan: DuePass | WatchOver) -> None:
        """Report what was not reported yet; called at the start and after each pass."""

    def waiting(self, plan: DuePass) -> None:
        """Report when the next pass is."""

    def stored(self, plan: DuePass | WatchOver, verdict: Verdict) -> None:
        """Report that no pass was due, and the verdict of the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A watch with its collaborators.

    ``patience``: seconds to wait for another watch that holds the claim.
    """

    take: MakePass
    planner: Planner
    claim: Lease
    clock: WatchClock
    observer: WatchObserver
    patience: float = 3600.0

    async def run(self) -> int:
        """Make passes until the planner ends the watch. Return the exit code; raises UserError."""
        await self._report(await self._plan())
        looked = False
        while isinstance(plan := await self._plan(), DuePass):
            self.observer.waiting(plan)
            await self.clock.sleep_until(plan.at)
            looked = await self._look()
        if not looked:
            self.observer.stored(plan, plan.verdict)
        return EXIT_CODES[plan.verdict]

    async def once(self, *, wait: bool = True) -> int:
        """Make the pass that is due, if any, and confirm a clean one.

        Return the exit code; raises UserError.
        ``wait``: whether to wait for the confirming pass.
        """
        plan = await self._plan()
        await self._report(plan)
        if isinstance(plan, WatchOver) or plan.at > self.clock.now():
            self.observer.stored(plan, self._verdict())
            return self._code(plan)
        looked = await self._look()
        while wait and isinstance(plan := await self._plan(), DuePass) and plan.confirms:
            self.observer.waiting(plan)
            await self.clock.sleep_until(plan.at)
            looked = await self._look()
        if not looked:
            self.observer.stored(await self._plan(), self._verdict())
        return self._code(await self._plan())

    async def _look(self) -> bool:
        """Make and report one pass; return False when another watch made it first."""
        async with hold_lease(self.claim, self.patience):
            last = await wait_out(lambda: self.planner.history.last_id(self.planner.accounts))
            plan = await self._plan()
            if isinstance(plan, WatchOver) or plan.at > self.clock.now():
                return False
            try:
                async with keep_renewed(self.claim):
                    done = await self.take(plan.names)
                await wait_out(lambda: self._store(done, last, plan))
            except ClaimLostError:
                return False
        await self._report(await self._plan())
        return True

    def _store(self, done: Pass, last: int, plan: DuePass) -> None:
        accounts, holder = self._by_name(), self.claim.holder
        self.planner.history.append(done, accounts, after=last, anew=plan.anew, holder=holder)

    async def _plan(self) -> DuePass | WatchOver:
        return await wait_out(lambda: self.planner.plan(self.clock.now()))

    async def _report(self, plan: DuePass | WatchOver) -> None:
        try:
            await self.observer.news(plan)
        except HistoryAwayError:  # what was sent already is noted as sent, or sent once more
            await wait_out(self.planner.history.last_id)
            await self.observer.news(plan)

    def _by_name(self) -> Mapping[str, ConfiguredAccount]:
        return {account.name: account for account in self.planner.accounts}

    def _verdict(self) -> Verdict:
        return overall_verdict(state.verdict for state in self.planner.states())

    def _code(self, plan: DuePass | WatchOver) -> int:
        """Return the exit code: a clean verdict that is not confirmed yet counts as incomplete."""
        verdict = self._verdict()
        return UNCONFIRMED if verdict is Verdict.CLEAN and isinstance(plan, DuePass) else EXIT_CODES[verdict]
