"""A watch outlives its database: it waits, and loses nothing."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from auditor.history.database import HistoryAwayError
from auditor.history.database_url import Location
from auditor.history.lease import RowLease
from auditor.history.outage import wait_out
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.watch.loop import Watch
from auditor.watch.scheduler import Planner
from tests import postgres
from tests.watch.world import World


class Outage:
    """A server that can be out of reach: programs find it through a link that is taken away."""

    def __init__(self, url: URL, link: Path) -> None:
        self.direct, self._link, self._target = url, link, Path(str(url.query["host"]))
        self.url = url.update_query_dict({"host": str(link)})
        link.symlink_to(self._target)

    def begin(self, seconds: float) -> None:
        """Cut every connection and let nobody in for so long."""
        self._link.unlink()
        postgres.cut_connections(self.direct)
        asyncio.get_running_loop().call_later(seconds, self._link.symlink_to, self._target)


class OnServer(World):
    """A world whose watches keep their history on a server, and lose it when they have read an account."""

    outage: Outage

    async def take(self, names: Sequence[str]) -> Pass:
        done = await super().take(names)
        self.outage.begin(0.6)
        return done

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        with History(Location(url=postgres.text(self.outage.url))) as history:
            claim, planner = RowLease(history, self.whos), Planner(history, self.whos, self.policy)
            yield Watch(take=self.take, planner=planner, claim=claim, clock=self.clock, observer=self.observer)


@pytest.mark.slow("stops a database server")
def test_a_watch_waits_for_a_database_that_is_away_and_loses_no_pass(tmp_path: Path, postgres_url: URL) -> None:
    if "host" not in postgres_url.query:
        pytest.skip("a server that is reached by TCP cannot be hidden")
    world = OnServer(file=tmp_path / "unused", shows={"main": lambda _now: ()})
    world.outage = Outage(postgres_url, tmp_path / "link")

    code = world.run()

    with History(Location(url=postgres.text(postgres_url))) as history:
        assert (0, 2, len(world.passes)) == (code, len(history.entries()), 2)


def test_waiting_for_a_database_has_an_end() -> None:
    def away() -> None:
        raise HistoryAwayError("away")

    with pytest.raises(HistoryAwayError):
        asyncio.run(wait_out(away, patience=0.1))
