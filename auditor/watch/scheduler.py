"""Planning of the next pass from the history alone, so that a killed watch resumes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Protocol

from auditor.assessment.verdict import overall_verdict
from auditor.history.models import AccountState, ConfiguredAccount
from auditor.history.serialization import DamagedPassError, Pass
from auditor.history.store import History
from auditor.history.streaks import WatchState
from auditor.i18n import Message, _
from auditor.model.report import Report, Verdict
from auditor.watch.policy import NextPass, Policy, WatchEnd, next_pass

CLOCK_TOLERANCE = timedelta(minutes=5)
"""Tolerated clock correction: a last pass dated further ahead means a wrong clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePass:
    """A pass over these accounts at that time.

    ``anew``: a new watch begins with it; ``confirms``: the pass confirms accounts that are clean already.
    """

    at: datetime
    names: tuple[str, ...]
    reason: Message
    anew: bool = False
    confirms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchOver:
    """The end of a watch.

    ``verdict``: of all accounts, as of ``finished_at``; ``clean``: confirmed by a second pass.
    """

    reason: Message
    verdict: Verdict
    clean: bool
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class _Family:
    """Accounts that must be judged together: a main account and its sub-accounts."""

    names: tuple[str, ...]
    states: tuple[AccountState, ...]
    next: NextPass | WatchEnd

    @property
    def clean(self) -> bool:
        return bool(self.states) and all(state.verdict is Verdict.CLEAN for state in self.states)


class Passes(Protocol):
    """What a plan goes by: the history, or what was read of it."""

    def state(self, account: ConfiguredAccount) -> AccountState | None:
        """Return the state of an account after the last pass of a watch; None if none has read it."""

    def load(self, number: int) -> Pass:
        """Return a stored pass. Raises UserError."""


class Planner:
    """A planner of passes over accounts, from their history and a policy."""

    def __init__(
        self,
        history: History,
        accounts: Sequence[ConfiguredAccount],
        policy: Policy,
        *,
        renews: bool = True,
        passes: Passes | None = None,
    ) -> None:
        """Plan for ``accounts``, keeping their order.

        ``renews``: a watch that is over begins anew when it is old; ``passes``: what was read of the history already.
        """
        self.history, self.accounts, self.policy, self._renews = history, accounts, policy, renews
        self._passes: Passes = passes or history
        self._load = lru_cache(maxsize=4)(self._passes.load)

    def states(self) -> tuple[AccountState, ...]:
        """Return the state of every account that was read at least once."""
        states = (self._passes.state(account) for account in self.accounts)
        return tuple(state for state in states if state is not None)

    def plan(self, now: datetime) -> DuePass | WatchOver:
        """Return the next pass, or the end of the watch."""
        families = list(self._families(now))
        waiting = [family for family in families if isinstance(family.next, NextPass)]
        if waiting:
            return self._due(waiting, now)
        states = [state for family in families for state in family.states]
        return (self._full_pass(states, now) if self._renews else None) or _over(families, states)

    def _families(self, now: datetime) -> Iterable[_Family]:
        groups: dict[tuple[str, ...], list[tuple[ConfiguredAccount, AccountState]]] = {}
        for account in self.accounts:
            state = self._passes.state(account)
            if state is None:
                look = NextPass(at=now, reason=_("first check"))
                yield _Family((account.name,), (), look)
            else:
                groups.setdefault(state.family, []).append((account, state))
        for members in groups.values():
            names, states = tuple(account.name for account, _s in members), tuple(state for _w, state in members)
            yield _Family(names, states, self._next(states, now))

    def _next(self, states: Sequence[AccountState], now: datetime) -> NextPass | WatchEnd:
        if len({state.pass_id for state in states}) > 1:
            return NextPass(at=now, reason=_("its accounts belong together and were not checked together"))
        if any(state.finished_at > now + CLOCK_TOLERANCE for state in states):
            return NextPass(at=now, reason=_("this computer's clock was set back since the last check"))
        try:
            stored: Pass = self._load(states[0].pass_id)
        except DamagedPassError:
            return NextPass(at=now, reason=_("the last check is damaged in the history"))
        report = restrict_to(stored.report, {state.name for state in states})
        return next_pass(report, merge_standings([state.standing for state in states]), self.policy)

    def _due(self, waiting: Sequence[_Family], now: datetime) -> DuePass:
        looks = {family.names: family.next for family in waiting if isinstance(family.next, NextPass)}
        first = min(looks.values(), key=lambda look: look.at)
        due = {name for family, look in looks.items() if look.at <= max(first.at, now) for name in family}
        confirms = all(family.clean for family in waiting)
        # A confirming pass reads every account, so that the final verdict is that of one pass.
        names = (account.name for account in self.accounts if confirms or account.name in due)
        return DuePass(at=first.at, names=tuple(names), reason=first.reason, confirms=confirms)

    def _full_pass(self, states: Sequence[AccountState], now: datetime) -> DuePass | None:
        """Return a pass over all accounts when the last ones are old, or never read all together."""
        if self.policy.until is not None and now >= self.policy.until:
            return None
        names, last = tuple(account.name for account in self.accounts), max(state.finished_at for state in states)
        if now - last >= self.policy.floor:
            return DuePass(at=now, names=names, reason=_("the last watch is over, and a new one begins"), anew=True)
        if len({state.pass_id for state in states}) > 1 and all(s.verdict is Verdict.CLEAN for s in states):
            reason = _("each account is ready by itself; one check of all of them must confirm it")
            return DuePass(at=now, names=names, reason=reason, confirms=True)
        return None


def restrict_to(report: Report, names: Iterable[str]) -> Report:
    """Return ``report`` restricted to the accounts with these names."""
    kept = set(names)
    accounts = tuple(account for account in report.accounts if account.snapshot.name in kept)
    return replace(
        report,
        accounts=accounts,
        findings=tuple(finding for finding in report.findings if finding.account in kept),
        dust=tuple(line for line in report.dust if line.account in kept),
        verdict=overall_verdict(account.verdict for account in accounts),
    )


def merge_standings(standings: Sequence[WatchState]) -> WatchState:
    """Merge the standings of related accounts: the least advanced value of each counts."""
    clean = [standing.clean_since for standing in standings]
    complete = [standing.complete_at for standing in standings]
    return WatchState(
        passes=max(standing.passes for standing in standings),
        quiet=min(standing.quiet for standing in standings),
        clean_since=max((at for at in clean if at), default=None) if all(clean) else None,
        complete_at=min((at for at in complete if at), default=None) if all(complete) else None,
        begun_at=min((standing.begun_at for standing in standings if standing.begun_at), default=None),
    )


def _over(families: Sequence[_Family], states: Sequence[AccountState]) -> WatchOver:
    done = [family.next for family in families if isinstance(family.next, WatchEnd)]
    unclean = [end for end in done if not end.clean]
    return WatchOver(
        reason=(unclean or done)[0].reason,
        verdict=overall_verdict(state.verdict for state in states),
        clean=not unclean,
        finished_at=min(state.finished_at for state in states),
    )
