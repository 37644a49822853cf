"""One pass at a time over an account, and nobody waits for the dead."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from auditor.history import claims, lease
from auditor.history import schema as tables
from auditor.history.claims import ClaimLostError
from auditor.history.database import HistoryAwayError
from auditor.history.dialect import read_clock
from auditor.history.lease import FileLease, Lease, RowLease, hold_lease, keep_renewed
from auditor.history.models import ConfiguredAccount
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.model.snapshot import Environment
from tests.history.conftest import WHO, add, done, funding

MAIN = [*WHO.values()]
MAIN_42 = ConfiguredAccount(name="main", exchange="okx", environment=Environment.LIVE, uid="42")
OTHER = [ConfiguredAccount(name="other", exchange="okx", environment=Environment.LIVE, uid="77")]


def expire(history: History) -> None:
    """Let the time of every claim pass."""
    with history.writing() as connection:
        connection.execute(update(tables.claims).values(expires_at=read_clock(connection) - timedelta(seconds=1)))


def test_a_file_belongs_to_one_watch_at_a_time(history: History, file: Path) -> None:
    one, other = FileLease(file), FileLease(file)

    taken = [one.take(), other.take()]
    one.release()

    assert [True, False, True] == [*taken, other.take()]
    other.release()


def test_only_one_reads_an_account_at_a_time(history: History) -> None:
    one, other = RowLease(history, MAIN), RowLease(history, MAIN)

    taken = [one.take(), other.take()]
    one.release()

    assert [True, False, True] == [*taken, other.take()]


def test_watches_on_different_accounts_do_not_wait_for_each_other(history: History) -> None:
    one, other, both = (RowLease(history, accounts) for accounts in (MAIN, OTHER, [*OTHER, *MAIN]))

    assert [True, True, False] == [lease.take() for lease in (one, other, both)]
    one.release()
    assert not both.take()
    other.release()
    assert both.take()


def test_whoever_gets_a_part_of_its_accounts_keeps_none_of_them(history: History) -> None:
    one, both, other = (RowLease(history, accounts) for accounts in (MAIN, [*OTHER, *MAIN], OTHER))

    assert [True, False, True] == [lease.take() for lease in (one, both, other)]


def test_a_main_account_and_its_sub_account_are_one_family(history: History) -> None:
    add(history, done(uid="1", main_uid="1"))
    add(history, done(uid="2", main_uid="1"))
    main, sub = (ConfiguredAccount(name=uid, exchange="okx", environment=Environment.LIVE, uid=uid) for uid in "12")

    assert [True, False] == [RowLease(history, [account]).take() for account in (main, sub)]


def test_an_account_with_another_name_is_known_by_its_credentials(history: History) -> None:
    one, other = (
        ConfiguredAccount(name=name, exchange="okx", environment=Environment.LIVE, mark="m") for name in ("a", "b")
    )

    assert [True, False] == [RowLease(history, [account]).take() for account in (one, other)]


def test_a_claim_of_a_dead_computer_runs_out(history: History) -> None:
    dead, alive = RowLease(history, MAIN), RowLease(history, MAIN)
    assert dead.take()
    assert not alive.take()

    expire(history)

    assert alive.take()
    dead.release()
    assert [False, True, False] == [RowLease(history, MAIN).take(), alive.renew(), dead.renew()]


def test_a_claim_goes_by_the_clock_of_the_database(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ahead(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Ahead":
            return cls.fromtimestamp(datetime.now(UTC).timestamp() + 3600, UTC)

    held = RowLease(history, MAIN)
    assert held.take()
    for module in ("lease", "claims", "dialect", "store"):
        monkeypatch.setattr(f"auditor.history.{module}.datetime", Ahead, raising=False)

    assert not RowLease(history, MAIN).take()


def test_a_pass_is_stored_only_by_whoever_has_the_claim(history: History) -> None:
    held, late = RowLease(history, MAIN), RowLease(history, MAIN)
    assert late.take()
    expire(history)
    assert held.take()

    for holder in (late.holder, None):
        with pytest.raises(ClaimLostError):
            history.append(done(), WHO, after=0, holder=holder)
    assert 1 == history.append(done(), WHO, after=0, holder=held.holder).number


def test_a_claim_that_nobody_took_since_it_expired_still_stores(history: History) -> None:
    asleep = RowLease(history, MAIN)
    assert asleep.take()
    expire(history)

    assert 1 == history.append(done(), WHO, after=0, holder=asleep.holder).number


def test_passes_over_other_accounts_do_not_count_as_the_last_one(history: History) -> None:
    other = {"main": ConfiguredAccount(name="main", exchange="okx", environment=Environment.LIVE, uid="77")}
    history.append(done(uid="77", main_uid="77"), other, after=0)

    history.append(done(funding("BTC"), uid="42"), {"main": MAIN_42}, after=0)

    assert [1, 2] == [history.last_id([account]) for account in (OTHER[0], MAIN_42)]


def test_a_pass_that_may_have_been_stored_can_be_stored_again(history: History) -> None:
    made = done(funding("BTC"))

    assert [1, 1] == [history.append(made, WHO, after=0).number for _attempt in range(2)]
    assert 1 == len(history.entries())


def test_waiting_has_an_end(file: Path) -> None:
    file.parent.mkdir()
    one, other = FileLease(file), FileLease(file)
    assert one.take()

    async def wait() -> None:
        async with hold_lease(other, 0):
            raise AssertionError

    with pytest.raises(UserError, match="Another watch has been checking for a very long time"):
        asyncio.run(wait())
    one.release()


async def read_under(held: Lease, seconds: float) -> str:
    """Read accounts for so long, and say how it ended."""
    try:
        async with keep_renewed(held):
            await asyncio.sleep(seconds)
    except ClaimLostError:
        return "lost"
    return "read"


def test_a_claim_is_renewed_while_the_accounts_are_read(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "LASTS", timedelta(seconds=1.2))
    monkeypatch.setattr(lease, "RENEWAL", 0.05)
    held, other = RowLease(history, MAIN, timedelta(seconds=1.2)), RowLease(history, MAIN)
    assert held.take()

    async def both() -> tuple[str, bool]:
        reading = asyncio.create_task(read_under(held, 1.8))
        await asyncio.sleep(1.5)
        return await reading, other.take()

    ended, taken = asyncio.run(both())
    assert ("read", False) == (ended, taken)


@pytest.mark.parametrize("renewal", [lambda: False, None])
def test_reading_ends_before_another_may_begin(
    history: History, monkeypatch: pytest.MonkeyPatch, renewal: Callable[[], bool] | None
) -> None:
    def away() -> bool:
        raise HistoryAwayError("away")

    monkeypatch.setattr(lease, "LASTS", timedelta(seconds=0.3))
    monkeypatch.setattr(lease, "RENEWAL", 0.05)
    monkeypatch.setattr(lease, "PAUSE", 0.05)
    held = RowLease(history, MAIN)
    monkeypatch.setattr(held, "renew", renewal or away)

    assert "lost" == asyncio.run(read_under(held, 30))


def test_two_that_come_at_once_do_not_both_get_it(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = RowLease(history, MAIN), RowLease(history, MAIN)
    find, asked = claims.find_families, []

    def learn_meanwhile(connection: object, accounts: object) -> object:
        asked.append(1)
        return find(connection, accounts) if len(asked) == 1 else (("okx", "live", "found out"),)  # type: ignore[arg-type]

    monkeypatch.setattr(claims, "find_families", learn_meanwhile)

    assert not ours.take()
    monkeypatch.undo()
    assert theirs.take()


def test_a_history_whose_claims_were_on_the_whole_is_taken_over(history: History) -> None:
    add(history, done(funding("BTC")))
    with history.writing() as connection:
        connection.execute(text("DROP TABLE claims"))
        connection.execute(text("DROP INDEX ix_accounts_main_uid"))
        connection.execute(text("DROP INDEX ix_results_name_mark"))
        connection.execute(text("CREATE TABLE claims (id INTEGER PRIMARY KEY, holder VARCHAR, expires_at TIMESTAMP)"))
        connection.execute(text("UPDATE schema_version SET version = 3"))
    history.close()

    with History(history.location) as later:
        assert RowLease(later, MAIN).take()
        assert 1 == later.last_id()
