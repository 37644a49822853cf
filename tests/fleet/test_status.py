"""Where a fleet stands, from plain queries over the history's tables."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert

from auditor.fleet.membership import add
from auditor.fleet.status.model import FleetStatus, State
from auditor.fleet.status.query import read_status
from auditor.history import schema as t
from auditor.history.store import History
from auditor.model.report import Severity
from tests.fleet.fleets import DAY, HOUR, NOW, coins, link, listed, look, make_fleet, set_member


@pytest.fixture
def status(history: History) -> FleetStatus:
    make_fleet(history)
    with history.reading() as connection:
        return read_status(connection, now=NOW)


def names(lines: object) -> list[str]:
    return [line.name for line in lines]  # type: ignore[attr-defined]


def test_accounts_are_counted_by_their_last_verdict_and_whether_it_was_confirmed(status: FleetStatus) -> None:
    expected = {
        State.CONFIRMED: 1,
        State.CLEAN: 1,
        State.BLOCKED: 3,
        State.REFUSED: 1,
        State.INCOMPLETE: 1,
        State.UNCHECKED: 1,
    }
    assert expected == dict(status.total.states)
    assert [("binance", 1), ("kraken", 1), ("okx", 6)] == [(g.name, g.accounts) for g in status.exchanges]
    assert [("fra-1", 4), ("fra-2", 4)] == [(g.name, g.accounts) for g in status.egress_groups]
    assert [("desk", 6), ("fund-1", 2)] == [(g.name, g.accounts) for g in status.tags]


def test_what_blocks_is_counted_by_rule_and_exchange(status: FleetStatus) -> None:
    blocking = {
        (b.rule, b.exchange): (b.findings, b.accounts) for b in status.blockages if b.severity is Severity.BLOCKER
    }

    assert (2, 1) == blocking["balance-left", "binance"]
    assert (1, 1) == blocking["balance-left", "okx"]
    assert {"unread": 1} == {b.rule: b.accounts for b in status.blockages if b.rule == "unread"}


def test_whoever_needs_looking_after_is_named(status: FleetStatus) -> None:
    assert ["stuck"] == names(status.stuck)
    assert NOW - 10 * DAY == status.stuck[0].since
    assert ("balance-left",) == status.stuck[0].rules
    assert ["partial", "refused"] == names(status.unread)
    assert NOW - 3 * DAY == status.unread[0].since
    assert ["new"] == names(status.late)
    assert ["refused"] == names(status.refused)
    assert ["back"] == names(status.returned)


def test_the_end_is_the_latest_date_and_unknown_for_what_has_none(status: FleetStatus) -> None:
    assert NOW + 8 * DAY == status.total.ready_at
    assert 3 == status.total.undated  # rejected, incomplete, not checked


def test_a_worker_without_a_sign_of_life_is_silent(status: FleetStatus) -> None:
    figures = [(e.name, status.is_silent(e), e.passes, e.limited) for e in status.egresses]

    assert [("fra-1", False, 42, 3), ("fra-2", True, 0, 0)] == figures


def test_a_family_that_is_being_read_counts_once_whatever_is_claimed_for_it(history: History) -> None:
    with history.writing() as connection:
        for family, holder, lasts in (("a", "one", HOUR), ("b", "one", HOUR), ("c", "two", HOUR), ("d", "x", -HOUR)):
            claim = {"family": family, "holder": holder, "expires_at": NOW + lasts}
            connection.execute(insert(t.claims).values(claim))
        assert 2 == read_status(connection, now=NOW).running


def test_the_code_is_that_of_a_run_over_all_accounts(history: History) -> None:
    def code() -> int:
        with history.reading() as connection:
            return read_status(connection, now=NOW).exit_code

    assert 3 == code()  # nothing is listed
    with history.writing() as connection:
        add(connection, listed()[:2], NOW, HOUR)
    assert 3 == code()  # nothing was checked
    for name in ("over", "ready"):
        look(history, name, NOW)
    with history.writing() as connection:
        link(connection)
    assert 3 == code()  # nothing is confirmed
    confirm(history, "over")
    assert 3 == code()
    confirm(history, "ready")
    assert 0 == code()
    look(history, "over", NOW + HOUR, coins("BTC"))
    assert 1 == code()  # whatever the list still says of it


def test_an_account_of_which_a_later_pass_is_known_is_not_taken_for_what_it_was(history: History) -> None:
    make_fleet(history)
    with history.writing() as connection:
        set_member(connection, "over", pass_id=99)
        status = read_status(connection, now=NOW)

    assert (0, 2) == (status.total.count(State.CONFIRMED), status.total.count(State.INCOMPLETE))


def confirm(history: History, name: str) -> None:
    with history.writing() as connection:
        set_member(connection, name, over=True)


def test_more_accounts_ask_the_database_no_more_questions(history: History) -> None:
    make_fleet(history)
    asked: list[str] = []
    event.listen(history.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    with history.reading() as connection:
        read_status(connection, now=NOW, stuck_after=timedelta(days=1), whole={"stuck", "late"})

    assert len([one for one in asked if one.startswith("SELECT")]) < 14
    assert not any("content" in one for one in asked)
