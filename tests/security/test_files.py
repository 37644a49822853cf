"""What other users put into a folder never decides where a file goes, who can read it, or when a run ends."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.audit.evidence import Evidence
from auditor.formats import atomic_write
from auditor.formats.atomic_write import replace_file
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.model.errors import UserError
from auditor.security.paths import check_default_folder
from auditor.settings import accounts_file
from tests.cli.conftest import Cli, cli, environment, fake, here
from tests.security.conftest import Gift

__all__ = ["cli", "fake", "here"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")

COMMANDS = {
    "--dust-csv": ["--exchange", "okx", "--dust-csv", "aimed"],
    "--output": ["--exchange", "okx", "--output", "aimed", "--dust-csv", "mine.csv"],
    "html": ["--exchange", "okx", "--format", "html", "--output", "aimed", "--dust-csv", "mine.csv"],
    "plan": ["plan", "--exchange", "okx", "--output", "aimed"],
    "appeal": ["appeal", "--exchange", "okx", "--output", "aimed"],
    "init": ["init", "--output", "aimed", "--force"],
    "evidence": ["--exchange", "okx", "--evidence", "aimed", "--dust-csv", "mine.csv"],
    "watch, history": ["watch", "--exchange", "okx", "--once", "--history", "aimed"],
    "watch, metrics": ["watch", "--exchange", "okx", "--once", "--history", "own/h", "--metrics-file", "aimed"],
    "watch, html": ["watch", "--exchange", "okx", "--once", "--history", "own/h", "--html", "aimed"],
}
"""Command lines that write to the name ``aimed``."""


@pytest.fixture(params=COMMANDS)
def writes(request: pytest.FixtureRequest) -> list[str]:
    return COMMANDS[request.param]


@pytest.fixture
def victim(common: Path) -> Path:
    """A file of the user's that an attacker would like to have replaced."""
    folder = common / "own"
    folder.mkdir(mode=0o700)
    file = folder / "authorized_keys"
    file.write_text("a key of mine\n")
    return file


def test_a_link_that_somebody_else_put_there_is_never_followed(
    cli: Cli, common: Path, victim: Path, writes: list[str], somebody_elses: Gift
) -> None:
    (common / "aimed").symlink_to(victim.parent if "--evidence" in writes else victim)
    somebody_elses(common / "aimed")

    ran = cli(*writes)

    assert 2 == ran.code
    assert "a link that somebody else put there" in ran.err
    assert "a key of mine\n" == victim.read_text()
    assert ["authorized_keys"] == [path.name for path in victim.parent.iterdir()]


def test_a_link_to_nothing_yet_creates_nothing(
    cli: Cli, common: Path, victim: Path, writes: list[str], somebody_elses: Gift
) -> None:
    wanted = victim.with_name("wanted")
    (common / "aimed").symlink_to(wanted)
    somebody_elses(common / "aimed")

    assert 2 == cli(*writes).code
    assert not wanted.exists()


def test_a_folder_that_is_somebody_elses_link_is_not_entered(
    cli: Cli, common: Path, victim: Path, writes: list[str], somebody_elses: Gift
) -> None:
    (common / "way").symlink_to(victim.parent)
    somebody_elses(common / "way")

    ran = cli(*("way/authorized_keys" if word == "aimed" else word for word in writes))

    assert 2 == ran.code
    assert "a key of mine\n" == victim.read_text()


@pytest.fixture
def pipe(common: Path) -> Path:
    os.mkfifo(common / "aimed", 0o666)
    return common / "aimed"


@pytest.fixture
def overheard(pipe: Path) -> Iterator[list[bytes]]:
    """What a reader of the pipe gets."""
    heard: list[bytes] = []
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    yield heard
    heard.append(os.read(reader, 100_000))
    os.close(reader)
    assert [b""] == heard


def test_a_pipe_that_somebody_else_put_there_gets_nothing(
    cli: Cli, pipe: Path, overheard: list[bytes], writes: list[str], somebody_elses: Gift
) -> None:
    somebody_elses(pipe)

    assert 2 == cli(*writes).code
    assert [] == overheard  # the fixture looks into the pipe when the run is over


def test_a_pipe_of_ones_own_that_nobody_reads_ends_the_run(
    cli: Cli, pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic_write, "READERS_PATIENCE", 0.1)

    ran = cli(*COMMANDS["--output"])

    assert 2 == ran.code
    assert "a pipe that nobody reads" in ran.err


def test_a_pipe_whose_reader_sleeps_ends_the_run(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_write, "READERS_PATIENCE", 0.1)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    with pytest.raises(UserError, match="a pipe that nobody reads"):
        replace_file(pipe, b"x" * 1_000_000)

    os.close(reader)


def test_a_pipe_of_ones_own_gets_all_of_it(pipe: Path) -> None:
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()

    replace_file(pipe, b"x" * 1_000_000)

    reader.join()
    assert [b"x" * 1_000_000] == heard


def test_a_link_of_ones_own_is_followed(cli: Cli, common: Path, victim: Path) -> None:
    (common / "aimed").symlink_to("own/report.txt")

    assert 0 == cli(*COMMANDS["--output"]).code
    assert (common / "aimed").is_symlink()
    assert "READY" in (victim.parent / "report.txt").read_text()


def test_in_a_folder_of_ones_own_any_link_is_followed(cli: Cli, here: Path, somebody_elses: Gift) -> None:
    if os.geteuid():
        pytest.skip("only root can own a folder in which another's link lies")
    here.chmod(0o755)
    (here / "aimed").symlink_to("report.txt")
    somebody_elses(here / "aimed")

    assert 0 == cli(*COMMANDS["--output"]).code
    assert "READY" in (here / "report.txt").read_text()


def test_links_without_an_end_are_told(cli: Cli, common: Path) -> None:
    (common / "aimed").symlink_to("other")
    (common / "other").symlink_to("aimed")

    assert 2 == cli(*COMMANDS["--output"]).code


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_stdout_is_written_to_by_its_name(here: Path, name: str) -> None:
    code = (
        f"import pathlib; from auditor.formats.atomic_write import replace_file as r; r(pathlib.Path({name!r}), b'x')"
    )

    ran = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, check=False, timeout=60)

    assert (b"x", b"") == (ran.stdout, ran.stderr)


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o757])
def test_no_default_file_in_a_folder_that_everybody_can_write_to(cli: Cli, here: Path, mode: int) -> None:
    here.chmod(mode)

    ran = cli("--exchange", "okx")

    assert 0 == ran.code
    assert [] == list(here.iterdir())
    assert "no dust.csv is written" in ran.err


def test_no_default_file_in_somebody_elses_folder(cli: Cli, here: Path, somebody_elses: Gift) -> None:
    somebody_elses(here)

    assert "no dust.csv is written" in cli("--exchange", "okx").err
    assert [] == list(here.iterdir())


def test_a_named_file_is_written_there_all_the_same(cli: Cli, common: Path) -> None:
    assert 0 == cli("--exchange", "okx", "--dust-csv", "dust.csv").code
    assert 0o600 == stat.S_IMODE((common / "dust.csv").stat().st_mode)


def test_no_default_file_of_a_history_or_of_accounts_either(cli: Cli, here: Path, somebody_elses: Gift) -> None:
    (here / "home").mkdir()
    somebody_elses(here / "home")

    ran = cli("init")

    assert 2 == ran.code
    assert "Others can write to" in ran.err
    assert [] == list((here / "home").iterdir())
    with pytest.raises(UserError, match="Others can write to"):
        check_default_folder(here / "home", "--history")


def test_every_folder_that_is_made_is_for_its_owner_only(here: Path, cli: Cli) -> None:
    before = os.umask(0o022)
    try:
        History(Location(file=here / "a/b/history")).close()
        Evidence(here / "c/d")
        cli("init")
    finally:
        os.umask(before)

    made = [*(here / "a").rglob("*"), *(here / "c").rglob("*"), here / "a", here / "c", here / "home"]
    assert {0o700} == {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_dir()}
    assert 6 == len([path for path in made if path.is_dir()])
    assert accounts_file.default_path().is_file()


@pytest.mark.parametrize("ending", ["", "-journal", "-wal", "-shm", ".lock"])
def test_a_history_is_not_kept_in_somebody_elses_file(common: Path, ending: str, somebody_elses: Gift) -> None:
    planted = common / f"history{ending}"
    planted.touch()
    planted.chmod(0o666)
    somebody_elses(planted)

    with pytest.raises(UserError, match="somebody else"):
        History(Location(file=common / "history"))

    assert b"" == planted.read_bytes()


def test_metrics_are_never_opened_by_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: object, **_more: object) -> None:
        raise AssertionError("a link put in between would be opened to all")

    monkeypatch.setattr(os, "chmod", refuse)
    before = os.umask(0o077)
    try:
        replace_file(here / "metrics.prom", b"x", mode=0o644)
    finally:
        os.umask(before)

    assert 0o644 == stat.S_IMODE((here / "metrics.prom").stat().st_mode)


DYING = """
import os, pathlib
from auditor.formats.atomic_write import replace_file
os.fsync = lambda _file: os._exit(9)
replace_file(pathlib.Path("report.html"), b"x")
"""


def die_while_writing() -> None:
    subprocess.run([sys.executable, "-c", DYING], env=environment(), check=False, timeout=60)


def test_what_a_killed_run_left_is_removed_by_the_next(cli: Cli, here: Path) -> None:
    die_while_writing()
    (here / ".aimed.01234567.tmp").touch()  # as earlier versions called them
    assert 2 == len(list(here.iterdir()))

    cli(*COMMANDS["--output"])

    assert {"aimed", "mine.csv"} == {path.name for path in here.iterdir()}


def test_what_a_killed_run_left_among_the_evidence_is_removed_by_the_next(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = Evidence(here / "evidence").folder
    monkeypatch.chdir(earlier)
    die_while_writing()
    assert 1 == len(list(earlier.iterdir()))

    Evidence(here / "evidence")

    assert [] == list(earlier.iterdir())


def test_what_another_run_is_writing_stays(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync, names = os.fsync, set[str]()

    def meanwhile(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", sync)
        names.update(path.name for path in here.iterdir())
        cli(*COMMANDS["--output"])
        assert names <= {path.name for path in here.iterdir()}

    monkeypatch.setattr(os, "fsync", meanwhile)
    replace_file(here / "slow.txt", b"x")

    assert b"x" == (here / "slow.txt").read_bytes()
    assert {"aimed", "mine.csv", "slow.txt"} == {path.name for path in here.iterdir()}


def test_other_files_with_a_dot_stay(cli: Cli, here: Path, somebody_elses: Gift) -> None:
    others = {".aimed.tmp", ".audit-mine.tmp", ".audit-0123456789abcdef", "x.audit-0123456789abcdef.tmp"}
    for name in others:
        (here / name).touch()

    cli(*COMMANDS["--output"])

    assert others <= {path.name for path in here.iterdir()}
