"""A large fleet in a history's database, written as rows: nothing of it was read from an exchange."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert

from auditor.fleet.accounts import family_key
from auditor.history import schema as t
from auditor.i18n import verbatim
from auditor.model.snapshot import Environment

NOW = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
PASSES, FINDINGS = 20, 4
"""Checks of each account, and findings of its last one."""
BATCH = 5000
EXCHANGES, EGRESSES, TAGS = ("okx", "binance", "kraken", "bybit"), 20, 10
RULES = ("balance-left", "open-order", "earn-held", "flow-under-way", "dust-below-minimum", "sub-account-unseen")
VERDICTS = ("clean", "clean", "blocked", "blocked", "incomplete", "refused")
Row = Mapping[str, Any]


def fill(connection: Connection, families: int) -> None:
    """Write so many accounts, each a family of its own, with the results of their checks."""
    numbers = range(1, families + 1)
    for table, rows in (
        (t.accounts, (_account(number) for number in numbers)),
        (t.fleet_accounts, (_member(number) for number in numbers)),
        (t.fleet_tags, ({"member_id": number, "tag": f"tag-{number % TAGS}"} for number in numbers)),
        (t.passes, (_pass(number, step) for step in range(PASSES) for number in numbers)),
        (t.results, (_result(families, number, step) for step in range(PASSES) for number in numbers)),
        (t.standings, (_standing(families, number) for number in numbers)),
        (t.findings, (_finding(number, place) for number in numbers for place in range(FINDINGS))),
    ):
        _write(connection, table, rows)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("ANALYZE")


def _write(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            connection.execute(insert(table), batch)
            batch = []
    if batch:
        connection.execute(insert(table), batch)


def _exchange(number: int) -> str:
    return EXCHANGES[number % len(EXCHANGES)]


def _account(number: int) -> Row:
    identity = {"exchange": _exchange(number), "environment": Environment.LIVE.value, "uid": f"u{number}"}
    return {"id": number, **identity, "name": f"n{number}", "main_uid": None}


def _member(number: int) -> Row:
    verdict, exchange = _of(VERDICTS, number), _exchange(number)
    is_over = verdict == "clean" and number % 3 == 0
    return {
        "id": number,
        "name": f"n{number}",
        "exchange": exchange,
        "environment": Environment.LIVE.value,
        "uid": f"u{number}",
        "mark": f"m{number}",
        "family": family_key(exchange, Environment.LIVE, f"u{number}"),
        "egress": f"egress-{number % EGRESSES}",
        "added_at": NOW - timedelta(days=30),
        "due_at": None if is_over else NOW + timedelta(minutes=number % 720 - 30),
        "over": is_over,
        "account_id": number,
    }


def _pass(number: int, step: int) -> Row:
    at = NOW - timedelta(hours=6 * (PASSES - step), seconds=number % 3600)
    return {"started_at": at, "finished_at": at, "verdict": _of(VERDICTS, number), "content": b"", "command": None}


def _result(families: int, number: int, step: int) -> Row:
    since = NOW - timedelta(days=5)
    return {
        "pass_id": step * families + number,
        "account_id": number,
        "name": f"n{number}",
        "verdict": "blocked" if step < PASSES // 2 else _of(VERDICTS, number),
        "blockers": number % 4,
        "unread": number % 2,
        "passes": step + 1,
        "quiet": step,
        "clean_since": since if _of(VERDICTS, number) == "clean" else None,
        "complete_at": since,
        "begun_at": since,
        "told": True,
        "mark": f"m{number}",
    }


def _standing(families: int, number: int) -> Row:
    at = NOW - timedelta(hours=6)
    return {
        "account_id": number,
        "pass_id": (PASSES - 1) * families + number,
        "name": f"n{number}",
        "verdict": _of(VERDICTS, number),
        "blockers": number % 4,
        "unread": number % 2,
        "undated": number % 5 == 0,
        "finished_at": at,
        "moved_at": at - timedelta(days=number % 20),
        "verdict_at": at,
        "complete_at": at if number % 7 else at - timedelta(days=number % 9),
        "begun_at": NOW - timedelta(days=30),
        "ready_at": NOW + timedelta(days=number % 30) if number % 11 == 0 else None,
    }


def _finding(number: int, place: int) -> Row:
    rule = _of(RULES, number + place)
    return {
        "account_id": number,
        "rule": rule,
        "severity": "blocker" if place else "warning",
        "area": "balances",
        "surface": f"surface-{place}",
        "subject": f"C{place}",
        "asset": f"C{place}",
        "message": verbatim(f"The wallet still holds something of coin number {place}, as of the last check."),
        "remedy": verbatim("Withdraw it, or sell or convert it first. In the app: Assets, Withdraw."),
        "muted": False,
    }


def _of(things: Sequence[str], number: int) -> str:
    return things[number % len(things)]
