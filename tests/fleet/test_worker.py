"""One worker: it reads each family when it is due, until all are clean, and leaves nothing behind when it ends."""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from auditor import demo as exchange
from auditor.fleet import worker as workers
from auditor.fleet.choice import Choice
from auditor.fleet.egresses import find_egresses
from auditor.fleet.engine import Look
from auditor.fleet.engine_local import LocalEngine
from auditor.fleet.look import look
from auditor.fleet.membership import ask, remove
from auditor.history import schema as t
from auditor.history.dialect import read_clock
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.model.report import Verdict
from auditor.model.snapshot import Unread
from auditor.security.redaction import SECRETS
from tests.fleet.world import EGRESS, Fleet, families, first_request, write_keys

BLOCKED, INCOMPLETE, CLEAN = 1, 3, 0


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SWEEP", 0.02)


@pytest.fixture
def accounts() -> list[exchange.Account]:
    return families(2)


@pytest.fixture
def fleet(history: History, tmp_path: Path, accounts: list[exchange.Account]) -> Iterator[Fleet]:
    with exchange.serve(accounts, limits=False) as served:
        yield Fleet(history, served, write_keys(tmp_path / "keys", accounts), [])


class RingingEngine(LocalEngine):
    """An engine that rings as it opens, and lets a call go on after its end: as alarms of the worker before."""

    def __init__(self, account: exchange.Account) -> None:
        super().__init__()
        self._family, self.rang = f"kraken/demo/?{account.name}", asyncio.Event()
        self.calling: asyncio.Future[None]

    async def work(self, _egress: str, _slots: int, look: Look) -> None:
        self.calling = asyncio.ensure_future(look(self._family))
        asyncio.get_running_loop().call_soon(self.rang.set)


async def looks(fleet: Fleet, times: int = 1, egress: str = EGRESS) -> None:
    """Look at each family of an egress, so many times at once."""
    means = fleet.worker(egress=egress).means
    families = {account.family for account in fleet.accounts if account.egress == egress}
    await asyncio.gather(*(look(means, family) for family in sorted(families) for _time in range(times)))


def claims(history: History) -> int:
    with history.reading() as connection:
        return len(connection.execute(select(t.claims)).all())


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_a_worker_ends_when_all_its_accounts_are_clean_and_confirmed(
    fleet: Fleet, accounts: list[exchange.Account], history: History
) -> None:
    fleet.add(accounts)

    code = await fleet.worker().run()

    names = Counter(account.snapshot.name for done in fleet.done for account in done.report.accounts)
    assert (CLEAN, {"a000": 2, "a001": 2}) == (code, names)
    assert [(None, True)] * 2 == [(account.due_at, account.over) for account in fleet.accounts]
    with history.reading() as connection:
        (egress,) = find_egresses(connection, read_clock(connection))
    assert (4, 0, True) == (egress.passes, egress.limited, egress.ended_at is not None)
    assert 0 == claims(history)
    assert [] == [secret for one in accounts if (secret := one.secret) != SECRETS.text(secret)]


@pytest.mark.slow("a whole fleet")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_worker_that_ends_tells_the_last_news_after_another_has_told_its_own(
    fleet: Fleet, accounts: list[exchange.Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "TURN", 0.01)
    fleet.add(accounts[:1])
    over, turns = list[bool](), iter([False, True])

    async def tell(at_once: bool) -> bool:
        over.append(at_once and all(account.over for account in fleet.accounts))
        return next(turns)

    assert CLEAN == await fleet.worker(tell=tell).run()
    assert [True, True] == over


@pytest.mark.slow("a whole fleet")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_news_that_cannot_be_told_does_not_end_the_work(
    fleet: Fleet, accounts: list[exchange.Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "NEWS", 0.0)
    fleet.add(accounts[:1])

    async def tell(_at_once: bool) -> bool:
        raise OSError

    assert CLEAN == await fleet.worker(tell=tell).run()


@pytest.mark.parametrize("database", ["sqlite"])
async def test_an_alarm_that_rings_twice_makes_one_pass(fleet: Fleet, accounts: list[exchange.Account]) -> None:
    fleet.add(accounts[:1])

    await looks(fleet, 2)

    assert 1 == len(fleet.done)


@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_key_that_cannot_be_fetched_leaves_its_account_unread_and_the_worker_goes_on(
    fleet: Fleet, accounts: list[exchange.Account], tmp_path: Path
) -> None:
    fleet.add(accounts)
    (tmp_path / "keys" / "a000.json").unlink()

    await looks(fleet)

    results = {one.snapshot.name: one for done in fleet.done for one in done.report.accounts}
    assert {"a000": Verdict.INCOMPLETE, "a001": Verdict.CLEAN} == {name: one.verdict for name, one in results.items()}
    (unread,) = [reading.result for reading in results["a000"].snapshot.readings]
    assert isinstance(unread, Unread)
    assert "The keys of a000 cannot be had: No such file or directory." == str(unread.reason)


@pytest.mark.parametrize("database", ["sqlite"])
async def test_an_address_that_nobody_trusts_gets_no_key(
    fleet: Fleet, accounts: list[exchange.Account], history: History
) -> None:
    fleet.add(accounts[:1])
    with history.writing() as connection:
        connection.execute(update(t.fleet_accounts).values(base_url="https://api.example.org"))

    await looks(fleet)

    (account,) = fleet.done[0].report.accounts
    assert Verdict.INCOMPLETE == account.verdict
    result = account.snapshot.readings[0].result
    assert isinstance(result, Unread)
    assert "add --trust-host api.example.org" in str(result.reason)


@pytest.mark.slow("three checks")
async def test_what_a_look_finds_to_be_one_family_is_read_together(history: History, tmp_path: Path) -> None:
    main, sub = exchange.account("subaccounts"), exchange.account("alice")
    with exchange.serve([main, sub], limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", [main, sub]), [])
        fleet.add([sub], egress="fra-2")
        await looks(fleet, egress="fra-2")
        fleet.add([main])
        await looks(fleet)
        await looks(fleet)

    last = fleet.done[-1].report.accounts
    assert {main.name, sub.name} == {account.snapshot.name for account in last}
    assert {(EGRESS, f"okx/demo/{main.uid}")} == {(account.egress, account.family) for account in fleet.accounts}


@pytest.mark.parametrize("database", ["sqlite"])
async def test_an_alarm_that_is_lost_is_asked_for_again(
    fleet: Fleet, accounts: list[exchange.Account], history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LOST", timedelta(0))
    fleet.add(accounts[:1])
    lost: list[str] = []
    later = LocalEngine.later

    async def forgetful(engine: LocalEngine, family: str, delay: timedelta, key: str) -> None:
        if len(lost) < 2:
            lost.append(family)
        else:
            await later(engine, family, delay, key)

    monkeypatch.setattr(LocalEngine, "later", forgetful)

    assert (CLEAN, 2) == (await fleet.worker().run(), len(fleet.done))


@pytest.mark.slow("ten checks one after the other")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_families_that_wait_for_their_turn_are_asked_for_once(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "LOST", timedelta(milliseconds=200))
    asked = Counter[str]()
    later = LocalEngine.later

    async def count(engine: LocalEngine, family: str, delay: timedelta, key: str) -> None:
        asked[family] += 1
        await later(engine, family, delay, key)

    monkeypatch.setattr(LocalEngine, "later", count)
    accounts = families(5)
    with exchange.serve(accounts, limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", accounts), [])
        fleet.add(accounts)

        assert CLEAN == await fleet.worker(slots=1).run()

    assert (10, 10) == (sum(asked.values()), len(fleet.done))


@pytest.mark.slow("a whole fleet")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_removed_account_is_read_no_more_and_one_that_is_asked_for_is_read_again(
    fleet: Fleet, accounts: list[exchange.Account], history: History
) -> None:
    fleet.add(accounts)
    with history.writing() as connection:
        remove(connection, Choice(names=("a001",)), read_clock(connection))
    await fleet.worker().run()
    before = len(fleet.done)

    now = fleet.clock().now()
    with history.writing() as connection:
        ask(connection, Choice(names=("a000",)), now)
    code = await fleet.worker().run()

    assert (2, 3, CLEAN) == (before, len(fleet.done), code)
    assert {"a000"} == {account.snapshot.name for done in fleet.done for account in done.report.accounts}


@pytest.mark.slow("waits")
@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_worker_that_reaches_its_end_says_what_is_left(history: History, tmp_path: Path) -> None:
    (account,) = families(1, "kraken-dust")
    with exchange.serve([account], limits=False) as served:
        fleet = Fleet(history, served, write_keys(tmp_path / "keys", [account]), [])
        fleet.add([account])
        worker = fleet.worker()
        policy = replace(worker.means.policy, max_passes=2)
        worker.means = replace(worker.means, policy=policy)

        code = await worker.run()

    assert (BLOCKED, 2) == (code, len(fleet.done))
    assert [(None, False)] == [(account.due_at, account.over) for account in fleet.accounts]


@pytest.mark.parametrize(("grace", "stored"), [(20.0, 1), (0.0, 0)])
@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_worker_that_is_stopped_gives_passes_their_grace_and_claims_back(
    fleet: Fleet, accounts: list[exchange.Account], history: History, grace: float, stored: int
) -> None:
    fleet.add(accounts[:1])
    worker = asyncio.create_task(fleet.worker(grace=timedelta(seconds=grace)).run())
    await first_request(fleet)

    worker.cancel()

    with pytest.raises(asyncio.CancelledError):
        await worker
    assert (stored, 0) == (len(fleet.done), claims(history))


@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_worker_that_is_stopped_while_it_loads_begins_no_look(
    fleet: Fleet, accounts: list[exchange.Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    fleet.add(accounts[:1])
    loading, loaded = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def load(_exchanges: object) -> None:
        loop.call_soon_threadsafe(loading.set)
        loaded.wait(10)

    monkeypatch.setattr(workers, "prepare", load)
    engine = RingingEngine(accounts[0])
    worker = asyncio.create_task(fleet.worker(engine, grace=timedelta(seconds=5)).run())
    await loading.wait()
    await engine.rang.wait()
    worker.cancel()
    loaded.set()

    with pytest.raises(asyncio.CancelledError):
        await worker
    _done, waiting = await asyncio.wait([engine.calling], timeout=0.3)
    engine.calling.cancel()
    assert (1, [], []) == (len(waiting), fleet.done, fleet.served.calls)


async def test_the_second_worker_of_an_egress_ends_with_one_sentence(
    fleet: Fleet, accounts: list[exchange.Account], history: History
) -> None:
    fleet.add(accounts[:1])
    first, second = fleet.worker(), fleet.worker()
    working = asyncio.create_task(first.run())
    await first_request(fleet)

    with pytest.raises(UserError, match=r"Another (process works at the egress fra-1|worker or watch uses)"):
        await second.run()

    assert CLEAN == await working


@pytest.mark.parametrize("database", ["sqlite"])
async def test_a_family_that_another_program_reads_is_left_alone(
    fleet: Fleet, accounts: list[exchange.Account], history: History
) -> None:
    fleet.add(accounts[:1])
    with history.writing() as connection:
        later = read_clock(connection) + timedelta(hours=1)
        connection.execute(t.claims.insert().values(family="kraken/demo/?a000", holder="other", expires_at=later))

    await looks(fleet)

    assert ([], []) == (fleet.done, fleet.served.calls)
    with history.writing() as connection:
        connection.execute(delete(t.claims))
    await looks(fleet)
    assert 1 == len(fleet.done)
