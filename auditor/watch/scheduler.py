"""What to do next, from the history alone: a watch that was killed goes on as if nothing had happened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from auditor.assessment.verdict import overall
from auditor.history.models import State, Who
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.history.streaks import Standing
from auditor.i18n import Message, _
from auditor.model.report import Report, Verdict
from auditor.watch.policy import Done, Look, Policy, next_check

SET_BACK = timedelta(minutes=5)
"""So far clocks are corrected in passing; a last look further ahead was dated by a wrong one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Look at these accounts at that time. ``anew``: another watch begins; ``confirms``: all that is left is clean."""

    at: datetime
    names: tuple[str, ...]
    reason: Message
    anew: bool = False
    confirms: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Nothing is left to do. ``verdict`` of all accounts, as of ``finished_at``; ``clean``: confirmed."""

    reason: Message
    verdict: Verdict
    clean: bool
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class _Family:
    """Accounts that can only be judged together: a main account and its sub-accounts."""

    names: tuple[str, ...]
    states: tuple[State, ...]
    next: Look | Done

    @property
    def clean(self) -> bool:
        return bool(self.states) and all(state.verdict is Verdict.CLEAN for state in self.states)


class Planner:
    """Plans from a history, for these accounts, under this policy."""

    def __init__(self, history: History, accounts: Sequence[Who], policy: Policy) -> None:
        """Plan for ``accounts``, in this order."""
        self.history, self.accounts, self.policy = history, accounts, policy
        self._load = lru_cache(maxsize=4)(history.load)

    def states(self) -> tuple[State, ...]:
        """Where the accounts stand that were read at least once."""
        found = (self.history.state(who) for who in self.accounts)
        return tuple(state for state in found if state is not None)

    def plan(self, now: datetime) -> Due | Over:
        """What to do next."""
        families = list(self._families(now))
        waiting = [family for family in families if isinstance(family.next, Look)]
        if waiting:
            return self._due(waiting, now)
        states = [state for family in families for state in family.states]
        return self._everything(states, now) or _over(families, states)

    def _families(self, now: datetime) -> Iterable[_Family]:
        groups: dict[tuple[str, ...], list[tuple[Who, State]]] = {}
        for who in self.accounts:
            state = self.history.state(who)
            if state is None:
                look = Look(at=now, reason=_("it was never read"))
                yield _Family((who.name,), (), look)
            else:
                groups.setdefault(state.family, []).append((who, state))
        for members in groups.values():
            names, states = tuple(who.name for who, _s in members), tuple(state for _w, state in members)
            yield _Family(names, states, self._next(states, now))

    def _next(self, states: Sequence[State], now: datetime) -> Look | Done:
        if len({state.pass_id for state in states}) > 1:
            return Look(at=now, reason=_("its accounts belong together and were not read together"))
        if any(state.finished_at > now + SET_BACK for state in states):
            return Look(at=now, reason=_("the clock was set back since the last look"))
        stored: Pass = self._load(states[0].pass_id)
        report = only(stored.report, {state.name for state in states})
        return next_check(report, together([state.standing for state in states]), self.policy)

    def _due(self, waiting: Sequence[_Family], now: datetime) -> Due:
        looks = {family.names: family.next for family in waiting if isinstance(family.next, Look)}
        first = min(looks.values(), key=lambda look: look.at)
        due = {name for names, look in looks.items() if look.at <= max(first.at, now) for name in names}
        confirms = all(family.clean for family in waiting)
        # The last passes read everything, so that the verdict in the end is that of one pass.
        chosen = (who.name for who in self.accounts if confirms or who.name in due)
        return Due(at=first.at, names=tuple(chosen), reason=first.reason, confirms=confirms)

    def _everything(self, states: Sequence[State], now: datetime) -> Due | None:
        """A pass over all accounts, when the last ones are too old to answer with, or never read all together."""
        if self.policy.until is not None and now >= self.policy.until:
            return None
        names, last = tuple(who.name for who in self.accounts), max(state.finished_at for state in states)
        if now - last >= self.policy.floor:
            return Due(at=now, names=names, reason=_("the last watch is over, and another begins"), anew=True)
        if len({state.pass_id for state in states}) > 1 and all(s.verdict is Verdict.CLEAN for s in states):
            reason = _("each is clean by itself; one pass over all must say so")
            return Due(at=now, names=names, reason=reason, confirms=True)
        return None


def only(report: Report, names: Iterable[str]) -> Report:
    """``report`` on some of its accounts."""
    chosen = set(names)
    accounts = tuple(account for account in report.accounts if account.snapshot.name in chosen)
    return replace(
        report,
        accounts=accounts,
        findings=tuple(finding for finding in report.findings if finding.account in chosen),
        dust=tuple(line for line in report.dust if line.account in chosen),
        verdict=overall(account.verdict for account in accounts),
    )


def together(standings: Sequence[Standing]) -> Standing:
    """Where accounts that belong together stand: as the one that is least far."""
    clean = [standing.clean_since for standing in standings]
    complete = [standing.complete_at for standing in standings]
    return Standing(
        passes=max(standing.passes for standing in standings),
        quiet=min(standing.quiet for standing in standings),
        clean_since=max((at for at in clean if at), default=None) if all(clean) else None,
        complete_at=min((at for at in complete if at), default=None) if all(complete) else None,
        begun_at=min((standing.begun_at for standing in standings if standing.begun_at), default=None),
    )


def _over(families: Sequence[_Family], states: Sequence[State]) -> Over:
    done = [family.next for family in families if isinstance(family.next, Done)]
    unclean = [each for each in done if not each.clean]
    return Over(
        reason=(unclean or done)[0].reason,
        verdict=overall(state.verdict for state in states),
        clean=not unclean,
        finished_at=min(state.finished_at for state in states),
    )
