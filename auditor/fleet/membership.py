"""Changes to a fleet's list of accounts: add, remove, and ask for a look at once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, insert, select, update

from auditor.fleet.accounts import F, FleetAccount, find, first_family
from auditor.fleet.accounts_csv import ListedAccount
from auditor.fleet.choice import Choice
from auditor.history import schema as t
from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.settings.origins import environment

SOONEST = timedelta(minutes=5)
"""Shortest time between two looks at an account, also where somebody asks for one."""


@dataclass(frozen=True, slots=True)
class Added:
    """How many accounts of a list were new, and how many were known."""

    new: int
    known: int


def add(
    connection: Connection, listed: Sequence[ListedAccount], now: datetime, spread: timedelta, *, demo: bool = False
) -> Added:
    """Add accounts, and bring those of the same names up to date; removed ones come back.

    The first looks at new ones are spread over ``spread``, at each egress by itself. ``demo``: they are the embedded
    exchange's.
    """
    known = {account.name: account for account in find(connection, removed=True)}
    new = [account for account in listed if account.name not in known]
    if new:
        connection.execute(insert(t.fleet_accounts), list(_new_rows(new, now, spread, demo=demo)))
    for account in listed:
        if account.name in known:
            _bring_up_to_date(connection, account, known[account.name], now, demo=demo)
    _write_tags(connection, listed)
    return Added(len(new), len(listed) - len(new))


def remove(connection: Connection, choice: Choice, now: datetime) -> int:
    """Plan no more looks at these accounts, and return how many; what was seen of them stays. Raises UserError."""
    chosen = _chosen(connection, choice)
    _update(connection, chosen, {"removed_at": now, "due_at": None, "alarm_at": None, "over": False})
    return len(chosen)


def ask(connection: Connection, choice: Choice, now: datetime) -> int:
    """Plan a look at these accounts at once, but five minutes after the last one; return how many. Raises UserError."""
    chosen = _chosen(connection, choice)
    for number, last in chosen.items():
        due = now if last is None else max(now, last + SOONEST)
        _update(connection, [number], {"asked_at": now, "due_at": due, "alarm_at": None, "over": False})
    return len(chosen)


def _new_rows(
    listed: Sequence[ListedAccount], now: datetime, spread: timedelta, *, demo: bool
) -> Iterator[Mapping[str, Any]]:
    at_egress, before = Counter(account.egress for account in listed), Counter[str]()
    for account in listed:
        due = now + spread * (before[account.egress] / at_egress[account.egress])
        before[account.egress] += 1
        own = {"name": account.name, "egress": account.egress, "added_at": now, "due_at": due, "over": False}
        yield {**own, **_identity(account, demo=demo)}


def _identity(account: ListedAccount, *, demo: bool) -> Mapping[str, Any]:
    """Return what says which account it is, and its family as far as the list shows it."""
    where = environment(
        Account(name=account.name, exchange=account.exchange, credentials={}, base_url=account.base_url, demo=demo)
    )
    return {
        "exchange": account.exchange,
        "environment": where.value,
        "uid": account.uid,
        "base_url": account.base_url,
        "family": first_family(account.name, account.exchange, where, account.uid),
    }


def _bring_up_to_date(
    connection: Connection, listed: ListedAccount, known: FleetAccount, now: datetime, *, demo: bool
) -> None:
    identity = _identity(listed, demo=demo)
    stored = {name: getattr(known, name) for name in ("exchange", "environment", "uid", "base_url")}
    changed: dict[str, Any] = {}
    if any(identity[name] != value for name, value in stored.items()):
        changed = {**identity, "mark": None, "account_id": None, "pass_id": None}
    if changed or known.removed_at is not None:
        changed |= {"removed_at": None, "due_at": now, "over": False, "alarm_at": None}
    if listed.egress != known.egress:
        # The engine rings at an egress: whoever has it now must be asked. A family is read from one egress.
        family = t.fleet_accounts.c.family == known.family
        connection.execute(update(t.fleet_accounts).where(family).values(egress=listed.egress, alarm_at=None))
    if changed:
        _update(connection, [known.id], {**changed, "egress": listed.egress})


def _write_tags(connection: Connection, listed: Sequence[ListedAccount]) -> None:
    """Give the accounts the tags of the list, and no others."""
    numbers = {row.name: row.id for row in connection.execute(select(F.name, F.id))}
    ids = [{"member": numbers[account.name]} for account in listed]
    connection.execute(delete(t.fleet_tags).where(t.fleet_tags.c.member_id == bindparam("member")), ids)
    rows = [{"member_id": numbers[account.name], "tag": tag} for account in listed for tag in account.tags]
    if rows:
        connection.execute(insert(t.fleet_tags), rows)


def _chosen(connection: Connection, choice: Choice) -> Mapping[int, datetime | None]:
    """Return the numbers of the chosen accounts, each with the time of its last pass. Raises UserError."""
    p = t.passes.c
    query = select(F.id, F.name, p.finished_at).select_from(t.fleet_accounts.outerjoin(t.passes, p.id == F.pass_id))
    rows = connection.execute(query.where(F.removed_at.is_(None), *_conditions(choice))).all()
    if choice.names:
        _check_names(choice.names, {row.name for row in rows})
        rows = [row for row in rows if row.name in set(choice.names)]
    return {row.id: row.finished_at for row in rows}


def _conditions(choice: Choice) -> Iterator[ColumnElement[bool]]:
    g, h, r = t.fleet_tags.c, t.holdings.c, t.results.c
    if choice.tag is not None:
        yield exists().where(g.member_id == F.id, g.tag == choice.tag)
    if choice.rule is not None:
        yield exists().where(h.account_id == F.account_id, h.rule == choice.rule, h.open)
    if choice.verdict is not None:
        last = (r.account_id == F.account_id, r.pass_id == F.pass_id)
        yield exists().where(*last, r.verdict == choice.verdict.value)


def _check_names(names: Iterable[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise UserError(unknown(_("account"), name, known))


def _update(connection: Connection, numbers: Iterable[int], values: Mapping[str, Any]) -> None:
    statement = update(t.fleet_accounts).where(F.id == bindparam("number")).values(values)
    rows = [{"number": number} for number in numbers]
    if rows:
        connection.execute(statement, rows)
