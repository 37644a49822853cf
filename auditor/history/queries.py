"""Queries of the history's tables, and conversion between rows and values.

What every pass asks is built once: to build a statement takes three times as long as to ask it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, desc, select

from auditor.history import schema as t
from auditor.history.diff import Change, HoldingPlace, KnownHolding, SeenHolding, Transition
from auditor.history.models import AccountResult, AccountState, Changes, ConfiguredAccount, PassSummary
from auditor.history.streaks import WatchState
from auditor.model.records import Area
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import Environment

SEEN = ("surface", "owner", "subject", "area", "rule", "severity", "asset", "amount", "ready_at")
STANDING = ("passes", "quiet", "clean_since", "complete_at", "begun_at")
_HOLDINGS = select(t.holdings).where(t.holdings.c.account_id == bindparam("account"))


def values(thing: SeenHolding | WatchState) -> dict[str, Any]:
    """Return the columns that store a holding, or the state of an account's watch."""
    return {name: getattr(thing, name) for name in (SEEN if isinstance(thing, SeenHolding) else STANDING)}


def read_holding(row: Row[Any]) -> SeenHolding:
    """Return the holding in a row."""
    columns = {name: getattr(row, name) for name in SEEN}
    return SeenHolding(**{**columns, "area": Area(row.area), "severity": Severity(row.severity)})


def read_transition(row: Row[Any]) -> Transition:
    """Return the change of a holding in a row."""
    return Transition(kind=Change(row.kind), seen=read_holding(row), before=row.before, other_rule=row.other_rule)


def read_watch_state(row: Row[Any]) -> WatchState:
    """Return the state of an account's watch in a row."""
    return WatchState(**{name: getattr(row, name) for name in STANDING})


def read_known_holdings(connection: Connection, account_id: int) -> dict[HoldingPlace, tuple[int, KnownHolding]]:
    """Return the known holdings of an account, by place, with their row numbers."""
    rows = connection.execute(_HOLDINGS, {"account": account_id})
    holdings_by_row = [(row.id, KnownHolding(seen=read_holding(row), open=row.open)) for row in rows]
    return {entry.seen.place: (number, entry) for number, entry in holdings_by_row}


def check(connection: Connection) -> None:
    """Read every row. Raises ValueError and the like for one that this program cannot have written."""
    for passed in read_passes(connection, None, None):
        for result in passed.results:
            int(result.blockers), int(result.unread), int(result.standing.passes), int(result.standing.quiet)
    for row in connection.execute(select(t.holdings)):
        read_holding(row)
    for row in connection.execute(select(t.transitions)):
        read_transition(row)
    for table in (t.standings, t.findings, t.dust):
        connection.execute(select(table)).all()


def read_changes(connection: Connection, first: int, last: int) -> Changes:
    """Return the changes of holdings in the passes from ``first`` to ``last``; those without a change are left out."""
    c = t.transitions.c
    by_account: dict[int, list[Transition]] = {}
    for row in connection.execute(select(t.transitions).where(c.pass_id.between(first, last)).order_by(c.id)):
        by_account.setdefault(row.account_id, []).append(read_transition(row))
    return {account: tuple(transitions) for account, transitions in by_account.items()}


def read_account_state(
    connection: Connection, account: ConfiguredAccount, *, watched: bool = True
) -> AccountState | None:
    """Return the state of an account; None if no pass has read it.

    The account is found by its uid, or else by its name and credentials. ``watched``: after the last pass of a watch,
    not after the last one of any command.
    """
    known = ("uid",) if account.uid is not None else ("name", "mark") if account.mark is not None else ("name",)
    values = {"exchange": account.exchange, "environment": account.environment.value}
    own = {name: getattr(account, name) for name in known}
    row = connection.execute(_state_query(known, watched), {**values, **own}).first()
    if row is None:
        return None
    return AccountState(
        account_id=row.account_id,
        pass_id=row.pass_id,
        name=row.name,
        family=(row.exchange, row.environment, row.main_uid or row.uid),
        finished_at=row.finished_at,
        verdict=Verdict(row.verdict),
        standing=read_watch_state(row),
    )


@cache
def _state_query(known: tuple[str, ...], watched: bool) -> Select[Any]:
    """Return the query for the state of an account of which these columns are known: its uid, or name and mark."""
    a, r = t.accounts.c, t.results.c
    columns = {"uid": a.uid, "name": r.name, "mark": r.mark}
    same = [columns[name] == bindparam(name) for name in known]
    if "uid" not in known and "mark" not in known:
        same.append(r.mark.is_(None))
    query = select(t.results, t.accounts, t.passes.c.finished_at).join_from(t.results, t.accounts).join(t.passes)
    there = (a.exchange == bindparam("exchange"), a.environment == bindparam("environment"))
    chosen = query.where(*there, *same).order_by(desc(r.pass_id)).limit(1)
    return chosen.where(t.passes.c.command.is_(None)) if watched else chosen


def read_passes(connection: Connection, limit: int | None, number: int | None) -> Iterator[PassSummary]:
    """Yield passes without their content, the newest first, or only the one with ``number``."""
    p = t.passes.c
    newest = select(p.id, p.started_at, p.finished_at, p.verdict).order_by(desc(p.id)).limit(limit)
    rows = connection.execute(newest if number is None else newest.where(p.id == number)).all()
    results = _results(connection, rows[-1].id if rows else 0)
    for row in rows:
        yield PassSummary(
            id=row.id,
            started_at=row.started_at,
            finished_at=row.finished_at,
            verdict=Verdict(row.verdict),
            results=tuple(results.get(row.id, ())),
        )


def _results(connection: Connection, since: int) -> Mapping[int, list[AccountResult]]:
    a = t.accounts.c
    query = select(t.results, a.exchange, a.environment, a.uid).join_from(t.results, t.accounts)
    by_pass: dict[int, list[AccountResult]] = {}
    for row in connection.execute(query.where(t.results.c.pass_id >= since).order_by(t.results.c.account_id)):
        by_pass.setdefault(row.pass_id, []).append(_result(row))
    return by_pass


def _result(row: Row[Any]) -> AccountResult:
    return AccountResult(
        account_id=row.account_id,
        name=row.name,
        exchange=row.exchange,
        environment=Environment(row.environment),
        uid=row.uid,
        verdict=Verdict(row.verdict),
        blockers=row.blockers,
        unread=row.unread,
        standing=read_watch_state(row),
        notified=row.told,
    )
