"""The tables that are exported: the columns of each, and its rows as the last checks left them.

They come from the history's rows, so that no stored check is opened, and one after the other, so that a large fleet
fits into memory.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, func, select

from auditor.fleet.accounts import F
from auditor.fleet.status.model import STUCK, State
from auditor.fleet.status.query import IS_MEMBER, MEMBERS, STATE, Conditions
from auditor.formats.as_csv import COLUMNS as FINDING_COLUMNS
from auditor.formats.json_writer import DUST_COLUMNS
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.i18n import Message, Translator

S = t.standings.c
BATCH = 2000
"""Rows that are fetched at a time."""
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportTable:
    """One table: its columns, and what yields its rows: the values of each, by column."""

    columns: tuple[str, ...]
    rows: Callable[[Connection, str | None, Translator], Iterator[Values]]


def _status_rows(connection: Connection, tag: str | None, translate: Translator) -> Iterator[Values]:  # noqa: ARG001 - it has no sentences
    now = read_clock(connection)
    when, a = Conditions(now, STUCK), t.accounts.c
    found = [S[name] for name in _OF_STANDING]
    more = (STATE.label("state"), func.coalesce(a.uid, F.uid).label("found_uid"))
    query: Select[Any] = select(t.fleet_accounts, *more, *found, when.stuck.label("stuck"), when.late.label("late"))
    query = query.select_from(MEMBERS.outerjoin(t.accounts, a.id == F.account_id))
    tags = _tags(connection)
    for row in _stream(connection, query.where(IS_MEMBER, *_tagged(tag)).order_by(F.name)):
        yield _status_row(row, tags)


_OF_MEMBER = ("exchange", "environment", "egress", "state", "due_at")
_OF_STANDING = (
    "blockers",
    "unread",
    "undated",
    "finished_at",
    "complete_at",
    "clean_since",
    "moved_at",
    "came_back_at",
    "ready_at",
)


def _status_row(row: Row[Any], tags: Mapping[int, str]) -> Values:
    return {
        **{name: getattr(row, name) for name in (*_OF_MEMBER, *_OF_STANDING)},
        "account": row.name,
        "uid": row.found_uid,
        "tags": tags.get(row.id, ""),
        "confirmed": row.state == State.CONFIRMED.value,
        "stuck": bool(row.stuck),
        "late": bool(row.late),
    }


def _finding_rows(connection: Connection, tag: str | None, translate: Translator) -> Iterator[Values]:
    f, a = t.findings.c, t.accounts.c
    query = (
        select(t.findings, F.name, F.exchange, F.egress, F.id.label("member"), a.uid, S.finished_at)
        .select_from(MEMBERS.join(t.findings, f.account_id == F.account_id).join(t.accounts, a.id == F.account_id))
        .where(IS_MEMBER, *_tagged(tag))
        .order_by(F.name, f.id)
    )
    tags = _tags(connection)
    for row in _stream(connection, query):
        yield {
            **{name: _shown(getattr(row, name), translate) for name in FINDING_COLUMNS if hasattr(row, name)},
            "account": row.name,
            "uid": row.uid,
            "time": row.finished_at,
            "id": "/".join(filter(None, (row.surface, row.owner, row.subject))),
            "exchange": row.exchange,
            "egress": row.egress,
            "tags": tags.get(row.member, ""),
        }


def _dust_rows(connection: Connection, tag: str | None, translate: Translator) -> Iterator[Values]:
    query = (
        select(t.dust)
        .select_from(t.fleet_accounts.join(t.dust, t.dust.c.account_id == F.account_id))
        .where(IS_MEMBER, *_tagged(tag))
        .order_by(F.name, t.dust.c.id)
    )
    for row in _stream(connection, query):
        yield {name: _shown(getattr(row, name), translate) for name in DUST_COLUMNS}


TABLES: Mapping[str, ExportTable] = {
    "status": ExportTable(
        columns=(
            *("account", "exchange", "environment", "uid", "egress", "tags", "state", "confirmed"),
            *("blockers", "unread", "undated", "finished_at", "complete_at", "clean_since"),
            *("moved_at", "came_back_at", "ready_at", "due_at", "stuck", "late"),
        ),
        rows=_status_rows,
    ),
    "findings": ExportTable(columns=(*FINDING_COLUMNS, "exchange", "egress", "tags"), rows=_finding_rows),
    "dust": ExportTable(columns=DUST_COLUMNS, rows=_dust_rows),
}
"""The tables by name. ``findings`` begins with the columns of a report's CSV; ``dust`` has those of the contract."""


def _stream(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    yield from connection.execution_options(yield_per=BATCH).execute(query)


def _tagged(tag: str | None) -> Iterator[Any]:
    if tag is not None:
        g = t.fleet_tags.c
        yield exists().where(g.member_id == F.id, g.tag == tag)


def _tags(connection: Connection) -> Mapping[int, str]:
    g, tags = t.fleet_tags.c, dict[int, str]()
    for number, tag in connection.execute(select(g.member_id, g.tag).order_by(g.member_id, g.tag)):
        tags[number] = f"{tags[number]};{tag}" if number in tags else tag
    return tags


def _shown(value: object, translate: Translator) -> object:
    return translate(value) if isinstance(value, Message) else value
