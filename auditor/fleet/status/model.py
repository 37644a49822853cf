"""Where a fleet stands, as values: counts by group, what blocks, and the accounts that somebody must look after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from auditor.fleet.egresses import Egress
from auditor.model.report import EXIT_CODES, Severity, Verdict

STUCK = timedelta(days=7)
"""Time with the same blockers and no date ahead after which an account is stuck."""
LATE = timedelta(hours=1)
"""Time after which a look that is due is late."""
SILENT = timedelta(minutes=5)
"""Time without a sign of life after which a worker is silent."""


class State(StrEnum):
    """The state of an account: its last verdict, whether a clean one was confirmed, or that nobody looked yet."""

    CONFIRMED = "confirmed"
    CLEAN = "clean"
    BLOCKED = "blocked"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    UNCHECKED = "unchecked"

    @property
    def verdict(self) -> Verdict:
        """The verdict for which it counts in that of the fleet: only a confirmed account is clean."""
        return _VERDICTS.get(self, Verdict.INCOMPLETE)


_VERDICTS = {State.CONFIRMED: Verdict.CLEAN, State.BLOCKED: Verdict.BLOCKED, State.REFUSED: Verdict.REFUSED}
_WORST = (Verdict.BLOCKED, Verdict.REFUSED, Verdict.INCOMPLETE)
NO_STATES: Mapping[State, int] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Counts of some of the accounts.

    ``partial``: the last pass did not read every documented place, ``unread_since`` for the one that waits longest;
    ``returned``: clean once and blocked now; ``undated``: nobody can say when they are over; ``ready_at``: the latest
    date to wait for.
    """

    name: str
    states: Mapping[State, int] = field(default_factory=lambda: NO_STATES)
    blockers: int = 0
    stuck: int = 0
    late: int = 0
    partial: int = 0
    returned: int = 0
    undated: int = 0
    ready_at: datetime | None = None
    unread_since: datetime | None = None

    @property
    def accounts(self) -> int:
        """The number of accounts."""
        return sum(self.states.values())

    def count(self, *states: State) -> int:
        """Return the number of accounts in these states."""
        return sum(self.states.get(state, 0) for state in states)

    @property
    def verdict(self) -> Verdict:
        """The verdict of a run over all of its accounts; incomplete without any."""
        found = {state.verdict for state, number in self.states.items() if number}
        worst = next((verdict for verdict in _WORST if verdict in found), Verdict.CLEAN)
        return worst if found else Verdict.INCOMPLETE


@dataclass(frozen=True, slots=True, kw_only=True)
class Blockage:
    """What one rule reports at one exchange: ``findings`` in ``accounts``."""

    rule: str
    exchange: str
    severity: Severity
    findings: int
    accounts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """One account that somebody must look after. ``since``: for how long; ``rules``: what blocks it."""

    name: str
    exchange: str
    egress: str
    state: State
    blockers: int
    unread: int
    since: datetime | None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetStatus:
    """Where a fleet stands at a time.

    The lists name the first accounts, or all of those that were asked for; ``running``: families that are being read.
    """

    at: datetime
    stuck_after: timedelta
    total: Group
    exchanges: tuple[Group, ...]
    egress_groups: tuple[Group, ...]
    tags: tuple[Group, ...]
    blockages: tuple[Blockage, ...]
    unread: tuple[AccountLine, ...]
    stuck: tuple[AccountLine, ...]
    late: tuple[AccountLine, ...]
    refused: tuple[AccountLine, ...]
    returned: tuple[AccountLine, ...]
    egresses: tuple[Egress, ...]
    running: int

    @property
    def exit_code(self) -> int:
        """The exit code of a run over all accounts: a clean one that is not confirmed is incomplete."""
        return EXIT_CODES[self.total.verdict]

    def is_silent(self, egress: Egress) -> bool:
        """Return whether a worker that did not end gives no sign of life."""
        return egress.ended_at is None and self.at - egress.seen_at > SILENT


def sum_groups(name: str, groups: Iterable[Group]) -> Group:
    """Return the sum of groups under a name."""
    parts = tuple(groups)
    states = {state: sum(part.count(state) for part in parts) for state in State}
    return Group(
        name=name,
        states={state: number for state, number in states.items() if number},
        blockers=sum(part.blockers for part in parts),
        stuck=sum(part.stuck for part in parts),
        late=sum(part.late for part in parts),
        partial=sum(part.partial for part in parts),
        returned=sum(part.returned for part in parts),
        undated=sum(part.undated for part in parts),
        ready_at=max((part.ready_at for part in parts if part.ready_at), default=None),
        unread_since=min((part.unread_since for part in parts if part.unread_since), default=None),
    )
