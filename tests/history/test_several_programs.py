"""Several programs use one history at the same time, and its database may be away."""

import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy.engine import URL

from auditor.history import queries as rows
from auditor.history import store, writer
from auditor.history.database_url import Location, parse_location
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.model.snapshot import Read
from auditor.security.redaction import SECRETS
from tests import builders, postgres
from tests.history.conftest import WHO, add, done, funding

HOUR = timedelta(hours=1)
PLANTED = "planted-pass-word-of-a-server"


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """What each of these returned or raised, started at the same moment."""
    start = Barrier(len(work))

    def run(one: Callable[[], Any]) -> Any:
        start.wait(10)
        try:
            return one()
        except UserError as problem:
            return str(problem)

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(run, work))


def test_several_programs_that_find_no_tables_make_them_once(empty_location: Location) -> None:
    def first() -> list[Any]:
        with History(empty_location) as opened:
            return list(opened.entries())

    assert [[]] * 6 == at_once(*[first] * 6)


def test_of_two_passes_that_follow_the_same_one_the_second_is_refused(
    history: History, location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(history, done())
    history.close()
    both_checked = Barrier(2)

    def write(*given: Any, **named: Any) -> Any:
        with suppress(BrokenBarrierError):
            both_checked.wait(0.4)
        return writer.write(*given, **named)

    monkeypatch.setattr(store, "write", write)
    with History(location) as one, History(location) as other:
        ended = at_once(
            lambda: one.append(done(at=builders.NOW + HOUR), WHO, after=1),
            lambda: other.append(done(at=builders.NOW + 2 * HOUR), WHO, after=1),
        )

    assert ["Another watch stored a check in the meantime, so this one was not stored."] == [
        end for end in ended if isinstance(end, str)
    ]
    assert 2 == len(history.entries())


def test_two_audits_of_an_account_that_nobody_knew_are_both_kept(
    history: History, location: Location, monkeypatch: pytest.MonkeyPatch
) -> None:
    find, both_looked = rows.read_account_state, Barrier(2)

    def look(*given: Any, **named: Any) -> Any:
        found = find(*given, **named)
        with suppress(BrokenBarrierError):
            both_looked.wait(0.4)
        return found

    history.close()
    monkeypatch.setattr(rows, "read_account_state", look)
    with History(location) as one, History(location) as other:
        kept = at_once(lambda: one.keep(done(), WHO), lambda: other.keep(done(), WHO))

    assert 2 == len(set(kept))
    assert all(isinstance(number, int) for number in kept), kept


@pytest.mark.parametrize("odd", ["A\0B", "A\ud800B"])
def test_a_name_that_no_column_can_hold_is_stored_alike_and_does_not_change(history: History, odd: str) -> None:
    row = {"ccy": odd, odd: [odd]}
    shown = builders.reading(builders.balance("1", odd, row=row), surface="funding")

    add(history, done(shown))
    add(history, done(shown))

    kept = {"A\0B": "A\u2400B", "A\ud800B": "A\ufffdB"}[odd]
    assert [kept] == [seen.seen.subject for found in history.changes(1).values() for seen in found]
    assert {} == history.changes(2)
    read = history.load(2).report.accounts[0].snapshot.readings[-1].result
    assert isinstance(read, Read)
    (record,) = read.records
    assert {"ccy": kept, kept: [kept]} == record.row


def test_a_connection_that_was_cut_while_nobody_used_it_is_made_anew(postgres_url: URL) -> None:
    with History(Location(url=postgres.text(postgres_url))) as history:
        add(history, done(funding("BTC")))

        postgres.cut_connections(postgres_url)

        assert 1 == history.last_id()


def test_an_error_says_what_the_server_said_and_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLEET_DB", f"postgresql+psycopg://auditor:{PLANTED}@127.0.0.1:1/audits")

    with pytest.raises(UserError, match="Connection refused") as told:
        History(parse_location("env:FLEET_DB"))

    assert PLANTED not in str(told.value)
    assert PLANTED not in SECRETS.text(PLANTED)


def test_an_error_of_a_statement_says_what_the_server_said(postgres_url: URL) -> None:
    with (
        History(Location(url=postgres.text(postgres_url))) as history,
        pytest.raises(UserError, match='refused it: relation "photos" does not exist'),
        history.writing() as connection,
    ):
        connection.exec_driver_sql("SELECT * FROM photos")


def test_a_missing_driver_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(UserError, match=r"--require-hashes -r .*extras\.txt, and an address that begins with"):
        History(Location(url="postgresql+psycopg://auditor@db/audits"))


def test_a_file_of_passwords_is_no_password() -> None:
    url = "postgresql+psycopg://auditor@db/audits?passfile=/run/keys/pgpass"

    assert Location(url=url) == parse_location(url)
