"""A fleet's database from one release to the next: what was seen counts, and what was planned goes on."""

from pathlib import Path

import pytest
from sqlalchemy import text, update

from auditor import demo as exchange
from auditor.fleet import worker as workers
from auditor.fleet.accounts import find
from auditor.fleet.look import look
from auditor.history import migrations
from auditor.history import schema as t
from auditor.history.database_url import Location
from auditor.history.store import History
from tests.fleet.world import Fleet, families, write_keys

BEFORE_THE_FLEET = 4
"""Version of the tables in the release before the first that had a fleet."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SWEEP", 0.02)


async def test_a_history_of_watches_becomes_that_of_a_fleet(location: Location, tmp_path: Path) -> None:
    accounts = families(1)
    with exchange.serve(accounts, limits=False) as served:
        template = write_keys(tmp_path / "keys", accounts)
        with History(location) as history:
            fleet = Fleet(history, served, template, [])
            fleet.add(accounts)
            await look(fleet.worker().means, "kraken/demo/?a000")
            make_older(history)
        with History(location) as history:
            taken_over = Fleet(history, served, template, [], since=fleet.since)
            taken_over.add(accounts)

            code = await taken_over.worker().run()

            with history.reading() as connection:
                assert len(migrations.STEPS) == migrations.version(connection)

    # The older pass was clean, and the next one confirmed it, or two did where it had grown too old for that.
    assert (0, True) == (code, len(taken_over.done) in {1, 2})


async def test_a_fleet_under_way_is_taken_over_by_the_next_worker(location: Location, tmp_path: Path) -> None:
    accounts = families(2)
    with exchange.serve(accounts, limits=False) as served:
        with History(location) as history:
            fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [])
            fleet.add(accounts)
            await look(fleet.worker().means, "kraken/demo/?a000")
        with History(location) as history:
            after = Fleet(history, served, fleet.template, [], since=fleet.since)

            code = await after.worker().run()

            with history.reading() as connection:
                assert [True, True] == [account.over for account in find(connection)]

    assert (0, 3) == (code, len(after.done))


def make_older(history: History) -> None:
    """Leave of a history what the release before the fleet would have written."""
    with history.writing() as connection:
        for table in reversed(t.FLEET):
            connection.execute(text(f"DROP TABLE {table.name}"))
        connection.execute(update(t.schema).values(version=BEFORE_THE_FLEET))
