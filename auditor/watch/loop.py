"""The watch itself: wait until the next look, look, store, tell; over and over until it is over."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from auditor.assessment.verdict import overall
from auditor.history.lease import Claim, held
from auditor.history.models import Who
from auditor.history.serialization import Pass
from auditor.model.report import EXIT_CODES, Verdict
from auditor.watch.clock import Clock
from auditor.watch.scheduler import Due, Over, Planner

Take = Callable[[Sequence[str]], Awaitable[Pass]]
"""Makes one pass over the accounts of these names."""
UNCONFIRMED = EXIT_CODES[Verdict.INCOMPLETE]


class Teller(Protocol):
    """Whoever wants to know how a watch goes. What it cannot tell it reports itself, and never raises."""

    async def news(self, plan: Due | Over) -> None:
        """Tell what the history holds that was not told yet; called after each pass, and at the start."""

    def waiting(self, plan: Due) -> None:
        """Tell when the next look is."""

    def stored(self, plan: Due | Over, verdict: Verdict) -> None:
        """Tell that nothing was due, and what the last pass said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Everything that a watch needs. ``patience``: seconds to wait while another watch makes a pass."""

    take: Take
    planner: Planner
    claim: Claim
    clock: Clock
    teller: Teller
    patience: float = 3600.0

    async def run(self) -> int:
        """Watch until it is over. The exit code; raises Problem."""
        await self.teller.news(self._plan())
        looked = False
        while isinstance(plan := self._plan(), Due):
            self.teller.waiting(plan)
            await self.clock.sleep_until(plan.at)
            looked = await self._look()
        if not looked:
            self.teller.stored(plan, plan.verdict)
        return EXIT_CODES[plan.verdict]

    async def once(self, *, wait: bool = True) -> int:
        """Make the pass that is due, if one is, and confirm a clean one. The exit code; raises Problem."""
        plan = self._plan()
        await self.teller.news(plan)
        if isinstance(plan, Over) or plan.at > self.clock.now():
            self.teller.stored(plan, self._verdict())
            return self._code(plan)
        looked = await self._look()
        while wait and isinstance(plan := self._plan(), Due) and plan.confirms:
            self.teller.waiting(plan)
            await self.clock.sleep_until(plan.at)
            looked = await self._look()
        if not looked:
            self.teller.stored(self._plan(), self._verdict())
        return self._code(self._plan())

    async def _look(self) -> bool:
        """Make a pass; False when another watch was quicker, and told of it."""
        async with held(self.claim, self.patience):
            last = self.planner.history.last_id()
            plan = self._plan()
            if isinstance(plan, Over) or plan.at > self.clock.now():
                return False
            done = await self.take(plan.names)
            self.planner.history.append(done, self._by_name(), after=last, anew=plan.anew)
        await self.teller.news(self._plan())
        return True

    def _plan(self) -> Due | Over:
        return self.planner.plan(self.clock.now())

    def _by_name(self) -> Mapping[str, Who]:
        return {who.name: who for who in self.planner.accounts}

    def _verdict(self) -> Verdict:
        return overall(state.verdict for state in self.planner.states())

    def _code(self, plan: Due | Over) -> int:
        """A clean that nothing has confirmed yet is not one to rely on."""
        verdict = self._verdict()
        return UNCONFIRMED if verdict is Verdict.CLEAN and isinstance(plan, Due) else EXIT_CODES[verdict]
