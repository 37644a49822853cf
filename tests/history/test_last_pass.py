"""What the last pass said of each account stands as rows, and a pass that repeats the one before keeps its counts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, delete, select, update

from auditor.audit.report_builder import build_report
from auditor.history import migrations
from auditor.history import schema as tables
from auditor.history.database_url import Location
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.snapshot import Environment, Reading, Snapshot
from tests import builders
from tests.history.conftest import EMPTY, WHO, add, done, funding

HOUR = timedelta(hours=1)
ROWS = (tables.standings, tables.findings, tables.dust)


def rows(history: History, table: Table) -> list[dict[str, Any]]:
    with history.writing() as connection:
        found = connection.execute(select(table).order_by(*table.primary_key)).mappings().all()
    return [{name: value for name, value in row.items() if name != "id"} for row in found]


def assets(history: History, table: Table) -> list[str]:
    return sorted(str(row["asset"]) for row in rows(history, table))


def whole(history: History, numbers: Sequence[int]) -> list[int]:
    return [number for number in numbers if is_whole(history, number)]


def is_whole(history: History, number: int) -> bool:
    try:
        history.load(number)
    except UserError:
        return False
    return True


def test_findings_and_dust_of_the_last_pass_stand_as_rows(history: History) -> None:
    add(history, done(funding("BTC", "ETH", amount="0.00000001")))
    add(history, done(funding("BTC", amount="0.00000001"), at=builders.NOW + HOUR))

    made = history.load(2).report
    (finding,) = made.findings
    (line,) = made.dust
    (stored,) = rows(history, tables.findings)
    (crumb,) = rows(history, tables.dust)
    assert [finding.rule, finding.amount, finding.message] == [stored[n] for n in ("rule", "amount", "message")]
    assert {name: getattr(line, name) for name in type(line).__slots__} == {
        n: v for n, v in crumb.items() if n != "account_id"
    }


def test_a_place_that_was_not_read_stands_beside_the_findings(history: History) -> None:
    add(history, done(builders.unread(surface="earn-flexible", area=Area.EARN)))

    assert [("unread", "earn-flexible")] == [(row["rule"], row["surface"]) for row in rows(history, tables.findings)]


def test_where_an_account_stands_says_since_when_nothing_moved_and_when_it_was_clean(history: History) -> None:
    for hours, shown in enumerate([["BTC"], [], ["ETH"], ["ETH"]]):
        add(history, done(funding(*shown), at=builders.NOW + hours * HOUR))

    (row,) = rows(history, tables.standings)
    moved, clean = builders.NOW + 2 * HOUR, builders.NOW + HOUR
    assert [4, 1, moved, moved, clean, moved] == [
        row[n] for n in ("pass_id", "blockers", "moved_at", "verdict_at", "cleaned_at", "came_back_at")
    ]


def test_a_single_audit_changes_nothing_of_where_an_account_stands(history: History) -> None:
    add(history, done(funding("BTC")))

    history.keep(done(funding("ETH"), at=builders.NOW + HOUR), WHO)

    assert ["BTC"] == assets(history, tables.findings)


def known(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without since when a verdict holds, which an earlier version did not note."""
    return [{name: value for name, value in row.items() if name != "verdict_at"} for row in found]


def goes_back_a_version(history: History) -> None:
    with history.writing() as connection:
        for table in ROWS:
            table.drop(connection)
        connection.execute(update(tables.schema).values(version=5))


def test_a_history_of_an_earlier_version_gets_the_rows_of_every_account(history: History, location: Location) -> None:
    two = WHO | {"sub": ConfiguredAccount(name="sub", exchange="okx", environment=Environment.LIVE)}
    for hours, shown in enumerate([["BTC"], ["BTC", "ETH"], ["ETH"], ["ETH"]]):
        at = builders.NOW + hours * HOUR
        history.append(done(funding(*shown), at=at), two, after=history.last_id())
        history.append(done(funding("SOL"), at=at, name="sub", uid="7"), two, after=history.last_id())
    expected = [rows(history, table) for table in ROWS]
    goes_back_a_version(history)
    history.close()

    with History(location) as later:
        assert [known(table) for table in expected] == [known(rows(later, table)) for table in ROWS]
        with later.writing() as connection:
            assert len(migrations.STEPS) == migrations.version(connection)


def test_of_a_damaged_pass_of_an_earlier_version_nobody_can_say_when_it_ends(
    history: History, location: Location
) -> None:
    add(history, done(funding("BTC", "ETH")))
    goes_back_a_version(history)
    with history.writing() as connection:
        connection.execute(update(tables.passes).values(content=b"damaged"))
    history.close()

    with History(location) as later:
        (row,) = rows(later, tables.standings)
        assert (2, 2, []) == (row["blockers"], row["undated"], rows(later, tables.findings))


def test_a_pass_that_repeats_the_one_before_keeps_its_counts_and_not_its_content(history: History) -> None:
    shown = [["BTC"], ["BTC"], ["BTC"], ["ETH"], ["ETH"], ["ETH"], ["ETH"]]
    for hours, names in enumerate(shown):
        add(history, done(funding(*names), at=builders.NOW + hours * HOUR))

    assert [1, 4, 7] == whole(history, range(1, 8))
    assert [1] * 7 == [entry.results[0].blockers for entry in history.entries()]
    with pytest.raises(UserError, match=r"Check 6 found the same as the one before, .* Take check 4, which is whole"):
        history.load(6)


def test_a_pass_in_which_a_place_could_no_longer_be_read_stays_whole(history: History) -> None:
    lost = builders.unread(surface="earn-flexible", area=Area.EARN)
    shown: list[list[Reading]] = [[], [], [lost], [lost], [], []]
    for hours, readings in enumerate(shown):
        add(history, done(*readings, at=builders.NOW + hours * HOUR))

    assert [1, 3, 5, 6] == whole(history, range(1, 7))


def test_a_pass_that_is_the_last_of_one_of_its_accounts_stays_whole(history: History) -> None:
    both = {name: ConfiguredAccount(name=name, exchange="okx", environment=Environment.LIVE) for name in ("a", "b")}

    def look(hours: int, *names: str) -> None:
        at = builders.NOW + hours * HOUR
        accounts = tuple(builders.account(*EMPTY, name=name, uid=name, main_uid=None) for name in names)
        report = build_report(Snapshot(accounts=accounts, started_at=at, finished_at=at), now=at)
        history.append(Pass(started_at=at, finished_at=at, report=report), both, after=history.last_id(both.values()))

    for hours in range(3):
        look(hours, "a", "b")
    look(3, "a")
    before = is_whole(history, 3)
    look(4, "b")

    assert (True, False) == (before, is_whole(history, 3))


def test_a_pass_whose_predecessor_was_deleted_says_only_that_it_repeated_it(history: History) -> None:
    for hours in range(3):
        add(history, done(funding("BTC"), at=builders.NOW + hours * HOUR))
    with history.writing() as connection:
        connection.execute(delete(tables.passes).where(tables.passes.c.id == 1))

    with pytest.raises(UserError, match=r"only its counts are kept\.$"):
        history.load(2)
