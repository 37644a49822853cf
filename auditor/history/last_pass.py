"""What the last pass of a watch said of each account, as rows: where it stands, its findings, its dust.

They follow from the stored passes, and are written in the transaction that stores one.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, delete, func, insert, select, update

from auditor.history import schema as t
from auditor.history import serialization as codec
from auditor.history.serialization import Pass
from auditor.history.streaks import WatchState
from auditor.i18n import EMPTY, _, labelled
from auditor.model.errors import UserError
from auditor.model.report import AccountReport, DustLine, Finding, Report, Severity, Verdict
from auditor.model.snapshot import Reading, Standing, Unread
from auditor.plan.dates import last_dated, waits

UNREAD = "unread"
"""In place of a rule: a documented place that was not read to its end."""
_SAME = (
    "rule",
    "severity",
    "area",
    "surface",
    "subject",
    "owner",
    "wallet",
    "asset",
    "market",
    "side",
    "amount",
    "value_usd",
    "ready_at",
    "since",
    "message",
    "remedy",
    "muted",
)
_MORE = _("; ")
# Statements are built once: to build one takes three times as long as to ask it.
_STANDING = select(t.standings).where(t.standings.c.account_id == bindparam("account"))
_STANDS = update(t.standings).where(t.standings.c.account_id == bindparam("account"))
_OLD = {table: delete(table).where(table.c.account_id == bindparam("account")) for table in (t.findings, t.dust)}
_COUNTED = ("name", "verdict", "blockers", "unread", "clean_since", "complete_at", "begun_at")


def write_standing(
    connection: Connection, account_id: int, values: Mapping[str, Any], done: Pass, state: WatchState
) -> None:
    """Write where an account stands after its last pass; ``values``: its result in that pass."""
    at, this = done.finished_at, {"account": account_id}
    before = connection.execute(_STANDING, this).first()
    row = {
        **{name: values[name] for name in ("pass_id", *_COUNTED)},
        "finished_at": at,
        **_times(before, values["verdict"], at, moved=state.quiet == 0),
        **_dates(done.report, str(values["name"])),
    }
    if before is None:
        connection.execute(insert(t.standings), {"account_id": account_id, **row})
    else:
        connection.execute(_STANDS, {**this, **row})


def _times(before: Row[Any] | None, verdict: str, at: datetime, *, moved: bool) -> dict[str, Any]:
    """Return since when an account stands as it does."""
    if before is None:
        cleaned = at if verdict == Verdict.CLEAN.value else None
        return {"moved_at": at, "verdict_at": at, "cleaned_at": cleaned, "came_back_at": None}
    came_back, cleaned = before.came_back_at, before.cleaned_at
    if verdict == Verdict.BLOCKED.value and cleaned is not None and (came_back is None or came_back < cleaned):
        came_back = at
    return {
        "moved_at": at if moved else before.moved_at,
        "verdict_at": before.verdict_at if verdict == before.verdict else at,
        "cleaned_at": at if verdict == Verdict.CLEAN.value else cleaned,
        "came_back_at": came_back,
    }


def write_rows(connection: Connection, account_id: int, account: AccountReport, report: Report) -> None:
    """Write the findings and the dust of an account's last pass in place of those of the one before."""
    for table, rows in ((t.findings, _findings(account, report)), (t.dust, _dust(account, report))):
        connection.execute(_OLD[table], {"account": account_id})
        if values := [{"account_id": account_id, **row} for row in rows]:
            connection.execute(insert(table), values)


def fill_in(connection: Connection) -> None:
    """Write the rows of every account that an earlier version of this program watched.

    Of a pass that is damaged only the counts are known, so that nobody can say when its blockers end. News of earlier
    passes was reported by the watches that made them.
    """
    connection.execute(_standings_from_results())
    c = t.standings.c
    last = connection.execute(select(c.account_id, c.pass_id, c.name).order_by(c.pass_id)).all()
    by_pass: dict[int, dict[str, int]] = {}
    for row in last:
        by_pass.setdefault(row.pass_id, {})[row.name] = row.account_id
    for number, names in by_pass.items():
        _fill_in_pass(connection, number, names)


def _fill_in_pass(connection: Connection, number: int, names: Mapping[str, int]) -> None:
    content = connection.execute(select(t.passes.c.content).where(t.passes.c.id == number)).scalar_one()
    try:
        report = codec.decode(content).report
    except UserError:
        return
    for account in report.accounts:
        name = account.snapshot.name
        if name in names:
            write_rows(connection, names[name], account, report)
            row = update(t.standings).where(t.standings.c.account_id == names[name])
            connection.execute(row.values(_dates(report, name)))


def _standings_from_results() -> Any:
    r, p, columns = t.results.c, t.passes.c, t.standings.c
    watched = select(r.account_id, p.id, p.finished_at, r.quiet, r.verdict).join_from(t.results, t.passes)
    row = watched.where(p.command.is_(None)).subquery().c
    last = (
        select(
            row.account_id,
            func.max(row.id).label("number"),
            func.min(row.finished_at).label("first_at"),
            _latest(row, row.quiet == 0).label("moved_at"),
            _latest(row, row.verdict == Verdict.CLEAN.value).label("cleaned_at"),
        )
        .group_by(row.account_id)
        .subquery()
        .c
    )
    rows = {
        "account_id": r.account_id,
        "pass_id": r.pass_id,
        **{name: r[name] for name in _COUNTED},
        "undated": r.blockers,
        "finished_at": p.finished_at,
        "moved_at": func.coalesce(last.moved_at, last.first_at),
        "verdict_at": p.finished_at,
        "cleaned_at": last.cleaned_at,
    }
    same = and_(r.account_id == last.account_id, r.pass_id == last.number)
    source = select(*rows.values()).join_from(t.results, t.passes).join(last.account_id.table, same)
    return insert(t.standings).from_select([columns[name] for name in rows], source)


def _latest(row: Any, condition: ColumnElement[bool]) -> Any:
    """Return the time of the last pass for which ``condition`` holds."""
    return func.max(row.finished_at).filter(condition)


def _dates(report: Report, name: str) -> dict[str, Any]:
    """Return until when there is something to wait for, and how much of it has no date."""
    waiting = waits(finding for finding in report.findings if finding.account == name)
    last = last_dated(waiting)
    return {"ready_at": last and last.until, "undated": sum(wait.until is None for wait in waiting)}


def _findings(account: AccountReport, report: Report) -> Iterator[dict[str, Any]]:
    name = account.snapshot.name
    rows = [_finding(finding) for finding in report.findings if finding.account == name]
    rows += [_unread(reading) for reading in account.unread if reading.standing is Standing.DOCUMENTED]
    seen: set[tuple[object, object]] = set()
    for row in rows:
        kind = (row["rule"], row["severity"])
        yield {**row, "first_of_rule": kind not in seen}
        seen.add(kind)


def _finding(finding: Finding) -> dict[str, Any]:
    also = _MORE.join(finding.also_seen_in) if finding.also_seen_in else None
    return {**{column: getattr(finding, column) for column in _SAME}, "also_seen_in": also}


def _unread(reading: Reading) -> dict[str, Any]:
    reason = reading.result.reason if isinstance(reading.result, Unread) else EMPTY
    text = {"message": labelled(_(reading.title), reason), "remedy": EMPTY}
    place = {"area": reading.area, "surface": reading.surface, "subject": reading.surface, "owner": reading.owner}
    kind = {"rule": UNREAD, "severity": Severity.WARNING, "muted": False}
    return {**dict.fromkeys((*_SAME, "also_seen_in")), **kind, **place, **text}


def _dust(account: AccountReport, report: Report) -> Iterator[dict[str, Any]]:
    for line in report.dust:
        if line.account.partition("/")[0] == account.snapshot.name:
            yield {column: getattr(line, column) for column in DustLine.__slots__}
