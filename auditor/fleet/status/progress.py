"""How many accounts were ready, blocked or not read over time, from the results of all checks that are kept."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from auditor.fleet.accounts import F
from auditor.fleet.status.model import State
from auditor.fleet.status.query import IS_MEMBER
from auditor.history import schema as t
from auditor.history.dialect import hour_of

POINTS = 90
"""Points of the curve, at most."""
HOUR = "%Y-%m-%d %H"


@dataclass(frozen=True, slots=True)
class Point:
    """The number of accounts by state at the end of an hour; those that were not checked yet are left out."""

    at: datetime
    states: Mapping[State, int]

    def count(self, *states: State) -> int:
        """Return the number of accounts in these states."""
        return sum(self.states.get(state, 0) for state in states)


def read_progress(connection: Connection) -> tuple[Point, ...]:
    """Return the curve, the oldest point first; none before the first check."""
    points = list(_points(_changes(connection)))
    step = -(-len(points) // POINTS) or 1
    kept = points[::-step][::-1]  # the last one is where the fleet stands now
    return tuple(kept if not points or kept[0] is points[0] else (points[0], *kept))


def _changes(connection: Connection) -> Mapping[str, Counter[State]]:
    """Return by how much the number of accounts in each state changed, by hour."""
    r, p = t.results.c, t.passes.c
    before = func.lag(r.verdict).over(partition_by=r.account_id, order_by=r.pass_id)
    every = (
        select(hour_of(p.finished_at, connection).label("hour"), r.verdict, before.label("before"))
        .select_from(t.results.join(t.passes).join(t.fleet_accounts, F.account_id == r.account_id))
        .where(IS_MEMBER, p.command.is_(None))
        .subquery()
        .c
    )
    query: Any = select(every.hour, every.before, every.verdict, func.count().label("accounts"))
    changed = query.where(or_(every.before.is_(None), every.before != every.verdict))
    by_hour: dict[str, Counter[State]] = defaultdict(Counter)
    for row in connection.execute(changed.group_by(every.hour, every.before, every.verdict)):
        by_hour[row.hour][State(row.verdict)] += row.accounts
        if row.before is not None:
            by_hour[row.hour][State(row.before)] -= row.accounts
    return by_hour


def _points(changes: Mapping[str, Counter[State]]) -> Iterator[Point]:
    states: Counter[State] = Counter()
    for hour in sorted(changes):
        states.update(changes[hour])
        yield Point(datetime.strptime(hour, HOUR).replace(tzinfo=UTC), dict(states))


LAYERS: Sequence[tuple[str, tuple[State, ...]]] = (
    ("ready", (State.CLEAN, State.CONFIRMED)),
    ("unknown", (State.INCOMPLETE, State.REFUSED)),
    ("blocked", (State.BLOCKED,)),
)
"""The layers of the drawing, the lowest first; what is above them was not checked yet."""
