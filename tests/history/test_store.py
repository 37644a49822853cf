"""The history on disk: private, whole, never ahead of the program, and pruned by age."""

import os
import sqlite3
import stat
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, inspect, select

from auditor.history import migrations
from auditor.history import queries as rows
from auditor.history import schema as tables
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.model.report import Verdict
from auditor.security.redaction import SECRETS
from tests import builders
from tests.history.conftest import WHO, add, done, funding

DAY = timedelta(days=1)


def changes(history: History, number: int) -> list[tuple[str, str]]:
    return [(each.kind.value, each.seen.subject) for found in history.changes(number).values() for each in found]


def test_a_pass_comes_back_with_its_content_its_findings_and_its_verdict(history: History) -> None:
    made = done(funding("BTC"))

    number = add(history, made).number

    assert made == history.load(number)
    assert [(1, Verdict.BLOCKED, 1)] == [(e.id, e.verdict, e.results[0].blockers) for e in history.entries()]
    assert [("new", "BTC")] == changes(history, number)


def test_what_comes_and_goes_is_told_from_pass_to_pass(history: History) -> None:
    shown: Sequence[Sequence[str]] = [["BTC", "ETH"], ["BTC"], ["BTC", "ETH"], []]
    for assets in shown:
        add(history, done(funding(*assets)))

    assert [[("new", "BTC"), ("new", "ETH")], [("resolved", "ETH")], [("back", "ETH")]] == [
        changes(history, number) for number in (1, 2, 3)
    ]


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_the_file_is_for_its_owner_only(history: History, file: Path) -> None:
    add(history, done())

    assert 0o600 == stat.S_IMODE(file.stat().st_mode)
    assert 0o700 == stat.S_IMODE(file.parent.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_file_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    file = tmp_path / "mine"
    file.touch(0o644)

    History(Location(file=file)).close()

    assert 0o600 == stat.S_IMODE(file.stat().st_mode)


def test_no_secret_gets_into_it(history: History, file: Path) -> None:
    SECRETS.learn("planted-secret-of-the-history")
    row = {"note": "planted-secret-of-the-history"}

    number = add(history, done(builders.reading(builders.balance("1", row=row)))).number

    assert "planted" not in repr(history.load(number).report.findings[0].evidence)
    assert b"planted" not in file.read_bytes()


def test_a_pass_that_breaks_off_leaves_nothing_behind(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    add(history, done(funding("BTC")))

    def killed(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(rows, "read_known_holdings", killed)
    with pytest.raises(KeyboardInterrupt):
        add(history, done(funding("ETH")))
    monkeypatch.undo()

    assert [1] == [entry.id for entry in history.entries()]
    assert [("new", "ETH"), ("resolved", "BTC")] == changes(history, add(history, done(funding("ETH"))).number)


def test_two_passes_never_follow_the_same_one(history: History) -> None:
    add(history, done())

    with pytest.raises(UserError, match="Another watch stored a check"):
        history.append(done(at=builders.NOW + DAY), WHO, after=0)


def test_a_locked_file_is_told_and_whole(history: History, file: Path) -> None:
    add(history, done())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(UserError, match="locked by another program"):
        history.entries()
    other.execute("ROLLBACK")
    other.close()

    assert [1] == [entry.id for entry in history.entries()]


def test_a_full_disk_is_told_and_loses_nothing(history: History, file: Path) -> None:
    add(history, done())
    with history.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    event.listen(history.engine, "checkout", lambda dbapi, *_: dbapi.execute(f"PRAGMA max_page_count = {pages}"))

    with pytest.raises(UserError, match="disk is full"):
        add(history, done(funding(*(f"C{n}" for n in range(300)))))

    assert [1] == [entry.id for entry in history.entries()]


@pytest.mark.parametrize("content", [b"this is no database, but a text", b"\x00" * 5000])
def test_what_is_no_history_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(content)

    with pytest.raises(UserError, match=r"notes\.txt is not a history"):
        History(Location(file=file))

    assert content == file.read_bytes()


def test_a_damaged_file_is_told(history: History, file: Path) -> None:
    add(history, done(funding(*(f"C{n}" for n in range(50)))))
    history.close()
    content = bytearray(file.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    file.write_bytes(bytes(content))

    with pytest.raises(UserError, match=r"is damaged|is not a history"), History(Location(file=file)) as broken:
        broken.entries()


def test_a_newer_history_is_left_as_it_is(history: History, file: Path) -> None:
    add(history, done())
    history.close()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
    connection.close()

    with pytest.raises(UserError, match=r"newer version of this program \(its version 99, known 6\)"):
        History(Location(file=file))


def test_a_database_of_another_program_is_left_as_it_is(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.close()

    with pytest.raises(UserError, match="another program"):
        History(Location(file=file))


def _adds_a_column(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE passes ADD COLUMN remark VARCHAR")


def _fails(connection: Connection) -> None:
    _adds_a_column(connection)
    raise UserError("the migration failed")


def test_an_older_history_is_brought_up_to_date_with_what_it_holds(history: History) -> None:
    add(history, done(funding("BTC")))

    with history.writing() as connection:
        migrations.migrate(connection, [*migrations.STEPS, _adds_a_column])
        version = migrations.version(connection)

    assert len(migrations.STEPS) + 1 == version
    assert done(funding("BTC")) == history.load(1)


def test_a_migration_that_fails_changes_nothing(history: History) -> None:
    with pytest.raises(UserError), history.writing() as connection:
        migrations.migrate(connection, [*migrations.STEPS, _fails])

    columns = {column["name"] for column in inspect(history.engine).get_columns("passes")}
    assert "remark" not in columns


def test_pruning_keeps_each_accounts_last_pass_and_what_came_and_went(history: History) -> None:
    for number, assets in enumerate([["BTC"], [], []]):
        add(history, done(funding(*assets), at=builders.NOW + number * DAY))

    assert 2 == history.prune(builders.NOW + 9 * DAY)

    assert [3] == [entry.id for entry in history.entries()]
    assert [("back", "BTC")] == changes(history, add(history, done(funding("BTC"))).number)


def test_what_was_pruned_is_gone_from_the_file(history: History, file: Path) -> None:
    add(history, done(funding(*(f"C{n}" for n in range(99)))))
    add(history, done())
    with history.engine.connect() as connection:
        piece = connection.execute(select(tables.passes.c.content).where(tables.passes.c.id == 1)).scalar_one()[99:199]
    before = file.read_bytes()

    history.prune(builders.NOW + DAY)

    assert (True, False) == (piece in before, piece in file.read_bytes())
    assert file.stat().st_size < len(before)


def test_what_is_stored_can_be_listed_while_another_program_writes(history: History, file: Path) -> None:
    add(history, done())
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with History(Location(file=file), patience=0.1) as second:
        listed = second.entries()
    other.execute("ROLLBACK")
    other.close()

    assert [1] == [entry.id for entry in listed]


def test_a_history_of_the_first_version_goes_on(history: History, file: Path) -> None:
    add(history, done(funding("BTC")))
    history.close()
    with sqlite3.connect(file) as connection:
        connection.execute("DROP INDEX ix_results_name_mark")
        connection.execute("ALTER TABLE results DROP COLUMN mark")
        connection.execute("UPDATE schema_version SET version = 1")
    connection.close()

    with History(Location(file=file)) as later:
        assert [("new", "ETH"), ("resolved", "BTC")] == changes(later, add(later, done(funding("ETH"))).number)


def test_a_number_is_never_given_twice(history: History) -> None:
    add(history, done())
    add(history, done(), anew=True)

    assert 3 == add(history, done()).number


def test_an_account_is_known_by_its_uid_whatever_it_is_called(history: History) -> None:
    add(history, done(funding("BTC"), uid="42"))
    add(history, done(funding("BTC"), uid="43"))

    assert [("new", "BTC")] == changes(history, 2)


def test_an_account_that_could_not_be_asked_stays_the_one_that_it_was(history: History) -> None:
    add(history, done(funding("BTC"), uid="42"))
    add(history, done(uid=None, key=None))

    assert [("unseen", "BTC")] == changes(history, 2)
    assert {"42"} == {entry.results[0].uid for entry in history.entries()}


@pytest.mark.slow("makes hundreds of passes")
def test_listing_hundreds_of_passes_asks_the_database_twice(history: History) -> None:
    for _number in range(20):
        add(history, done())
    asked: list[str] = []
    event.listen(history.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    assert 20 == len(history.entries())
    assert 2 == len([statement for statement in asked if statement.startswith("SELECT")])
    assert not any("content" in statement for statement in asked)
