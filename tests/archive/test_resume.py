"""A run that is killed at any moment, or finds the disk full: the next one goes on, and comes to the same tables."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from unittest.mock import MagicMock

import pytest

from auditor import demo
from auditor.archive import fetch, run
from auditor.archive.folder import occupied, part_folder
from auditor.archive.raw import append
from auditor.archive.state import State
from auditor.demo.okx import story
from auditor.model.clock import frozen_clock
from auditor.model.errors import UserError
from tests import processes
from tests.archive.archiving import NOW, archived, is_noticed, make, rows_of, served, told
from tests.cli.conftest import environment
from tests.conftest import configured_account

KILLS = 50


class KilledError(BaseException):
    """Stands for kill -9: nothing is cleaned up, and nothing is caught."""


Tables = dict[str, bytes]


def tables(folder: Path) -> Tables:
    return {path.name: path.read_bytes() for path in (folder / "data/tables").iterdir()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return tables(archived(told(), tmp_path_factory.mktemp("undisturbed")).folder)


def torn(write: Callable[..., int], moment: int, share: float) -> Callable[..., int]:
    """Return ``write`` that is torn off the n-th time, when a part of the bytes is on the disk."""
    writes = iter(range(moment))

    def tearing(path: Path, data: bytes, length: int) -> int:
        if next(writes, None) is None:
            write(path, data[: int(len(data) * share)], length)
            raise KilledError
        return write(path, data, length)

    return tearing


@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=50)
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_run_that_is_torn_off_while_it_writes_loses_nothing_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Tables, seed: int
) -> None:
    random = Random(seed)
    with served(told()) as (account, _exchange):
        for _kill in range(2):
            with monkeypatch.context() as patched:
                patched.setattr(fetch, "append", torn(append, random.randrange(5), random.random()))
                with pytest.raises(KilledError):
                    make(account, tmp_path)
        made = make(account, tmp_path)

    assert undisturbed == tables(made.folder)
    assert not is_noticed(made.outcome)


@pytest.mark.slow("two archives")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.campaign(one_of=50)
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_run_that_is_killed_between_bytes_and_their_commit_asks_for_one_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Tables, seed: int
) -> None:
    commits = iter(range(Random(seed).randrange(2, 12)))
    commit = State.commit

    def killed(*arguments: object) -> None:
        if next(commits, None) is None:
            raise KilledError
        commit(*arguments)  # type: ignore[arg-type]

    with served(told()) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(State, "commit", killed)
            with pytest.raises(KilledError):
                make(account, tmp_path)
        made = make(account, tmp_path)

    assert undisturbed == tables(made.folder)


PROGRAM = """
import sys
from pathlib import Path
from auditor.demo.okx import story
from auditor.model.clock import frozen_clock
from tests.archive.archiving import NOW, make, told
from tests.conftest import configured_account
with frozen_clock(NOW):
    make(configured_account(told(), sys.argv[1]), Path(sys.argv[2]))
"""


@pytest.mark.slow("processes that are killed")
@pytest.mark.campaign(one_of=KILLS)
@pytest.mark.parametrize("seed", range(KILLS))
def test_kill_9_loses_nothing(tmp_path: Path, undisturbed: Tables, seed: int) -> None:
    """The process is killed at a random moment after its first bytes are there, also while it seals."""
    account = told()
    with demo.serve([account], limits=False, latency=0.02, clock=NOW.timestamp) as exchange, frozen_clock(NOW):
        command = [sys.executable, "-c", PROGRAM, exchange.url, str(tmp_path)]
        running = processes.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
        while not list(tmp_path.glob("*.part/state.db")) and running.poll() is None:
            time.sleep(0.01)
        time.sleep(Random(seed).random() * 1.2)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        # A run that had ended is followed by one of its own; one that was killed by the rest of it.
        made = make(configured_account(account, exchange.url), tmp_path)

    assert undisturbed == tables(made.folder)
    assert [] == list(tmp_path.glob("*.part"))


@pytest.mark.slow("two archives each")
@pytest.mark.usefixtures("without_exports")
@pytest.mark.parametrize("hours", [-30, 3])
def test_a_clock_that_is_put_right_between_two_runs_changes_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Tables, hours: int
) -> None:
    wrong = NOW + timedelta(hours=hours)
    with demo.serve([told()], limits=False, clock=wrong.timestamp) as exchange, monkeypatch.context() as patched:
        patched.setattr(fetch, "append", torn(append, 6, 0.5))
        with pytest.raises(KilledError), frozen_clock(wrong):
            make(configured_account(told(), exchange.url), tmp_path)
    with served(told()) as (account, _exchange):
        assert undisturbed == tables(make(account, tmp_path).folder)


@pytest.mark.slow("two archives")
def test_a_full_disk_is_told_in_a_sentence_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Tables
) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(28, os.strerror(28))

    with served(told()) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(fetch, "append", full)
            with pytest.raises(UserError, match="No space left"):
                make(account, tmp_path)
        assert undisturbed == tables(make(account, tmp_path).folder)


def test_two_runs_do_not_write_one_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: Tables) -> None:
    refusals: list[str] = []

    def beside(path: Path, data: bytes, length: int) -> int:
        if not refusals:
            with pytest.raises(UserError, match="Another run") as raised, occupied(part_folder(tmp_path, "okx", uid)):
                raise AssertionError
            refusals.append(str(raised.value))
        return append(path, data, length)

    uid = told().uid
    monkeypatch.setattr(fetch, "append", beside)
    assert (undisturbed, 1) == (tables(archived(told(), tmp_path).folder), len(refusals))


@pytest.mark.slow("two archives")
def test_a_second_archive_is_a_folder_of_its_own_that_names_the_seal_of_the_first(tmp_path: Path) -> None:
    account = told(events=20)
    first, second = (archived(account, tmp_path).folder for _run in range(2))
    seal = subprocess.run(["sha256sum", first / "tagmanifest-sha256.txt"], check=True, capture_output=True, text=True)

    assert f"{first.name}-2" == second.name
    assert f"Previous-Archive-Seal: {seal.stdout.split()[0]}\n" in (second / "bag-info.txt").read_text()


def test_a_run_goes_on_only_with_the_since_that_it_was_begun_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(told(events=20)) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(fetch, "append", torn(append, 1, 0.5))
            with pytest.raises(KilledError):
                make(account, tmp_path)
        with pytest.raises(UserError, match="--since"):
            make(account, tmp_path, since=NOW)
        assert make(account, tmp_path, since=NOW, fresh=True).folder.exists()


@pytest.mark.slow("two archives")
def test_a_ledger_that_is_read_on_later_goes_back_no_further_than_it_does_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two months pass between two runs: what the Trading ledger gave at first is beyond its reach by then."""
    account, later = told(), NOW + timedelta(days=60)
    with served(account) as (configured, _exchange), monkeypatch.context() as patched:
        patched.setattr(fetch, "append", torn(append, 1, 0.5))
        with pytest.raises(KilledError):
            make(configured, tmp_path)
    with demo.serve([account], limits=False, clock=later.timestamp) as exchange, frozen_clock(later):
        outcome = make(configured_account(account, exchange.url), tmp_path).outcome

    assert ("2026 Q3", "2026 Q4") == outcome.quarters["trading-ledger"]


@pytest.mark.slow("an archive of its own")
def test_a_ledgers_reach_is_counted_from_the_exchanges_time_where_this_clock_is_wrong(tmp_path: Path) -> None:
    """The account is older than the reach of its Trading ledger; by this computer's clock it is not."""
    account = told(days=95)
    with demo.serve([account], limits=False, clock=NOW.timestamp) as exchange, frozen_clock(NOW - timedelta(days=10)):
        made = make(configured_account(account, exchange.url), tmp_path)

    assert ("2026 Q3",) == made.outcome.quarters["trading-ledger"]


def test_a_run_does_not_go_on_with_the_rows_of_another_environment(tmp_path: Path) -> None:
    """A user has a real account and one of paper trading: nothing says that their uids differ."""
    with served(told(events=20)) as (account, _exchange):
        part = part_folder(tmp_path, "okx", told(events=20).uid)
        part.mkdir(parents=True)
        state = State.open(part)
        state.note(since="", environment="live")
        state.close()
        with pytest.raises(UserError, match="environment"):
            make(account, tmp_path)
        assert make(account, tmp_path, fresh=True).folder.exists()


@pytest.mark.slow("two archives")
def test_a_deposit_that_is_credited_after_a_run_was_killed_is_read_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row is older than the newest one of the list, and has another state then."""
    credited = told()
    *others, first = credited.books[story.DEPOSITS]
    with monkeypatch.context() as patched:
        patched.setattr(run, "finish", MagicMock(side_effect=KilledError))
        with pytest.raises(KilledError):
            archived(credited.with_rows(story.DEPOSITS, [*others, {**first, "state": "0"}]), tmp_path)
    made = archived(credited, tmp_path)

    assert others
    assert not is_noticed(made.outcome)
    assert {"2"} == {row["state"] for row in rows_of(made.folder, "movements.csv") if row["kind"] == "deposit"}
