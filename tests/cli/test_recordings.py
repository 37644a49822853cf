"""`audit record` and `audit replay`: written only when it is confirmed, read without a network."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from auditor.audit.audit_once import audit_once
from auditor.recording import record as recording
from auditor.recording import replay as replaying
from tests.cli.conftest import Cli, Ran

ARCHIVES = Path(__file__).parents[1] / "recordings" / "archives"
KRAKEN = str(ARCHIVES / "kraken-messy.zip")


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch, cli: Cli) -> Cli:
    """The command line with real audits, of the demo and of recordings."""
    for module in (recording, replaying):
        monkeypatch.setattr(module, "audit_once", audit_once)
    return cli


def typed(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Typed(answer))


def demo(cli: Cli, *more: str) -> Ran:
    return cli("record", "--demo", "wide", "--output", "given.zip", *more)


def test_a_recording_is_shown_before_it_is_written_and_replayed_afterwards(real: Cli, here: Path) -> None:
    ran = demo(real, "--yes")
    assert (0, True) == (ran.code, (here / "given.zip").is_file())
    assert "Replaced in 1 answers:" in ran.out
    assert "A sample of what will be written:" in ran.out
    assert "GET account/config" in ran.out
    assert "given.zip is written. Its replay comes to the verdict refused: audit replay given.zip" in ran.err
    again = real("replay", "given.zip")
    assert (4, True) == (again.code, "This is a recording, not an account as it is today." in again.err)


@pytest.mark.parametrize(("answer", "written"), [("y\n", True), ("yes\n", True), ("\n", False), ("n\n", False)])
def test_a_recording_is_written_when_it_is_confirmed(
    real: Cli, here: Path, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    typed(monkeypatch, answer)
    ran = demo(real)
    assert ((0 if written else 2), written) == (ran.code, (here / "given.zip").exists())
    assert "Look through it. Write it? [y/N]" in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--demo", "kraken-messy", "--yes"], "Say where to write the recording: --output FILE."),
        (["--demo", "kraken-messy", "--output", "x.zip"], "add --yes"),
        (["--demo", "nobody", "--yes", "--output", "x.zip"], "nobody"),
        (["--demo", "plain", "--exchange", "okx", "--yes", "--output", "x.zip"], "--demo goes with no choice"),
        (["--yes", "--output", "no/such/folder/x.zip", "--exchange", "okx"], "cannot be written"),
    ],
)
def test_what_cannot_be_recorded_is_said_before_anything_is_asked(cli: Cli, arguments: list[str], words: str) -> None:
    ran = cli("record", *arguments)
    assert (2, True) == (ran.code, words in ran.err)


def test_a_recording_is_of_one_account(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KRAKEN_APIKEY", "KRAKEN_SECRET"):
        monkeypatch.setenv(name, "planted/kraken/1111")
    ran = cli("record", "--exchange", "okx", "--exchange", "kraken", "--yes", "--output", "x.zip")
    assert (2, True) == (ran.code, "A recording is of one account, and 2 are chosen: add --account NAME." in ran.err)


def test_a_replay_has_the_formats_and_files_of_an_audit(real: Cli, here: Path) -> None:
    ran = real("replay", KRAKEN, "--format", "json", "--output", "report.json", "--dust-csv", "lines.csv")
    report = json.loads((here / "report.json").read_text())
    assert (1, "blocked", "demo") == (ran.code, report["verdict"], report["accounts"][0]["environment"])
    assert "kraken,recording,spot,BTC" in (here / "lines.csv").read_text(encoding="utf-8-sig")
    assert not (here / "dust.csv").exists()


def test_a_replay_says_when_it_comes_to_something_else(real: Cli, here: Path) -> None:
    changed = rewritten(Path(KRAKEN), {"expected.json": lambda document: {**document, "verdict": "clean"}})
    (here / "changed.zip").write_bytes(changed)
    ran = real("replay", "changed.zip")
    assert (1, True) == (ran.code, "came to something else (verdict: clean / blocked)." in ran.err)


def rewritten(file: Path, changes: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(buffer, "w") as new:
        for info in old.infolist():
            document = json.loads(old.read(info))
            change = changes.get(info.filename)
            new.writestr(info.filename, json.dumps(change(document) if change else document))
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no archive",
        Path(KRAKEN).read_bytes()[:-200],
        rewritten(Path(KRAKEN), {"recording.json": lambda document: {**document, "schema": "other/1"}}),
        rewritten(Path(KRAKEN), {"recording.json": lambda document: {**document, "exchange": "../kraken"}}),
        rewritten(Path(KRAKEN), {"recording.json": lambda document: {**document, "recorded_at": "today"}}),
        rewritten(Path(KRAKEN), {"recording.json": lambda _document: [1]}),
    ],
)
def test_a_damaged_recording_is_said_in_one_line(cli: Cli, here: Path, data: bytes) -> None:
    (here / "given.zip").write_bytes(data)
    ran = cli("replay", "given.zip")
    assert (2, 1) == (ran.code, len(ran.err.splitlines()))
    assert "given.zip is no recording of this program, or it is damaged" in ran.err


def test_a_recording_that_unpacks_to_too_much_is_refused(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.recording.archive.MOST_BYTES", 1000)
    ran = cli("replay", KRAKEN)
    assert (2, True) == (ran.code, "is no recording of this program, or it is damaged" in ran.err)


def test_a_file_that_is_not_there_is_said(cli: Cli) -> None:
    ran = cli("replay", "nowhere.zip")
    assert (2, True) == (ran.code, "Cannot read nowhere.zip" in ran.err)
