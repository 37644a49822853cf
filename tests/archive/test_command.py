"""`audit archive` as a command: exit codes, and what is printed."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor import demo
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.cli.commands import archive_run
from auditor.demo.okx import story
from auditor.model.account import Account, Options
from tests.archive.archiving import archived, told
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]  # fixtures


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short demo, at an exchange without limits that is asked without a pause."""
    short = story.story_account
    monkeypatch.setattr(story, "story_account", lambda account, now, **_: short(account, now, events=30, days=50))
    monkeypatch.setattr(archive_run, "options", lambda _request: Options(pace=0))


@pytest.mark.usefixtures("quick")
def test_the_demo_makes_an_archive_that_verifies(cli: Cli, here: Path) -> None:
    made = cli("archive", "demo")
    (folder,) = here.glob("okx-*")
    verified = cli("archive", "verify", str(folder))

    assert (0, 0) == (made.code, verified.code)
    assert "opened with nothing" in made.out
    assert f"audit archive verify {folder.name}" in made.out
    assert "came out the same" in verified.out
    assert (True, True) == tuple("\nNext: Every change of your balances is here" in one.out for one in (made, verified))
    assert f"Read its report: {folder.name}/data/REPORT.html" in made.out


def test_the_demo_of_another_exchange_is_chosen_by_its_name(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_run, "make", lambda account, *_rest: _named(account))
    chosen, without = (
        cli("archive", "demo", "--exchange", "binance"),
        cli("archive", "demo", "--exchange", "kucoinfutures"),
    )

    assert (3, True) == (chosen.code, "kept in binance" in chosen.out)
    assert (2, True) == (without.code, "kucoinfutures: its history cannot be archived yet" in without.err)


async def _named(account: Account) -> Archive:
    """An unfinished archive in a folder with the name of an account's exchange."""
    unfinished = Outcome(status=ArchiveStatus.UNFINISHED, faults=(), wallets=(), gaps=())
    return Archive(Path(account.exchange), unfinished)


def test_a_run_that_is_stopped_says_that_nothing_is_lost(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_run, "make", lambda *_rest: _stopped())
    ran = cli("archive", "demo", "--to", str(here))

    assert 130 == ran.code
    assert "What was read is kept: the same command goes on where it stopped.\naudit: interrupted\n" == ran.err


async def _stopped() -> Archive:
    raise KeyboardInterrupt


def test_demos_of_one_day_have_one_history(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one that was stopped could not go on: its newest rows would be gone."""
    told: list[float] = []
    short = story.story_account

    def noted(account: demo.Account, now: float, **_: int) -> demo.Account:
        told.append(now)
        return short(account, now, events=30, days=50)

    monkeypatch.setattr(story, "story_account", noted)
    monkeypatch.setattr(archive_run, "make", lambda account, *_rest: _named(account))
    for moment in (1_796_000_000, 1_796_000_600):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        cli("archive", "demo", "--to", str(here))

    assert [1_795_996_800, 1_795_996_800] == told


@pytest.mark.slow("an archive over HTTP")
def test_a_young_account_of_the_demo_is_complete(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_run, "options", lambda _request: Options(pace=0))
    made = cli("archive", "demo", "--young")

    assert (0, True) == (made.code, "Complete" in made.out)


@pytest.mark.slow("processes")
@pytest.mark.usefixtures("quick")
def test_programs_of_others_accept_the_folder_of_the_demo(cli: Cli, here: Path) -> None:
    """`sha256sum`, the Library of Congress's `bagit.py` and Beancount's `bean-check`, as far as they are installed."""
    made = cli("archive", "demo")
    (folder,) = here.glob("okx-*")
    commands = [
        ["sha256sum", "-c", "--strict", "--quiet", "manifest-sha256.txt"],
        ["sha256sum", "-c", "--strict", "--quiet", "tagmanifest-sha256.txt"],
        ["bagit.py", "--validate", "--quiet", "."],
        ["bean-check", "--no-cache", "data/exports/okx.beancount"],
    ]
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    found = [(shutil.which(words[0], path=path), words[1:]) for words in commands]
    ran = [
        subprocess.run([program, *words], cwd=folder, check=False, capture_output=True, text=True)
        for program, words in found
        if program is not None
    ]

    assert ran
    assert [(0, "", "")] * len(ran) == [(one.returncode, one.stdout, one.stderr) for one in ran]
    assert made.code == cli("archive", "verify", str(folder)).code


@pytest.mark.slow("an archive over HTTP")
@pytest.mark.usefixtures("quick")
def test_progress_is_told_page_by_page_as_json(cli: Cli) -> None:
    lines = [json.loads(line) for line in cli("archive", "demo", "--progress", "json").err.splitlines()]
    fields = {"event", "ledger", "rows", "back_to", "up_to", "seconds_left", "at_most", "pages_per_second"}
    assert fields == set(lines[0])


def test_a_changed_archive_ends_with_1_and_names_the_file(cli: Cli, tmp_path: Path) -> None:
    folder = archived(told(events=20), tmp_path / "to").folder
    (folder / "data/REPORT.md").write_text("all is well")
    ran = cli("archive", "verify", str(folder))

    assert (1, True) == (ran.code, "REPORT.md" in ran.err)


def test_a_key_that_may_do_more_than_read_ends_with_4_and_nothing_is_read(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = demo.account("wide")
    for name, value in (("APIKEY", wide.apikey), ("SECRET", wide.secret), ("PASSWORD", wide.passphrase)):
        monkeypatch.setenv(f"OKX_{name}", value)
    with demo.serve([wide], limits=False) as exchange:
        ran = cli("archive", "--exchange", "okx", "--base-url", exchange.url)
        assert {"account/config"} == {call.path for call in exchange.calls}

    assert (4, []) == (ran.code, list(here.glob("okx-*")))


def test_an_exchange_without_an_archive_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APIKEY", "SECRET"):
        monkeypatch.setenv(f"BITFINEX_{name}", "planted-bitfinex-key-4444")
    ran = cli("archive", "--exchange", "bitfinex")

    assert (2, True) == (ran.code, "cannot be archived yet" in ran.err)


def test_a_table_that_is_none_is_wrong_use_and_those_that_are_named(cli: Cli) -> None:
    ran = cli("archive", "demo", "--only", "ledger,trades")

    assert (2, True) == (ran.code, "'trades' is none of ledger, income, fills, transfers" in ran.err)


def test_a_day_that_is_none_is_wrong_use(cli: Cli) -> None:
    assert 2 == cli("archive", "demo", "--since", "yesterday").code


@pytest.mark.slow("two archives")
@pytest.mark.usefixtures("quick")
def test_files_that_the_demo_writes_are_added_to_its_archive(cli: Cli, here: Path) -> None:
    made = cli("archive", "demo", "--downloads", "downloads")
    (folder,) = here.glob("okx-*")
    files = sorted(map(str, (here / "downloads").iterdir()))
    added = cli("archive", "add", str(folder), *files)
    verified = cli("archive", "verify", f"{folder}-2")

    assert [0, 0, 0] == [made.code, added.code, verified.code]
    assert ("downloads" in made.out, f"{folder.name}-2" in added.out) == (True, True)


def test_a_file_of_another_account_is_kept_and_told(cli: Cli, tmp_path: Path) -> None:
    folder = archived(told(events=20), tmp_path / "to").folder
    (tmp_path / "other.csv").write_text(
        "UID:42,Account Type:Main,Time Zone:UTC\nid,Time,Type,Amount,Before Balance,"
        "After Balance,Symbol\n1,2026-01-01 00:00:00,Deposit,1,0,1,BTC\n"
    )
    ran = cli("archive", "add", str(folder), str(tmp_path / "other.csv"))

    assert (3, True) == (ran.code, "imported/other.csv is kept and not read: it is of account 42" in ran.out)
