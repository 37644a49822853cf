"""Where a fleet stands, by a few queries whose work does not grow with what was stored of each account."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select

from auditor.fleet.accounts import F
from auditor.fleet.egresses import find_egresses
from auditor.fleet.news_turn import NO_FAMILY
from auditor.fleet.status.model import (
    LATE,
    STUCK,
    AccountLine,
    Blockage,
    FleetStatus,
    Group,
    State,
    sum_groups,
)
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import Environment

SHOWN = 10
"""Accounts of each kind that are named unless all were asked for."""
S = t.standings.c
MEMBERS = t.fleet_accounts.outerjoin(t.standings, S.account_id == F.account_id)
IS_MEMBER = F.removed_at.is_(None)
STATE = case(
    (S.verdict.is_(None), State.UNCHECKED.value),
    # A later pass is known of which these rows say nothing: a program without them stored it.
    (F.pass_id > S.pass_id, State.INCOMPLETE.value),
    (and_(F.over, S.verdict == Verdict.CLEAN.value), State.CONFIRMED.value),
    else_=S.verdict,
)
WHERE = case(
    (F.environment == Environment.LIVE.value, F.exchange),
    else_=F.exchange.concat(" (").concat(F.environment).concat(")"),
)
"""The exchange of an account, with its environment unless that is the real one."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What makes an account one that somebody must look after, at a time."""

    now: datetime
    stuck_after: timedelta

    @property
    def stuck(self) -> ColumnElement[bool]:
        """The same blockers for long, and no date ahead."""
        is_over = or_(S.ready_at.is_(None), S.ready_at <= self.now)
        return and_(S.verdict == Verdict.BLOCKED.value, S.moved_at <= self.now - self.stuck_after, is_over)

    @property
    def late(self) -> ColumnElement[bool]:
        """A look was due long ago."""
        return and_(F.due_at < self.now - LATE, F.over.is_(False))

    @property
    def partial(self) -> ColumnElement[bool]:
        """The last pass did not read every documented place."""
        return or_(S.complete_at < S.finished_at, and_(S.complete_at.is_(None), S.verdict.is_not(None)))

    @property
    def refused(self) -> ColumnElement[bool]:
        """The key was refused."""
        return S.verdict == Verdict.REFUSED.value

    @property
    def returned(self) -> ColumnElement[bool]:
        """Clean once and blocked now."""
        return and_(S.verdict == Verdict.BLOCKED.value, S.came_back_at.is_not(None))


UNREAD_SINCE = func.coalesce(S.complete_at, S.begun_at)


def read_status(
    connection: Connection,
    *,
    now: datetime | None = None,
    stuck_after: timedelta = STUCK,
    whole: Collection[str] = (),
    tags: bool = True,
) -> FleetStatus:
    """Return where the fleet stands at ``now``, by default the database's time.

    ``whole``: the lists, by name, that are wanted with all of their accounts; ``tags``: whether to count by tag.
    """
    now = now or read_clock(connection)
    when = Conditions(now, stuck_after)
    groups = _groups(connection, when)
    # A look claims what a family was known by, and what its keys say it is.
    claimed = (t.claims.c.expires_at > now, ~t.claims.c.family.startswith(NO_FAMILY))
    running = select(func.count(t.claims.c.holder.distinct())).where(*claimed)
    return FleetStatus(
        at=now,
        stuck_after=stuck_after,
        total=sum_groups("", groups.values()),
        exchanges=_by(groups, 0),
        egress_groups=_by(groups, 1),
        tags=_tags(connection, when) if tags else (),
        blockages=_blockages(connection),
        egresses=find_egresses(connection, now),
        running=int(connection.execute(running).scalar_one()),
        **_lists(connection, when, whole),
    )


def _lists(connection: Connection, when: Conditions, whole: Collection[str]) -> dict[str, tuple[AccountLine, ...]]:
    lists = {
        "unread": (when.partial, UNREAD_SINCE),
        "stuck": (when.stuck, S.moved_at),
        "late": (when.late, F.due_at),
        "refused": (when.refused, S.verdict_at),
        "returned": (when.returned, S.came_back_at),
    }
    found = {
        name: _lines(connection, condition, since, None if name in whole else SHOWN)
        for name, (condition, since) in lists.items()
    }
    return {**found, "stuck": _with_rules(connection, when.stuck, found["stuck"])}


def _groups(connection: Connection, when: Conditions) -> Mapping[tuple[str, str], Group]:
    """Return the counts by exchange and egress, from one reading of all accounts."""
    query = select(WHERE.label("exchange"), F.egress, *_figures(when)).select_from(MEMBERS).where(IS_MEMBER)
    found: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query.group_by(WHERE, F.egress, STATE)):
        found[row.exchange, row.egress].append(row)
    return {key: _group("", rows) for key, rows in found.items()}


def _tags(connection: Connection, when: Conditions) -> tuple[Group, ...]:
    tag = t.fleet_tags.c.tag
    tagged = MEMBERS.join(t.fleet_tags, t.fleet_tags.c.member_id == F.id)
    query = select(tag, *_figures(when)).select_from(tagged).where(IS_MEMBER).group_by(tag, STATE)
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.tag].append(row)
    return tuple(_group(name, rows) for name, rows in sorted(found.items()))


def _figures(when: Conditions) -> Sequence[Any]:
    is_open = and_(S.verdict.is_not(None), S.verdict != Verdict.CLEAN.value)
    unknown = or_(S.undated > 0, S.verdict.in_([Verdict.INCOMPLETE.value, Verdict.REFUSED.value]), S.verdict.is_(None))
    return (
        STATE.label("state"),
        func.count().label("accounts"),
        func.coalesce(func.sum(S.blockers), 0).label("blockers"),
        _count(when.stuck).label("stuck"),
        _count(when.late).label("late"),
        _count(when.partial).label("partial"),
        _count(when.returned).label("returned"),
        _count(unknown).label("undated"),
        func.max(case((is_open, S.ready_at))).label("ready_at"),
        func.min(case((when.partial, UNREAD_SINCE))).label("unread_since"),
    )


def _count(condition: ColumnElement[bool]) -> Any:
    return func.count(case((condition, 1)))


def _group(name: str, rows: Sequence[Row[Any]]) -> Group:
    parts = (
        Group(
            name=name,
            states={State(row.state): row.accounts},
            **{figure: int(getattr(row, figure)) for figure in ("blockers", "stuck", "late", "partial", "returned")},
            undated=int(row.undated),
            ready_at=row.ready_at,
            unread_since=row.unread_since,
        )
        for row in rows
    )
    return sum_groups(name, parts)


def _by(groups: Mapping[tuple[str, str], Group], place: int) -> tuple[Group, ...]:
    names = sorted({key[place] for key in groups})
    return tuple(sum_groups(name, (group for key, group in groups.items() if key[place] == name)) for name in names)


def _blockages(connection: Connection) -> tuple[Blockage, ...]:
    """Return what the rules report, the most accounts first."""
    f = t.findings.c
    query = (
        select(f.rule, f.severity, WHERE.label("exchange"), func.count(), _count(f.first_of_rule))
        .select_from(t.findings.join(t.fleet_accounts, F.account_id == f.account_id))
        .where(IS_MEMBER)
        .group_by(f.rule, f.severity, WHERE)
    )
    found = [
        Blockage(rule=rule, exchange=where, severity=Severity(severity), findings=int(findings), accounts=accounts)
        for rule, severity, where, findings, accounts in connection.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (-one.accounts, -one.findings, one.rule, one.exchange)))


def _lines(
    connection: Connection, condition: ColumnElement[bool], since: Any, limit: int | None
) -> tuple[AccountLine, ...]:
    """Return the accounts that meet a condition, those first that have met it longest."""
    columns = (F.name, WHERE.label("exchange"), F.egress, STATE.label("state"), S.blockers, S.unread)
    query: Select[Any] = select(*columns, since.label("since")).select_from(MEMBERS).where(IS_MEMBER, condition)
    return tuple(_line(row) for row in connection.execute(query.order_by(since, F.name).limit(limit)))


def _line(row: Row[Any]) -> AccountLine:
    return AccountLine(
        name=row.name,
        exchange=row.exchange,
        egress=row.egress,
        state=State(row.state),
        blockers=row.blockers or 0,
        unread=row.unread or 0,
        since=row.since,
    )


def _with_rules(
    connection: Connection, condition: ColumnElement[bool], lines: Sequence[AccountLine]
) -> tuple[AccountLine, ...]:
    """Return the lines with the rules that report each account's blockers."""
    f, names = t.findings.c, {line.name for line in lines}
    rules: dict[str, list[str]] = defaultdict(list)
    query = select(F.name, f.rule).select_from(MEMBERS.join(t.findings, f.account_id == F.account_id)).distinct()
    blocking = query.where(IS_MEMBER, condition, f.severity == Severity.BLOCKER.value).order_by(f.rule)
    if len(names) <= SHOWN:
        blocking = blocking.where(F.name.in_(names))
    for name, rule in connection.execute(blocking):
        rules[name].append(rule)
    return tuple(replace(line, rules=tuple(rules[line.name])) for line in lines)
