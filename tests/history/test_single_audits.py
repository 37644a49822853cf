"""A single audit is kept beside the passes of a watch, which goes on as if it were not there."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.watch.policy import Policy
from auditor.watch.scheduler import Planner
from tests import builders
from tests.history.conftest import WHO, add, done, funding

NOW = builders.NOW
SOON = timedelta(minutes=20)


def test_a_single_audit_is_the_newest_check_of_its_account(history: History) -> None:
    add(history, done(funding("BTC")))
    number = history.keep(done(funding("ETH"), at=NOW + SOON), WHO)

    state = history.newest_state(WHO["main"])
    assert state is not None
    assert (number, number) == (history.newest_id(), state.pass_id)
    assert ["ETH"] == [finding.asset for finding in history.load(number).report.findings if finding.asset]


def test_it_changes_nothing_that_a_watch_goes_by(history: History) -> None:
    add(history, done(funding("BTC")))
    before = (history.last_id(), history.state(WHO["main"]), Planner(history, [*WHO.values()], Policy()).plan(NOW))
    history.keep(done(funding("ETH"), at=NOW + SOON), WHO)

    after = (history.last_id(), history.state(WHO["main"]), Planner(history, [*WHO.values()], Policy()).plan(NOW))
    assert before == after


def test_a_clean_audit_confirms_no_clean_pass(history: History) -> None:
    add(history, done())
    history.keep(done(at=NOW + timedelta(hours=2)), WHO)

    state = history.state(WHO["main"])
    assert state is not None
    assert (1, NOW, NOW) == (state.standing.passes, state.standing.clean_since, state.finished_at)


def test_a_watch_tells_what_changed_since_its_own_last_pass(history: History) -> None:
    add(history, done(funding("BTC")))
    history.keep(done(funding()), WHO)

    stored = add(history, done(funding(), at=NOW + SOON))

    assert ["resolved"] == [change.kind.value for changes in stored.changes.values() for change in changes]


def test_an_audit_during_a_watchs_pass_does_not_end_the_watch(history: History) -> None:
    add(history, done(funding("BTC")))
    last = history.last_id()
    history.keep(done(), WHO)

    assert 3 == history.append(done(at=NOW + SOON), WHO, after=last).number


def test_pruning_leaves_the_last_pass_and_the_last_audit(history: History) -> None:
    for at in (NOW, NOW + SOON):
        add(history, done(at=at))
        history.keep(done(at=at), WHO)

    assert 2 == history.prune(NOW + timedelta(days=1))
    assert [4, 3] == [entry.id for entry in history.entries()]


def test_a_history_of_the_version_before_is_brought_up_to_date(history: History, file: Path) -> None:
    add(history, done(funding("BTC")))
    history.close()
    with sqlite3.connect(file) as connection:
        connection.execute("ALTER TABLE passes DROP COLUMN command")
        connection.execute("UPDATE schema_version SET version = 2")
    connection.close()

    with History(Location(file=file)) as opened:
        assert (1, 2) == (opened.last_id(), opened.keep(done(), WHO))
