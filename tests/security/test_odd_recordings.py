"""Recordings that somebody made by hand: each is refused in one line, and takes no memory worth a word."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.audit.audit_once import audit_once
from auditor.recording import replay as replaying
from tests.cli.conftest import ROOT, Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]

GIVEN = min((ROOT / "tests" / "recordings" / "archives").glob("*.zip"))
MANIFEST, EXPECTED = "recording.json", "expected.json"
Files = dict[str, bytes]
Edit = Callable[[Files], Files]


def files() -> Files:
    with zipfile.ZipFile(GIVEN) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


FIRST = min(name for name in files() if name.startswith("answers/"))


def archive(content: Files, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as made:
        for name, data in content.items():
            made.writestr(name, data)
    return buffer.getvalue()


def changed(name: str, **more: Any) -> bytes:
    content = files()
    return archive({**content, name: json.dumps({**json.loads(content[name]), **more}).encode()})


def with_body(body: bytes) -> bytes:
    document = json.loads(files()[FIRST])
    written = json.dumps({**document, "body": "BODY"}).encode().replace(b'"BODY"', body)
    return archive({**files(), FIRST: written})


def encrypted() -> bytes:
    whole = bytearray(archive(files()))
    entry = whole.index(b"PK\x01\x02")
    whole[entry + 8] |= 1
    return bytes(whole)


def broken() -> bytes:
    whole = archive(files())
    return whole[:60] + b"\xff" * 40 + whole[100:]


ODD: dict[str, Callable[[], bytes]] = {
    "deep": lambda: with_body(b"[" * 900 + b"]" * 900),
    "deeper than anything decodes": lambda: with_body(b"[" * 90_000 + b"]" * 90_000),
    "the first moment": lambda: changed(MANIFEST, recorded_at="0001-01-01T00:00:00+23:59"),
    "the last moment": lambda: changed(MANIFEST, recorded_at="9999-12-31T23:59:59-23:59"),
    "no end": lambda: changed(MANIFEST, seconds="inf"),
    "no number": lambda: changed(MANIFEST, seconds="nan"),
    "another outcome": lambda: archive({**files(), EXPECTED: b"[1]"}),
    "an outcome of words": lambda: changed(EXPECTED, findings=["all"]),
    "an outcome of places": lambda: changed(EXPECTED, places={"a": ["b"]}),
    "a verdict that is none": lambda: changed(EXPECTED, verdict=[1]),
    "bzip2": lambda: archive(files(), zipfile.ZIP_BZIP2),
    "lzma": lambda: archive(files(), zipfile.ZIP_LZMA),
    "encrypted": encrypted,
    "broken": broken,
}


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("name", ODD)
def test_an_odd_recording_is_refused_in_one_line(cli: Cli, here: Path, name: str) -> None:
    (here / "given.zip").write_bytes(ODD[name]())
    ran = cli("replay", "given.zip")
    assert (2, 1, "") == (ran.code, len(ran.err.splitlines()), ran.out)
    assert "given.zip is no recording of this program, or it is damaged" in ran.err


@pytest.mark.parametrize("place", ["archive", "exact_json"])
def test_a_recording_of_very_many_parts_is_refused_before_they_are_made(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(f"auditor.recording.{place}.MOST_PARTS", 20)
    ran = cli("replay", str(GIVEN))
    assert (2, True) == (ran.code, "it is damaged (ValueError)" in ran.err)


def test_what_a_recording_says_of_itself_does_nothing_to_a_terminal(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "audit_once", audit_once)
    content, evil = files(), "\x1b]0;title\x07##[error]" + "x" * 9000
    for name, key in ((MANIFEST, "tool"), (EXPECTED, "verdict")):
        value = {"version": evil} if key == "tool" else evil
        content[name] = json.dumps({**json.loads(content[name]), key: value}).encode()
    (here / "given.zip").write_bytes(archive(content))
    ran = cli("replay", "given.zip")
    assert "came to something else (verdict: \\x1b]0;title" in ran.err
    assert ("\x1b" in ran.err, len(ran.err) < 1000) == (False, True)
