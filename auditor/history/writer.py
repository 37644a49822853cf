"""Writer of one pass: its content, the changes of holdings and the state of each account.

The caller's transaction covers all of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from auditor.history import last_pass
from auditor.history import queries as rows
from auditor.history import schema as t
from auditor.history import streaks as standing
from auditor.history.dialect import insert_or_update
from auditor.history.diff import Change, HoldingPlace, KnownHolding, Transition, compare, holdings
from auditor.history.models import AccountState, Changes, ConfiguredAccount
from auditor.history.repeats import drop_repeated
from auditor.history.serialization import Pass
from auditor.history.streaks import WatchState
from auditor.model.report import AccountReport

AUDIT = "audit"
"""The command of a pass that no watch made."""
NOT_WATCHED = WatchState(passes=0)
UNKNOWN = "?"
"""Prefix of the name that replaces a uid until the exchange has reported it."""
# Statements are built once: to build one takes three times as long as to ask it.
_a = t.accounts.c
_NUMBER = select(_a.id).where(*(_a[name] == bindparam(name) for name in ("exchange", "environment", "uid")))
_NAMED = update(t.accounts).where(_a.id == bindparam("number"))
_HOLDING = update(t.holdings).where(t.holdings.c.id == bindparam("number"))


@dataclass(frozen=True, slots=True)
class StoredPass:
    """The number of a stored pass, and the changes of holdings, with unchanged ones."""

    number: int
    changes: Changes


def write(
    connection: Connection, done: Pass, content: bytes, configured: Mapping[str, ConfiguredAccount], *, anew: bool
) -> StoredPass:
    """Write a pass whose ``content`` is already encoded.

    ``anew``: a new watch begins with it.
    """
    columns = {"started_at": done.started_at, "finished_at": done.finished_at, "content": content}
    number = _insert(connection, insert(t.passes), {**columns, "verdict": done.report.verdict.value})
    writer = _Writer(connection, done, number, anew)
    changes = dict(writer.account(account, configured[account.snapshot.name]) for account in done.report.accounts)
    drop_repeated(connection, writer.followed)
    return StoredPass(number, changes)


def keep(connection: Connection, done: Pass, content: bytes, configured: Mapping[str, ConfiguredAccount]) -> int:
    """Write the pass of a single audit whose ``content`` is already encoded, and return its number."""
    columns = {"started_at": done.started_at, "finished_at": done.finished_at, "content": content, "command": AUDIT}
    number = _insert(connection, insert(t.passes), {**columns, "verdict": done.report.verdict.value})
    writer = _Writer(connection, done, number, anew=False)
    for account in done.report.accounts:
        writer.single(account, configured[account.snapshot.name])
    return number


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writer of the accounts of one pass. ``followed``: the numbers of their passes before it."""

    connection: Connection
    done: Pass
    number: int
    anew: bool
    followed: set[int] = field(default_factory=set)

    def account(self, account: AccountReport, configured: ConfiguredAccount) -> tuple[int, tuple[Transition, ...]]:
        """Write one account; return its number in the history and the changes of its holdings."""
        # Without an answer, the account is assumed to be the one that had this name before.
        identified = replace(configured, uid=account.snapshot.uid or configured.uid)
        before = rows.read_account_state(self.connection, identified)
        account_id = before.account_id if before else self._find_or_insert(identified)
        self._note_names(account_id, account)
        known_holdings = rows.read_known_holdings(self.connection, account_id)
        was_clean = before is not None and before.standing.clean_since is not None
        plain = {place: entry for place, (_number, entry) in known_holdings.items()}
        changes = compare(plain, account, self.done.report.findings, was_clean=was_clean)
        state = self._standing(before, account, changes)
        result = self._write_result(account_id, account, state, identified.mark)
        if before is not None:
            self.followed.add(before.pass_id)
        last_pass.write_standing(self.connection, account_id, result, self.done, state)
        last_pass.write_rows(self.connection, account_id, account, self.done.report)
        self._write_transitions(account_id, changes)
        self._write_holdings(account_id, known_holdings, changes)
        return account_id, changes

    def single(self, account: AccountReport, configured: ConfiguredAccount) -> None:
        """Write the result of one account, and nothing that a watch goes by."""
        identified = replace(configured, uid=account.snapshot.uid or configured.uid)
        before = rows.read_account_state(self.connection, identified, watched=False)
        account_id = before.account_id if before else self._find_or_insert(identified)
        self._write_result(account_id, account, NOT_WATCHED, identified.mark)

    def _find_or_insert(self, identified: ConfiguredAccount) -> int:
        uid, inserting = identified.uid or f"{UNKNOWN}{identified.name}", _inserting(self.connection.dialect.name)
        key = {"exchange": identified.exchange, "environment": identified.environment.value, "uid": uid}
        row = {**key, "name": identified.name}
        if inserting is not None:
            number: int | None = self.connection.execute(inserting, row).scalar_one_or_none()
            return int(self.connection.execute(_NUMBER, key).scalar_one()) if number is None else number
        existing: int | None = self.connection.execute(_NUMBER, key).scalar_one_or_none()
        if existing is not None:
            return existing
        try:
            with self.connection.begin_nested():
                return _insert(self.connection, insert(t.accounts), row)
        except IntegrityError:  # another program inserted it a moment ago
            return int(self.connection.execute(_NUMBER, key).scalar_one())

    def _note_names(self, account_id: int, account: AccountReport) -> None:
        if account.snapshot.uid is not None:
            names = {"name": account.snapshot.name, "main_uid": account.snapshot.main_uid}
            self.connection.execute(_NAMED, {**names, "number": account_id})

    def _standing(
        self, before: AccountState | None, account: AccountReport, changes: Iterable[Transition]
    ) -> WatchState:
        at = self.done.finished_at
        if before is None:
            return standing.next_state(None, account, changes, at, None)
        start = standing.restart(before.standing) if self.anew else before.standing
        return standing.next_state(start, account, changes, at, before.finished_at)

    def _write_result(
        self, account_id: int, account: AccountReport, watch_state: WatchState, mark: str | None
    ) -> dict[str, Any]:
        """Write the result of one account and return its columns."""
        blockers = sum(seen.blocks for seen in holdings(account, self.done.report.findings).values())
        values = {"pass_id": self.number, "account_id": account_id, "name": account.snapshot.name}
        counts = {"blockers": blockers, "unread": len(account.unread), "verdict": account.verdict.value, "mark": mark}
        row = {**values, **counts, "told": False, **rows.values(watch_state)}
        self.connection.execute(insert(t.results), row)
        return row

    def _write_transitions(self, account_id: int, changes: Iterable[Transition]) -> None:
        values = [
            {
                "pass_id": self.number,
                "account_id": account_id,
                "kind": transition.kind.value,
                "before": transition.before,
            }
            | {"other_rule": transition.other_rule, **rows.values(transition.seen)}
            for transition in changes
            if transition.kind is not Change.STILL
        ]
        if values:
            self.connection.execute(insert(t.transitions), values)

    def _write_holdings(
        self,
        account_id: int,
        known_holdings: Mapping[HoldingPlace, tuple[int, KnownHolding]],
        changes: Iterable[Transition],
    ) -> None:
        """Write the new holdings at once, and at once those that changed, since each statement is a round trip."""
        new, changed, turned = [], [], []
        for transition in changes:
            if transition.kind in {Change.STILL, Change.UNSEEN}:
                continue
            values = {**rows.values(transition.seen), "open": transition.kind is not Change.RESOLVED}
            since = {"since": self.done.finished_at}
            if transition.seen.place not in known_holdings:
                new.append({**values, **since, "account_id": account_id})
                continue
            number = {"number": known_holdings[transition.seen.place][0]}
            if transition.kind is Change.CHANGED:
                changed.append({**values, **number})
            else:
                turned.append({**values, **since, **number})
        for statement, lines in ((insert(t.holdings), new), (_HOLDING, changed), (_HOLDING, turned)):
            if lines:
                self.connection.execute(statement, lines)


@cache
def _inserting(dialect: str) -> Any:
    """Return the statement that inserts an account unless it is there; None for a database that has none."""
    inserted = insert_or_update(dialect, t.accounts)
    return None if inserted is None else inserted.on_conflict_do_nothing().returning(t.accounts.c.id)


def _insert(connection: Connection, statement: Insert, row: Mapping[str, Any]) -> int:
    key = connection.execute(statement, row).inserted_primary_key
    return int(key[0]) if key else 0
