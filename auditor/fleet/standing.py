"""The standing of a family after a look: when it is due next, written beside its accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, update

from auditor.fleet.accounts import F, FleetAccount
from auditor.history import schema as t
from auditor.history.columns import Moment
from auditor.history.models import AccountState, ConfiguredAccount
from auditor.model.report import Verdict

CENTURY, FIRST = timedelta(days=36_525), datetime(2000, 1, 1, tzinfo=UTC)
"""An alarm that the engine is not asked for yet is noted a century early: before the first that there can be."""
# Statements are built once: to build one takes three times as long as to ask it.
_MEMBERS = (
    select(F.id, F.egress, F.pass_id, F.due_at, t.accounts.c.uid, t.accounts.c.main_uid)
    .select_from(t.fleet_accounts.outerjoin(t.accounts, t.accounts.c.id == F.account_id))
    .where(F.family == bindparam("key"), F.removed_at.is_(None))
    .order_by(F.id)
)
# Of those that have another egress by now, its worker asks for the alarm.
_alarm = case((F.egress == bindparam("own"), bindparam("due", type_=Moment)), else_=None)
_STANDS = (
    update(t.fleet_accounts)
    .where(F.id == bindparam("number"), F.removed_at.is_(None))
    .values(due_at=bindparam("due", type_=Moment), alarm_at=_alarm)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLook:
    """When a family is due: ``due_at`` None when nothing is planned; ``over``: it is clean and confirmed."""

    due_at: datetime | None
    over: bool = False


def note_standing(
    connection: Connection,
    family: Sequence[FleetAccount],
    states: Mapping[ConfiguredAccount, AccountState | None],
    standing: NextLook,
    now: datetime,
) -> Mapping[str, datetime]:
    """Write a family's standing and what the history knows of its accounts, by their ``states``.

    Return the alarms that the engine is now to be asked for: families of this egress, and when each is due. Where the
    last pass showed that accounts belong to one main account, they become one family, read from the main account's
    egress. Accounts that were removed meanwhile stay so.
    """
    egress, by_name = family[0].egress, {known.name: (known, state) for known, state in states.items()}
    at = {"own": egress, "due": standing.due_at, "over": standing.over}
    for account in family:
        known, state = by_name[account.name]
        row = {**at, "number": account.id, "mark": known.mark, **_numbers(state)}
        connection.execute(_STANDS, row)
    keys = {"/".join(state.family) for state in states.values() if state is not None} or {family[0].family}
    due = {key: _unite(connection, key, egress, now) for key in sorted(keys)}
    return {key: at for key, at in due.items() if at is not None}


def _numbers(state: AccountState | None) -> Mapping[str, Any]:
    if state is None:
        return {}
    return {"account_id": state.account_id, "pass_id": state.pass_id, "family": "/".join(state.family)}


def _unite(connection: Connection, key: str, egress: str, now: datetime) -> datetime | None:
    """Make the accounts of a family due together, from one egress, where they were not yet one.

    Return when ``egress`` is to look at it, None where it is not.
    """
    members = connection.execute(_MEMBERS, {"key": key}).all()
    if len({(row.egress, row.pass_id) for row in members}) <= 1:
        return min((row.due_at for row in members if row.due_at is not None and row.egress == egress), default=None)
    main = next((row for row in members if key.endswith(f"/{row.uid}")), members[0])
    alarm = now if main.egress == egress else None
    values = {"egress": main.egress, "due_at": now, "over": False, "alarm_at": alarm}
    connection.execute(update(t.fleet_accounts).where(F.family == key, F.removed_at.is_(None)).values(values))
    return alarm


def note_alarms(connection: Connection, alarms: Mapping[str, datetime | None]) -> None:
    """Note for when the engine was asked to ring for these families; None: it was not."""
    row = update(t.fleet_accounts).where(F.family == bindparam("key")).values(alarm_at=bindparam("at"))
    connection.execute(row, [{"key": key, "at": at} for key, at in alarms.items()])


def note_rung(connection: Connection, alarms: Mapping[str, datetime], now: datetime) -> None:
    """Note for when the engine was asked to ring for these families, unless a look has noted a later alarm since."""
    at = bindparam("at", type_=Moment)
    is_old = F.alarm_at.is_(None) | ((F.alarm_at >= FIRST) & (F.alarm_at <= at)) | (F.alarm_at <= now - CENTURY)
    row = update(t.fleet_accounts).where(F.family == bindparam("key"), is_old).values(alarm_at=at)
    connection.execute(row, [{"key": key, "at": moment} for key, moment in alarms.items()])


def postpone(connection: Connection, family: str, until: datetime) -> None:
    """Let a family that is due before that moment be due then."""
    planned = (F.family == family, F.removed_at.is_(None), F.due_at < until)
    connection.execute(update(t.fleet_accounts).where(*planned).values(due_at=until, alarm_at=None))


def pass_on(connection: Connection, family: str, egress: str, now: datetime) -> None:
    """Let the sweep of the egress that has a family ask for its alarm anew: it has rung, but at this egress."""
    elsewhere = (F.family == family, F.egress != egress, F.removed_at.is_(None), F.due_at <= now)
    rung = (F.alarm_at >= FIRST, F.alarm_at <= now)
    connection.execute(update(t.fleet_accounts).where(*elsewhere, *rung).values(alarm_at=None))


def note_later(connection: Connection, family: str, at: datetime) -> None:
    """Note that the sweep is to ask for a family's alarm at that time, and not before."""
    note_alarms(connection, {family: at - CENTURY})


def has_alarm(connection: Connection, family: str, now: datetime) -> bool:
    """Return whether the engine was asked to ring for a family after that time, or the sweep is to ask then."""
    ahead = (F.alarm_at > now) | ((F.alarm_at < FIRST) & (F.alarm_at > now - CENTURY))
    return connection.execute(select(F.id).where(F.family == family, ahead).limit(1)).first() is not None


def without_alarm(
    connection: Connection, egress: str, now: datetime, overdue: datetime, limit: int
) -> Sequence[tuple[str, datetime]]:
    """Return families of an egress that nobody rings for, with the times when they are due.

    That is: whose alarm nobody has asked for, which come first, was to be asked for by ``now``, or was to ring before
    ``overdue`` and did not.
    """
    lost = (F.alarm_at < overdue) & (F.alarm_at >= FIRST)
    wanted = F.alarm_at.is_(None) | lost | (F.alarm_at <= now - CENTURY)
    due = func.min(F.due_at)
    query = select(F.family, due).where(F.egress == egress, F.due_at.is_not(None), wanted)
    ordered = query.group_by(F.family).order_by(func.count(F.alarm_at) > 0, due)
    return [(row[0], row[1]) for row in connection.execute(ordered.limit(limit))]


def exchanges_due(connection: Connection, egress: str, now: datetime) -> Sequence[str]:
    """Return the exchanges at which accounts of an egress are due."""
    query = select(F.exchange).where(F.egress == egress, F.due_at <= now, F.removed_at.is_(None))
    return connection.execute(query.distinct().order_by(F.exchange)).scalars().all()


def all_over(connection: Connection, egress: str) -> bool:
    """Return whether an egress has accounts and nothing is planned for any."""
    mine = (F.egress == egress, F.removed_at.is_(None))
    counted = select(func.count(), func.count(F.due_at)).where(*mine)
    number, planned = connection.execute(counted).one()
    return bool(number) and not planned


def resume(connection: Connection, egress: str, now: datetime, *, lasting: bool) -> None:
    """Plan anew what ended without being clean, since the schedule may be another one now.

    ``lasting``: alarms that were asked for before still ring.
    """
    mine = (F.egress == egress, F.removed_at.is_(None))
    unclean = (F.due_at.is_(None), F.over.is_(False))
    connection.execute(update(t.fleet_accounts).where(*mine, *unclean).values(due_at=now, alarm_at=None))
    if not lasting:
        connection.execute(update(t.fleet_accounts).where(*mine).values(alarm_at=None))


def verdicts(connection: Connection, egress: str) -> Sequence[tuple[Verdict, bool]]:
    """Return the last verdict of each account of an egress, and whether it is clean and confirmed."""
    r = t.results.c
    last = (r.pass_id == F.pass_id) & (r.account_id == F.account_id)
    query = select(r.verdict, F.over).select_from(t.fleet_accounts.outerjoin(t.results, last))
    found = connection.execute(query.where(F.egress == egress, F.removed_at.is_(None)))
    return [(Verdict(verdict) if verdict else Verdict.INCOMPLETE, over) for verdict, over in found]
