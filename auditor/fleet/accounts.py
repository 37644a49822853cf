"""The accounts of a fleet in the history's database: who is looked at, from where and when. No secrets.

A family is the unit of work: a main account with its sub-accounts, or an account until a look has found its main one.
All accounts of a family have one egress.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from auditor.history import schema as t
from auditor.history.claims import UNREAD
from auditor.history.models import ConfiguredAccount
from auditor.model.snapshot import Environment

F = t.fleet_accounts.c
_FAMILY = select(t.fleet_accounts).where(F.family == bindparam("key"), F.removed_at.is_(None)).order_by(F.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetAccount:
    """One account of the fleet.

    ``due_at``: None where no look is planned; ``over``: confirmed clean; ``asked_at``: when somebody last asked for a
    look at once; ``account_id`` and ``pass_id``: its number in the history, and its last pass, None before the first.
    """

    id: int
    name: str
    exchange: str
    environment: Environment
    uid: str | None
    base_url: str | None
    mark: str | None
    family: str
    egress: str
    tags: tuple[str, ...]
    removed_at: datetime | None
    due_at: datetime | None
    over: bool
    asked_at: datetime | None
    account_id: int | None
    pass_id: int | None

    @property
    def configured(self) -> ConfiguredAccount:
        """The identity under which the history knows it."""
        return ConfiguredAccount(
            name=self.name, exchange=self.exchange, environment=self.environment, uid=self.uid, mark=self.mark
        )


def find(connection: Connection, *conditions: ColumnElement[bool], removed: bool = False) -> tuple[FleetAccount, ...]:
    """Return the accounts that meet the conditions, by name; ``removed``: also those that were removed."""
    wanted = conditions if removed else (*conditions, F.removed_at.is_(None))
    rows = _rows(connection, *wanted)
    tags = _tags(connection, *wanted)
    return tuple(_account(row, tags.get(row.id, ())) for row in rows)


def find_family(connection: Connection, key: str) -> tuple[FleetAccount, ...]:
    """Return the accounts of a family, without those that were removed, and without tags: no look needs them."""
    return tuple(_account(row, ()) for row in connection.execute(_FAMILY, {"key": key}))


def family_key(exchange: str, environment: Environment, main_uid: str) -> str:
    """Return the key of a family."""
    return f"{exchange}/{environment.value}/{main_uid}"


def first_family(name: str, exchange: str, environment: Environment, uid: str | None) -> str:
    """Return the key of the family that an account is by itself, until a look has found its main account."""
    return family_key(exchange, environment, uid or f"{UNREAD}{name}")


def _rows(connection: Connection, *conditions: ColumnElement[bool]) -> Sequence[Row[Any]]:
    return connection.execute(select(t.fleet_accounts).where(*conditions).order_by(F.name)).all()


def _tags(connection: Connection, *conditions: ColumnElement[bool]) -> Mapping[int, tuple[str, ...]]:
    g = t.fleet_tags.c
    query = select(g.member_id, g.tag).join_from(t.fleet_tags, t.fleet_accounts).where(*conditions).order_by(g.tag)
    found: dict[int, tuple[str, ...]] = {}
    for number, tag in connection.execute(query):
        found[number] = (*found.get(number, ()), tag)
    return found


def _account(row: Row[Any], tags: tuple[str, ...]) -> FleetAccount:
    columns = {name: value for name, value in row._mapping.items() if name not in {"added_at", "alarm_at"}}  # noqa: SLF001 - SQLAlchemy's public name
    return FleetAccount(**{**columns, "environment": Environment(row.environment), "tags": tags})
