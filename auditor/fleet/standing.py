"""The standing of a family after a look: when it is due next, written beside its accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from auditor.fleet.accounts import F, FleetAccount
from auditor.history import queries as rows
from auditor.history import schema as t
from auditor.history.models import AccountState, ConfiguredAccount
from auditor.model.report import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """When a family is due: ``due_at`` None when nothing is planned; ``over``: it is clean and confirmed."""

    due_at: datetime | None
    over: bool = False


def note_standing(
    connection: Connection,
    family: Sequence[FleetAccount],
    configured: Mapping[str, ConfiguredAccount],
    standing: Standing,
    now: datetime,
) -> tuple[str, datetime | None]:
    """Write a family's standing and what the history knows of its accounts, as of one whose alarm is asked for next.

    Return the key of its family, and when that is due. Where the last pass showed that accounts belong to one main
    account, they become one family, read from the main account's egress. Accounts that were removed meanwhile stay so.
    """
    states = {account.id: rows.read_account_state(connection, configured[account.name]) for account in family}
    for account in family:
        known, state = configured[account.name], states[account.id]
        values = {"due_at": standing.due_at, "alarm_at": standing.due_at, "over": standing.over, "mark": known.mark}
        row = (F.id == account.id, F.removed_at.is_(None))
        connection.execute(update(t.fleet_accounts).where(*row).values({**values, **_numbers(state)}))
    keys = {"/".join(state.family) for state in states.values() if state is not None}
    for key in keys:
        _unite(connection, key, now)
    key = min(keys, default=family[0].family)
    return key, connection.execute(select(func.min(F.due_at)).where(F.family == key)).scalar()


def _numbers(state: AccountState | None) -> Mapping[str, Any]:
    if state is None:
        return {}
    return {"account_id": state.account_id, "pass_id": state.pass_id, "family": "/".join(state.family)}


def _unite(connection: Connection, key: str, now: datetime) -> None:
    """Make the accounts of a family due together, from one egress, where they were not yet one."""
    members = connection.execute(
        select(F.id, F.egress, F.pass_id, t.accounts.c.uid, t.accounts.c.main_uid)
        .select_from(t.fleet_accounts.outerjoin(t.accounts, t.accounts.c.id == F.account_id))
        .where(F.family == key, F.removed_at.is_(None))
        .order_by(F.id)
    ).all()
    if len({(row.egress, row.pass_id) for row in members}) > 1:
        main = next((row for row in members if key.endswith(f"/{row.uid}")), members[0])
        values = {"egress": main.egress, "due_at": now, "over": False, "alarm_at": None}
        connection.execute(update(t.fleet_accounts).where(F.family == key, F.removed_at.is_(None)).values(values))


def note_alarm(connection: Connection, family: str, at: datetime) -> None:
    """Note for when the engine was asked to ring for a family."""
    connection.execute(update(t.fleet_accounts).where(F.family == family).values(alarm_at=at))


def has_alarm(connection: Connection, family: str, now: datetime) -> bool:
    """Return whether the engine was asked to ring for a family after that time."""
    return connection.execute(select(F.id).where(F.family == family, F.alarm_at > now).limit(1)).first() is not None


def without_alarm(connection: Connection, egress: str, overdue: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
    """Return families of an egress that nobody rings for, with the times when they are due.

    That is: whose alarm nobody has asked for, or was to ring before ``overdue`` and did not.
    """
    lost = F.alarm_at.is_(None) | (F.alarm_at < overdue)
    due = func.min(F.due_at)
    query = select(F.family, due).where(F.egress == egress, F.due_at.is_not(None), lost)
    return [(row[0], row[1]) for row in connection.execute(query.group_by(F.family).order_by(due).limit(limit))]


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
