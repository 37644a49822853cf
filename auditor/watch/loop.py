"""The loop of a watch: wait until the next pass is due, audit, store, notify, repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from auditor.assessment.verdict import overall_verdict
from auditor.history.lease import Lease, hold_lease
from auditor.history.models import ConfiguredAccount
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
    teller: WatchObserver
    patience: float = 3600.0

    async def run(self) -> int:
        """Make passes until the planner ends the watch. Return the exit code; raises UserError."""
        await self.teller.news(self._plan())
        looked = False
        while isinstance(plan := self._plan(), DuePass):
            self.teller.waiting(plan)
            await self.clock.sleep_until(plan.at)
            looked = await self._look()
        if not looked:
            self.teller.stored(plan, plan.verdict)
        return EXIT_CODES[plan.verdict]

    async def once(self, *, wait: bool = True) -> int:
        """Make the pass that is due, if any, and confirm a clean one.

        Return the exit code; raises UserError.
        ``wait``: whether to wait for the confirming pass.
        """
        plan = self._plan()
        await self.teller.news(plan)
        if isinstance(plan, WatchOver) or plan.at > self.clock.now():
            self.teller.stored(plan, self._verdict())
            return self._code(plan)
        looked = await self._look()
        while wait and isinstance(plan := self._plan(), DuePass) and plan.confirms:
            self.teller.waiting(plan)
            await self.clock.sleep_until(plan.at)
            looked = await self._look()
        if not looked:
            self.teller.stored(self._plan(), self._verdict())
        return self._code(self._plan())

    async def _look(self) -> bool:
        """Make and report one pass; return False when another watch made it first."""
        async with hold_lease(self.claim, self.patience):
            last = self.planner.history.last_id()
            plan = self._plan()
            if isinstance(plan, WatchOver) or plan.at > self.clock.now():
                return False
            done = await self.take(plan.names)
            self.planner.history.append(done, self._by_name(), after=last, anew=plan.anew)
        await self.teller.news(self._plan())
        return True

    def _plan(self) -> DuePass | WatchOver:
        return self.planner.plan(self.clock.now())

    def _by_name(self) -> Mapping[str, ConfiguredAccount]:
        return {who.name: who for who in self.planner.accounts}

    def _verdict(self) -> Verdict:
        return overall_verdict(state.verdict for state in self.planner.states())

    def _code(self, plan: DuePass | WatchOver) -> int:
        """Return the exit code: a clean verdict that is not confirmed yet counts as incomplete."""
        verdict = self._verdict()
        return UNCONFIRMED if verdict is Verdict.CLEAN and isinstance(plan, DuePass) else EXIT_CODES[verdict]
