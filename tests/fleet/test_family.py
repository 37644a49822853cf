"""What a look asks the database before and after a pass."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event, select

from auditor import demo as exchange
from auditor.fleet.family import claim_due, claim_more
from auditor.fleet.look import look
from auditor.history import schema as t
from auditor.history.store import History
from tests.fleet.fleets import NOW, make_fleet, set_member
from tests.fleet.world import Fleet, families, write_keys

WAITS = "okx/live/u-waits"
MOST = 36
"""Statements of a look at an account that is read for the first time: each is a round trip."""


def due_family(history: History, name: str = "waits") -> None:
    """Make a fleet of which one account is due."""
    make_fleet(history)
    with history.writing() as connection:
        set_member(connection, name, due_at=NOW)


def claimed(history: History) -> dict[str, str]:
    """Who has which family."""
    with history.reading() as connection:
        return {row.family: row.holder for row in connection.execute(select(t.claims))}


@contextmanager
def statements(history: History) -> Iterator[list[str]]:
    """What is asked in the block."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(history.engine, "before_cursor_execute", note)
    yield asked
    event.remove(history.engine, "before_cursor_execute", note)


def test_a_family_that_is_due_is_claimed_with_what_a_plan_goes_by(history: History) -> None:
    due_family(history)
    found = claim_due(history, WAITS, "fra-1", NOW, "one")

    assert found.passes is not None
    (account,) = found.accounts
    state = found.passes.state(account.configured)
    assert state is not None
    assert found.last == state.pass_id
    whole = history.load(state.pass_id)
    with statements(history) as asked:
        assert whole == found.passes.load(state.pass_id)
    assert [] == asked
    assert {WAITS: "one"} == claimed(history)


def test_a_family_that_somebody_else_has_is_left_alone(history: History) -> None:
    due_family(history)
    claim_due(history, WAITS, "fra-1", NOW, "one")
    found = claim_due(history, WAITS, "fra-1", NOW, "two")

    assert (None, False) == (found.passes, found.has_alarm)
    assert claim_due(history, WAITS, "fra-1", NOW, "one").passes is not None  # who asks again has it still
    assert {WAITS: "one"} == claimed(history)


def test_a_family_that_is_not_due_or_of_another_egress_is_not_claimed(history: History) -> None:
    make_fleet(history)

    assert claim_due(history, WAITS, "fra-1", NOW, "one").passes is None
    assert claim_due(history, WAITS, "fra-2", NOW, "one").due_at is None
    assert {} == claimed(history)


def test_accounts_that_turn_out_to_be_of_another_family_are_claimed_as_that(history: History) -> None:
    due_family(history)
    listed = "okx/live/?waits"
    with history.writing() as connection:
        set_member(connection, "waits", family=listed)
    found = claim_due(history, listed, "fra-1", NOW, "one")

    assert found.passes is not None
    assert {WAITS: "one"} == claimed(history)


def test_what_a_key_turns_out_to_be_may_be_taken_already(history: History) -> None:
    due_family(history)
    found = claim_due(history, WAITS, "fra-1", NOW, "one")
    configured = [account.configured for account in found.accounts]
    with history.writing() as connection:
        assert found.last == claim_more(connection, configured, "one")
        assert claim_more(connection, configured, "two") is None


async def test_a_look_asks_the_database_few_things(history: History, tmp_path: Path) -> None:
    accounts = families(1)
    with exchange.serve(accounts, limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [])
        fleet.add(accounts)
        means = fleet.worker().means
        with statements(history) as asked:
            await look(means, fleet.accounts[0].family)

    assert 1 == len(fleet.done)
    assert len([one for one in asked if not one.startswith("BEGIN")]) <= MOST
