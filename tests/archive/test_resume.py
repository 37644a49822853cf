"""A run that is killed at any moment, or finds the disk full: the next one goes on, and comes to the same tables."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from auditor import demo
from auditor.archive import fetch
from auditor.archive.folder import occupied, part_folder
from auditor.archive.raw import append
from auditor.archive.state import State
from auditor.model.errors import UserError
from tests.archive.archiving import NOW, archived, is_noticed, make, served, told
from tests.cli.conftest import environment
from tests.conftest import configured_account

KILLS, OF_THE_SYSTEM = 50, 20
TABLES = ("ledger.csv", "balances.csv")


class KilledError(BaseException):
    """Stands for kill -9: nothing is cleaned up, and nothing is caught."""


def tables(folder: Path) -> list[bytes]:
    return [(folder / "data/tables" / name).read_bytes() for name in TABLES]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
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


@pytest.mark.campaign(one_of=25)
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_run_that_is_torn_off_while_it_writes_loses_nothing_and_doubles_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: list[bytes], seed: int
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


@pytest.mark.campaign(one_of=25)
@pytest.mark.parametrize("seed", range(KILLS))
def test_a_run_that_is_killed_between_bytes_and_their_commit_asks_for_one_page_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: list[bytes], seed: int
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
import asyncio, sys
from pathlib import Path
from auditor.archive.run import ArchiveRequest, archive
from auditor.model.account import Options
from tests.archive.archiving import told
from tests.conftest import configured_account
asyncio.run(archive(configured_account(told(), sys.argv[1]), Options(pace=0), ArchiveRequest(to=Path(sys.argv[2]))))
"""


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(OF_THE_SYSTEM))
def test_kill_9_loses_nothing(tmp_path: Path, undisturbed: list[bytes], seed: int) -> None:
    """The process is killed at a random moment after its first bytes are there."""
    account = told()
    with demo.serve([account], limits=False, latency=0.02) as exchange:
        command = [sys.executable, "-c", PROGRAM, exchange.url, str(tmp_path)]
        running = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
        while not list(tmp_path.glob("*.part/state.db")) and running.poll() is None:
            time.sleep(0.01)
        time.sleep(Random(seed).random() * 0.3)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        made = make(configured_account(account, exchange.url), tmp_path)

    assert undisturbed[0] == tables(made.folder)[0]


def test_a_full_disk_is_told_in_a_sentence_and_the_next_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: list[bytes]
) -> None:
    def full(*_arguments: object) -> int:
        raise OSError(28, os.strerror(28))

    with served(told()) as (account, _exchange):
        with monkeypatch.context() as patched:
            patched.setattr(fetch, "append", full)
            with pytest.raises(UserError, match="No space left"):
                make(account, tmp_path)
        assert undisturbed == tables(make(account, tmp_path).folder)


def test_two_runs_do_not_write_one_folder(tmp_path: Path) -> None:
    account = told(events=20)
    with occupied(part_folder(tmp_path, "okx", account.uid)), pytest.raises(UserError, match="Another run"):
        archived(account, tmp_path)


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
