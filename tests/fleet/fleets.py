"""A small fleet in a history: an account for each state, a removed one, two workers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from auditor.audit.report_builder import build_report
from auditor.fleet.accounts_csv import ListedAccount
from auditor.fleet.membership import add
from auditor.history import schema as t
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.i18n import verbatim
from auditor.model.records import Area
from auditor.model.snapshot import AccountSnapshot, Environment, Reading, Snapshot
from tests import builders

NOW = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMPTY = tuple(builders.reading(area=area, surface=f"{area}-empty") for area in Area)
FUND, DESK = "fund-1", "desk"
LISTED = (
    ("over", "okx", "fra-1", FUND),
    ("ready", "okx", "fra-1", FUND),
    ("stuck", "binance", "fra-1", DESK),
    ("waits", "okx", "fra-1", DESK),
    ("refused", "okx", "fra-2", DESK),
    ("partial", "okx", "fra-2", DESK),
    ("back", "okx", "fra-2", DESK),
    ("new", "kraken", "fra-2", DESK),
    ("gone", "okx", "fra-2", DESK),
)


def coins(*assets: str) -> Reading:
    """A wallet with one of each coin."""
    return builders.reading(*(builders.balance("1", asset) for asset in assets), surface="funding", area=Area.BALANCES)


def redeeming(until: datetime) -> Reading:
    """A redemption that is paid out then."""
    earning = builders.earning(redeeming=True, ready_at=until)
    return builders.reading(earning, surface="savings", area=Area.EARN)


def look(history: History, name: str, at: datetime, *readings: Reading, **more: Any) -> None:
    """Store a pass over one account of the fleet, as a worker does."""
    exchange = next(listed[1] for listed in LISTED if listed[0] == name)
    account = builders.account(*EMPTY, *readings, name=name, exchange=exchange, uid=f"u-{name}", main_uid=None)
    store(history, at, replace(account, **more))


def store(history: History, at: datetime, account: AccountSnapshot) -> None:
    """Store a pass over an account."""
    report = build_report(Snapshot(accounts=(account,), started_at=at, finished_at=at), now=at)
    who = ConfiguredAccount(name=account.name, exchange=account.exchange, environment=Environment.LIVE, uid=account.uid)
    done = Pass(started_at=at, finished_at=at, report=report)
    history.append(done, {account.name: who}, after=history.last_id([who]))


def link(connection: Connection) -> None:
    """Note each member's number in the history, as a look does."""
    a, f = t.accounts.c, t.fleet_accounts.c
    for number, uid in connection.execute(select(a.id, a.uid)).all():
        connection.execute(update(t.fleet_accounts).where(f.uid == uid).values(account_id=number))


def set_member(connection: Connection, name: str, **values: Any) -> None:
    """Change the row of a member."""
    connection.execute(update(t.fleet_accounts).where(t.fleet_accounts.c.name == name).values(**values))


def listed(lines: Sequence[tuple[str, str, str, str]] = LISTED) -> list[ListedAccount]:
    """The lines of an operator's list."""
    return [
        ListedAccount(name=name, exchange=exchange, egress=egress, uid=f"u-{name}", tags=(tag,))
        for name, exchange, egress, tag in lines
    ]


def make_fleet(history: History) -> None:
    """Put the fleet into a history, as it stands at `NOW`.

    It is made once a process for each kind of database: the rows that were written then are what others get.
    """
    made = _ROWS.get(history.engine.dialect.name)
    with history.writing() as connection:
        before = _rows_of(connection)
        if made is not None and not any(before.values()):
            _copy(connection, made)
            return
    _make(history)
    if not any(before.values()):
        with history.reading() as connection:
            _ROWS[history.engine.dialect.name] = _rows_of(connection)


Rows = dict[Table, list[dict[str, Any]]]
_ROWS: dict[str, Rows] = {}


def _rows_of(connection: Connection) -> Rows:
    """Every row of a history but its version, which is there from the beginning."""
    tables = [table for table in t.METADATA.sorted_tables if table is not t.schema]
    return {table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables}


def _copy(connection: Connection, made: Rows) -> None:
    """Write the rows, and let the database count on from them."""
    for table, rows in made.items():
        if rows:
            connection.execute(insert(table), rows)
            if connection.dialect.name == "postgresql" and "id" in table.c:
                highest = max(row["id"] for row in rows)
                connection.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), highest)))


def _make(history: History) -> None:
    with history.writing() as connection:
        add(connection, listed(), NOW - 20 * DAY, DAY)
    for days in (2, 1):
        look(history, "over", NOW - days * DAY)
    look(history, "ready", NOW - HOUR)
    for days in (10, 9, 1):
        look(history, "stuck", NOW - days * DAY, coins("BTC", "ETH"))
    look(history, "waits", NOW - HOUR, redeeming(NOW + 8 * DAY))
    look(history, "refused", NOW - HOUR, refused=verbatim("the key may trade"))
    look(history, "partial", NOW - 3 * DAY)
    look(history, "partial", NOW - HOUR, builders.unread(surface="earn", area=Area.EARN))
    look(history, "back", NOW - DAY)
    look(history, "back", NOW - HOUR, coins("USDT"))
    look(history, "gone", NOW - HOUR, coins("SOL"))
    with history.writing() as connection:
        link(connection)
        for name, *_more in LISTED:
            set_member(connection, name, due_at=NOW + HOUR)
        set_member(connection, "over", over=True, due_at=None)
        set_member(connection, "new", due_at=NOW - 2 * HOUR)
        set_member(connection, "gone", removed_at=NOW, due_at=None)
        _add_workers(connection)


def _add_workers(connection: Connection) -> None:
    own = {"host": "vm", "process": 7, "started_at": NOW - DAY, "ended_at": None}
    rows = [{**own, "name": "fra-1", "seen_at": NOW}, {**own, "name": "fra-2", "seen_at": NOW - HOUR}]
    connection.execute(insert(t.egresses), rows)
    hour = {"egress": "fra-1", "hour": NOW, "passes": 40, "limited": 2}
    connection.execute(insert(t.egress_hours), [hour, {**hour, "hour": NOW - HOUR, "passes": 2, "limited": 1}])
