"""Every recording in the folder is a test by lying there: its replay comes to what it says."""

import asyncio
import re
import socket
from pathlib import Path
from typing import NoReturn

import pytest

from auditor.recording.answers import Recording
from auditor.recording.archive import answer_document, pack
from auditor.recording.exact_json import encode
from auditor.recording.kinds import ADDRESS, EMAIL
from auditor.recording.outcome import difference, outcome
from auditor.recording.replay import replay
from tests.recording import found_in
from tests.recordings.making import SOURCES, archives, read, record_demo

EXPECT = "read what changed, then: python -m tests.recordings.making --expect"
each_archive = pytest.mark.parametrize("file", archives(), ids=lambda file: file.stem)


def text_of(recording: Recording) -> str:
    return "\n".join(encode(answer_document(answer), indent=1) for answer in recording.answers)


@each_archive
def test_a_recording_comes_to_the_verdict_and_findings_that_it_says(file: Path) -> None:
    recording = read(file)
    actual = outcome(asyncio.run(replay(recording)))
    assert "" == difference(recording.expected, actual, amounts=True), EXPECT


@pytest.mark.campaign(one_of=4)
@each_archive
def test_a_recording_holds_no_key_signature_address_or_mail(file: Path) -> None:
    text = text_of(read(file))
    assert [] == found_in(text)
    assert [] == [found for found in EMAIL.findall(text) if "example.invalid" not in found]
    assert [] == [found[0] for found in ADDRESS.finditer(text) if not re.match(r"192\.0\.2\.|2001:db8:", found[0])]


@pytest.mark.campaign(one_of=4)
@each_archive
def test_a_recording_is_packed_as_this_program_packs_it(file: Path) -> None:
    assert file.read_bytes() == pack(read(file))


def test_a_replay_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_named: object) -> NoReturn:
        raise AssertionError("a replay asked for a connection")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", refuse)
    (file,) = [file for file in archives() if file.stem == "kraken-messy"]
    assert "blocked" == asyncio.run(replay(read(file))).verdict.value


def test_the_same_account_and_the_same_draws_give_the_same_file() -> None:
    (file,) = [file for file in archives() if file.stem == "kraken-messy"]
    assert file.read_bytes() == pack(record_demo(SOURCES[file.stem]).recording), "python -m tests.recordings.making"
