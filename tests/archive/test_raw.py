"""A raw answer as it stands in a file: one line of ASCII in a gzip member that every other program reads."""

import gzip
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from auditor.archive.raw import DamagedError, RawAnswer, answers, append, member, places
from auditor.archive.session import Session
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS

BODIES = ['{"code":"0","data":[]}', '{"notes":"\u4e2d \u00e9 \U0001f600 \x7f \\" \\\\ \\n"}', "", "<html>\t\r\n</html>"]


def answer(body: str) -> RawAnswer:
    return RawAnswer(
        asked_at="2026-11-28T07:00:00.000Z",
        method="GET",
        path="/p",
        params={"after": "1"},
        status=200,
        date="",
        body=body,
    )


@pytest.mark.parametrize("body", BODIES)
def test_an_answer_is_one_line_of_ascii_and_its_body_as_it_came(body: str) -> None:
    line = gzip.decompress(member(answer(body)))

    assert (True, 1) == (line.isascii(), line.count(b"\n"))
    assert body == json.loads(line)["body"]


def test_answers_are_read_back_in_either_order(tmp_path: Path) -> None:
    path, length = tmp_path / "raw" / "list.jsonl.gz", 0
    for body in BODIES:
        length = append(path, member(answer(body)), length)
    found = [one.body for _number, one in answers(path, places(path))]

    assert (BODIES, length) == (found[::-1], path.stat().st_size)
    assert BODIES == [one.body for _number, one in answers(path, places(path), forward=True)]


@pytest.mark.parametrize("at", [0, 3, 40, -9, -1])
def test_a_file_in_which_a_byte_changed_is_damaged(tmp_path: Path, at: int) -> None:
    path, data = tmp_path / "list.jsonl.gz", bytearray(member(answer(BODIES[0])))
    data[at] ^= 0x55
    path.write_bytes(data)

    with pytest.raises(DamagedError):
        list(answers(path, places(path)))


def test_a_date_that_is_no_text_keeps_no_answer_from_being_written(tmp_path: Path) -> None:
    endpoint: Any = SimpleNamespace(method="GET", full_path=lambda _prefix: "/p")
    session = Session(cast("Any", SimpleNamespace(exchange=SimpleNamespace(api=SimpleNamespace(prefix="")))), ())
    ANSWER_HEADERS.set({"Date": "Sun\udcff"})
    path = tmp_path / "list.jsonl.gz"
    append(path, member(session._answer(endpoint, {}, "", 200, "[]")), 0)

    assert ["Sun?"] == [one.date for _number, one in answers(path, places(path))]
