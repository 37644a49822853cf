"""Claims on families: of all programs that share a history, one at a time reads an account and its relatives.

A family is a main account with its sub-accounts; an account that no watch has read yet is one of its own. A claim
expires by the database's clock, so that a program that was killed holds up nobody for long.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from auditor.history import queries as rows
from auditor.history import schema as t
from auditor.history.dialect import clock_after, clock_terms, clock_values, insert_or_update
from auditor.history.models import AccountState, ConfiguredAccount
from auditor.history.stored_text import storable
from auditor.i18n import _
from auditor.model.errors import UserError

_mine = t.claims.c.holder == bindparam("mine")
_keys = t.claims.c.family.in_(bindparam("keys", expanding=True))
_LOCKED = update(t.claims).where(_keys, _mine).values(holder=bindparam("mine"))
_RELEASED = delete(t.claims).where(_mine)
_uids = (column == bindparam("main_uid") for column in (t.accounts.c.uid, t.accounts.c.main_uid))
_LAST_PASS = (
    select(func.max(t.results.c.pass_id))
    .join_from(t.results, t.accounts)
    .join(t.passes)
    .where(*(t.accounts.c[name] == bindparam(name) for name in ("exchange", "environment")), or_(*_uids))
    .where(t.passes.c.command.is_(None))
)
# Statements are built once: to build one takes three times as long as to ask it.
Family = tuple[str, str, str]
"""Exchange, environment and uid of a main account, or what tells an account apart that was never read."""
UNREAD = "?"


class ClaimLostError(UserError):
    """Another program has taken the claim since: what was read under it must not be stored."""

    def __init__(self) -> None:
        """Say that nothing was stored."""
        super().__init__(_("Another watch has taken over these accounts, so this check was not stored."))


def find_families(connection: Connection, accounts: Iterable[ConfiguredAccount]) -> tuple[Family, ...]:
    """Return the families of these accounts, each once, in the order in which they are locked."""
    return families_of({account: rows.read_account_state(connection, account) for account in accounts})


def families_of(states: Mapping[ConfiguredAccount, AccountState | None]) -> tuple[Family, ...]:
    """Return the families of accounts whose states are known, each once, in the order in which they are locked."""
    return tuple(sorted({_family(account, state) for account, state in states.items()}))


def take(connection: Connection, families: Sequence[Family], holder: str, lasts: timedelta) -> bool:
    """Claim all of these families, or none if another program has one; the caller then rolls back.

    Their rows are locked until the transaction ends. The holder may take what it has already.
    """
    return all(_take_one(connection, _key(family), holder, lasts) for family in families)


def renew(connection: Connection, holder: str, lasts: timedelta) -> bool:
    """Prolong what ``holder`` has and lock it; return False if it has nothing any more."""
    own = update(t.claims).where(t.claims.c.holder == holder)
    return connection.execute(own.values(expires_at=clock_after(connection, lasts))).rowcount > 0


def confirm(connection: Connection, families: Sequence[Family], holder: str) -> None:
    """Lock the rows of these families until the transaction ends. Raises ClaimLostError unless ``holder`` has all.

    One that has expired is still held as long as nobody else has taken it: then nobody else has read the accounts.
    """
    keys = {_key(family) for family in families}
    if connection.execute(_LOCKED, {"keys": sorted(keys), "mine": holder}).rowcount != len(keys):
        raise ClaimLostError


@contextmanager
def held(connection: Connection, families: Sequence[Family], holder: str | None) -> Iterator[None]:
    """Hold the families while the block writes: by the claim of ``holder``, or by one for this transaction alone.

    Raises ClaimLostError if another program has one of them.
    """
    if holder is not None:
        confirm(connection, families, holder)
        yield
        return
    passing = secrets.token_hex(16)
    if not take(connection, families, passing, timedelta(minutes=1)):
        raise ClaimLostError
    yield
    release(connection, passing)


def release(connection: Connection, holder: str) -> None:
    """Give back all that ``holder`` has."""
    connection.execute(_RELEASED, {"mine": holder})


def last_pass(connection: Connection, families: Sequence[Family]) -> int:
    """Return the number of the last pass of a watch over any account of these families; 0 for none."""
    last = 0
    for exchange, environment, main_uid in families:
        family = {"exchange": exchange, "environment": environment, "main_uid": main_uid}
        last = max(last, connection.execute(_LAST_PASS, family).scalar() or 0)
    return last


def _family(account: ConfiguredAccount, state: AccountState | None) -> Family:
    if state is not None:
        return state.family
    # The same credentials are the same account, whatever two programs call it.
    return (account.exchange, account.environment.value, account.uid or f"{UNREAD}{account.mark or account.name}")


def _key(family: Family) -> str:
    return storable("/".join(family))


def _take_one(connection: Connection, key: str, holder: str, lasts: timedelta) -> bool:
    taking, c = _taking(connection.dialect.name), t.claims.c
    if taking is None:
        own = {"holder": holder, "expires_at": clock_after(connection, lasts)}
        free = or_(c.expires_at < clock_after(connection), c.holder == holder)
        return _update_or_insert(connection, key, own, free)
    times = clock_values(connection, lasts)
    return connection.execute(taking, {"family": key, "mine": holder, **times}).first() is not None


@cache
def _taking(dialect: str) -> Any:
    """Return the statement that takes a claim if it is free; None for a database that cannot do it in one."""
    c, inserted = t.claims.c, insert_or_update(dialect, t.claims)
    if inserted is None:
        return None
    now, until = clock_terms(dialect)
    own = {"holder": bindparam("mine"), "expires_at": until}
    new = inserted.values(family=bindparam("family"), **own)
    taken = new.on_conflict_do_update(index_elements=[c.family], set_=own, where=or_(c.expires_at < now, _mine))
    return taken.returning(c.family)


def _update_or_insert(connection: Connection, key: str, own: Mapping[str, Any], free: ColumnElement[bool]) -> bool:
    """Take a claim in a database that cannot do both at once."""
    c = t.claims.c
    if connection.execute(update(t.claims).where(c.family == key, free).values(own)).rowcount:
        return True
    if connection.execute(select(c.family).where(c.family == key)).first() is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(t.claims).values(family=key, **own))
    except IntegrityError:  # another program was quicker by a moment
        return False
    return True
