"""A large fleet in a history's database, made by the database itself: nothing of it was read from an exchange."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, case, cast, insert, literal, select, text

from auditor.history import schema as t
from auditor.history.columns import Moment, Sentence
from auditor.i18n import verbatim
from auditor.model.snapshot import Environment

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
CHECKS, FINDINGS = 10, 4
"""Checks of each account, and findings of its last one."""
EXCHANGES, EGRESSES, TAGS = ("okx", "binance", "kraken", "bybit"), 20, 10
RULES = ("balance-left", "open-order", "earn-held", "flow-under-way", "dust-below-minimum", "sub-account-unseen")
VERDICTS = ("clean", "clean", "blocked", "blocked", "incomplete", "refused")
DAY = timedelta(days=1)
COUNT = (
    "INSERT INTO numbers WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :last)"
    " SELECT n FROM c"
)
_numbers = Table("numbers", MetaData(), Column("n", Integer, primary_key=True), prefixes=["TEMPORARY"])
N = _numbers.c.n
Values = Mapping[str, Any]


def fill(connection: Connection, families: int) -> None:
    """Write so many accounts, each a family of its own, with the results of their checks."""
    _numbers.create(connection)
    connection.execute(text(COUNT), {"last": families})
    _write(connection, t.accounts, {"id": N, **_identity(), "name": _named("n")})
    _write(connection, t.fleet_accounts, _member())
    _write(connection, t.fleet_tags, {"member_id": N, "tag": _named("tag-", N % TAGS)})
    for check in range(CHECKS):
        _write(connection, t.passes, _pass(check))
        _write(connection, t.results, _result(check, families))
    _write(connection, t.standings, _standing(families))
    for place in range(FINDINGS):
        _write(connection, t.findings, _finding(place))


def _write(connection: Connection, table: Table, values: Values) -> None:
    columns = [table.c[name] for name in values]
    pairs = zip(columns, values.values(), strict=True)
    shown = [value if hasattr(value, "label") else literal(value, column.type) for column, value in pairs]
    connection.execute(insert(table).from_select(columns, select(*shown).select_from(_numbers)))


def _identity() -> Values:
    return {"exchange": _of(EXCHANGES), "environment": Environment.LIVE.value, "uid": _named("u")}


def _member() -> Values:
    is_over = (_of(VERDICTS) == "clean") & (N % 3 == 0)
    family = _of(EXCHANGES).concat(f"/{Environment.LIVE.value}/u").concat(cast(N, String))
    times = {"added_at": NOW - 30 * DAY, "due_at": case((is_over, None), else_=literal(NOW - DAY / 48, Moment))}
    own = {"id": N, "name": _named("n"), **_identity(), "mark": _named("m"), "family": family}
    return {**own, "egress": _named("egress-", N % EGRESSES), **times, "over": is_over, "account_id": N}


def _pass(check: int) -> Values:
    at = NOW - DAY / 4 * (CHECKS - check)
    return {"started_at": at, "finished_at": at, "verdict": _of(VERDICTS), "content": b""}


def _result(check: int, families: int) -> Values:
    verdict = "blocked" if check < CHECKS // 2 else _of(VERDICTS)
    counts = {"blockers": N % 4, "unread": N % 2, "passes": check + 1, "quiet": check}
    own = {"pass_id": N + check * families, "account_id": N, "name": _named("n"), "verdict": verdict}
    return {**own, **counts, "complete_at": NOW - DAY, "begun_at": NOW - 30 * DAY, "told": True, "mark": _named("m")}


def _standing(families: int) -> Values:
    counts = {"blockers": N % 4, "unread": N % 2, "undated": case((N % 5 == 0, 1), else_=0)}
    own = {"account_id": N, "pass_id": N + (CHECKS - 1) * families, "name": _named("n"), "verdict": _of(VERDICTS)}
    moved = case((N % 3 == 0, literal(NOW - 10 * DAY, Moment)), else_=literal(NOW - DAY, Moment))
    complete = case((N % 7 == 0, literal(NOW - 5 * DAY, Moment)), else_=literal(NOW - DAY, Moment))
    ready = case((N % 11 == 0, literal(NOW + 9 * DAY, Moment)))
    times = {"finished_at": NOW - DAY, "moved_at": moved, "verdict_at": NOW - DAY, "complete_at": complete}
    return {**own, **counts, **times, "begun_at": NOW - 30 * DAY, "ready_at": ready}


def _finding(place: int) -> Values:
    said = literal(verbatim(f"The wallet still holds something of coin {place}, as of the last check."), Sentence)
    where = {"area": "balances", "surface": f"surface-{place}", "subject": f"C{place}", "asset": f"C{place}"}
    kind = {"rule": _of(RULES, N + place), "severity": "blocker" if place else "warning"}
    return {"account_id": N, **kind, **where, "message": said, "remedy": said, "muted": False, "first_of_rule": True}


def _named(prefix: str, number: Any = N) -> Any:
    return literal(prefix, String).concat(cast(number, String))


def _of(things: Sequence[str], number: Any = N) -> Any:
    cases = ((number % len(things) == place, literal(thing, String)) for place, thing in enumerate(things))
    return case(*cases, else_=literal(things[-1], String))
