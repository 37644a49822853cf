"""A damaged history says so, and a watch goes on beside it; nothing of it is deleted or changed."""

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from auditor.cli.commands import watch_run
from auditor.history.database_url import Location
from auditor.history.serialization import DamagedPassError, decode, encode
from auditor.history.store import History
from auditor.i18n import Message
from auditor.i18n.message import LONGEST
from auditor.watch.clock import FastClock
from tests.cli.conftest import Cli, cli, fake, here
from tests.history.conftest import done
from tests.watch.test_commands import again, shown
from tests.watch.world import World, funding

__all__ = ["again", "cli", "fake", "here", "shown"]
ONCE = ("watch", "--exchange", "okx", "--history", "h.sqlite3", "--once", "--no-wait")
Damage = Callable[[Path], object]


def sql(*statements: str) -> Damage:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def overwrite(at: int, text: bytes) -> Damage:
    def change(file: Path) -> None:
        with file.open("r+b") as opened:
            opened.seek(at)
            opened.write(text)

    return change


DAMAGES: dict[str, Damage] = {
    "no database": lambda file: file.write_bytes(b"<html>" * 2000),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:5000]),
    "a page of it": lambda file: overwrite(file.stat().st_size // 4096 // 2 * 4096, b"\xff" * 4096)(file),
    "every page but the first": lambda file: overwrite(4096, b"\0" * (file.stat().st_size - 4096))(file),
    "a table is missing": sql("DROP TABLE transitions"),
    "a column is missing": sql("ALTER TABLE holdings RENAME COLUMN rule TO role"),
    "a verdict of its own": sql("UPDATE passes SET verdict = 'splendid'"),
    "an account's verdict": sql("UPDATE results SET verdict = 7"),
    "a time": sql("UPDATE passes SET finished_at = 'yesterday'"),
    "an amount": sql("UPDATE holdings SET amount = 'much'"),
    "a severity": sql("UPDATE transitions SET severity = ''"),
    "a count": sql("UPDATE results SET blockers = 'many'"),
    "no text": sql("UPDATE passes SET verdict = CAST(x'ff' AS TEXT)"),
    "its version": sql("UPDATE schema_version SET version = 'new'"),
}


_WATCHED: list[bytes] = []


def watched(again: Cli, here: Path) -> Path:
    """The history of a watch after one pass, which is made once and copied."""
    file = here / "h.sqlite3"
    if not _WATCHED:
        assert 1 == again(*ONCE).code
        _WATCHED.append(file.read_bytes())
    file.write_bytes(_WATCHED[0])
    return file


@pytest.mark.campaign(one_of=7)
@pytest.mark.parametrize("name", DAMAGES)
def test_a_watch_goes_on_beside_a_damaged_history(again: Cli, here: Path, shown: Any, name: str) -> None:
    file = watched(again, here)
    DAMAGES[name](file)
    before = file.read_bytes()

    first, second = again(*ONCE), again(*ONCE)

    assert (1, 1) == (first.code, second.code), first.err
    assert "h.sqlite3 is" in first.err
    assert "goes on with another history: h-2.sqlite3" in first.err
    assert "No check is due." in second.err
    assert before == file.read_bytes()
    with History(Location(file=here / "h-2.sqlite3")) as history:
        assert 1 == history.last_id()
    assert not (here / "h-3.sqlite3").exists()


def test_two_damaged_histories_are_both_left(again: Cli, here: Path, shown: Any) -> None:
    for name in ("h.sqlite3", "h-2.sqlite3"):
        (here / name).write_bytes(b"no database" * 1000)

    assert 1 == again(*ONCE).code
    assert b"no database" * 1000 == (here / "h-2.sqlite3").read_bytes()
    assert (here / "h-3.sqlite3").is_file()


def test_the_history_of_another_program_is_not_taken_for_damage(again: Cli, here: Path, shown: Any) -> None:
    sql("CREATE TABLE pictures (id INTEGER)")(here / "h.sqlite3")

    assert 2 == again(*ONCE).code
    assert not (here / "h-2.sqlite3").exists()


@pytest.mark.parametrize("command", [["history"], ["report", "last"], ["history", "diff", "1", "last"]])
def test_commands_name_the_history_that_took_its_place(again: Cli, here: Path, shown: Any, command: list[str]) -> None:
    (here / "h.sqlite3").write_bytes(b"no database" * 1000)
    again(*ONCE)

    ran = again(*command, "--history", "h.sqlite3")

    assert 2 == ran.code
    assert "A watch went on with h-2.sqlite3." in ran.err


@pytest.mark.campaign(one_of=6)
@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("command", [["history"], ["report", "last"], ["history", "diff", "1", "last"]])
def test_no_damage_is_an_internal_error(again: Cli, here: Path, shown: Any, command: list[str], name: str) -> None:
    DAMAGES[name](watched(again, here))

    ran = again(*command, "--history", "h.sqlite3")

    assert "internal error" not in ran.err


def test_a_watch_goes_on_when_its_history_is_damaged_while_it_sleeps(
    again: Cli, here: Path, shown: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(_now: object) -> None:
        if not (here / "h-2.sqlite3").exists():
            DAMAGES["no database"](here / "h.sqlite3")

    monkeypatch.setattr(watch_run, "RealClock", lambda: FastClock(woken=damage))

    ran = again("watch", "--exchange", "okx", "--history", "h.sqlite3", "--max-passes", "2", "--every", "5m")

    assert "goes on with another history: h-2.sqlite3" in ran.err
    with History(Location(file=here / "h-2.sqlite3")) as history:
        assert history.last_id()


def test_a_damaged_last_pass_stops_no_watch(tmp_path: Path) -> None:
    world = World(tmp_path / "history.sqlite3", {"main": lambda _now: (funding("BTC"),)})
    world.run(once=True, wait=False)
    damage = sql("UPDATE passes SET content = x'00'")
    damage(world.file)

    assert 1 == world.run(once=True, wait=False)
    assert 2 == len(world.passes)
    with History(Location(file=world.file)) as history:
        assert [2, 1] == [entry.id for entry in history.entries()]
        assert history.load(2)


def test_a_damaged_last_pass_is_told_and_another_is_made(again: Cli, here: Path, shown: Any) -> None:
    again(*ONCE)
    sql("UPDATE passes SET content = x'00'", "UPDATE results SET told = 0")(here / "h.sqlite3")

    ran = again(*ONCE)

    assert 1 == ran.code
    assert "This check is damaged" in ran.err
    assert "check 2: okx: NOT READY TO CLOSE" in ran.out


@pytest.mark.parametrize("form", ["terminal", "json"])
def test_a_damaged_last_pass_is_not_shown(again: Cli, here: Path, shown: Any, form: str) -> None:
    sql("UPDATE passes SET content = x'00'")(watched(again, here))

    ran = again("report", "last", "--format", form, "--history", "h.sqlite3")

    assert (2, "") == (ran.code, ran.out)
    assert "This check is damaged" in ran.err


def laughs(depth: int) -> object:
    """A sentence of few letters that stands for 2 to the power of ``depth``."""
    if depth == 0:
        return {"$said": ["ha", None, False]}
    return {"$said": ["{a}" * 1000, {"a": laughs(depth - 1)}, False]}


def nested(depth: int) -> object:
    return [] if depth == 0 else [nested(depth - 1)]


SENTENCES = {
    "an attribute": {"$said": ["{x.__class__.__mro__}", {"x": "1"}, False]},
    "an index": {"$said": ["{x[0]}", {"x": "1"}, False]},
    "a width": {"$said": ["{x:>999999999}", {"x": "1"}, False]},
    "a width from a value": {"$said": ["{x:{y}}", {"x": "1", "y": "999999999"}, False]},
    "a place": {"$said": ["{0}", {"0": "1"}, False]},
    "no name": {"$said": ["{}", {"": "1"}, False]},
    "half a brace": {"$said": ["{x", {"x": "1"}, False]},
    "a conversion": {"$said": ["{x!z}", {"x": "1"}, False]},
    "a missing value": {"$said": ["{x}", {}, False]},
    "no text": {"$said": [{"a": 1}, {}, False]},
    "a text of texts": laughs(3),
    "many of one": {"$said": ["{x}" * 30_000, {"x": "x" * 30_000}, False]},
    "a long separator": {"$said": ["x" * 30_000, ["a"] * 30_000, False]},
    "a huge amount": {"$said": ["{x}", {"x": {"$decimal": "1e99999999"}}, False]},
    "no amount": {"$said": ["{x}", {"x": {"$decimal": "sNaN"}}, False]},
    "a list": ["a"],
    "a deep value": {"$said": ["{x}", {"x": nested(400)}, False]},
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_stored_sentence_is_no_program(name: str) -> None:
    document = json.loads(zlib.decompress(encode(done(funding("BTC")))))
    document["pass"]["report"]["findings"][0]["message"] = SENTENCES[name]

    with pytest.raises(DamagedPassError):
        decode(zlib.compress(json.dumps(document).encode()))


def test_a_pass_that_grows_without_an_end_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.history.serialization.LARGEST", 1_000_000)

    with pytest.raises(DamagedPassError):
        decode(zlib.compress(b" " * 2_000_000 + b"{}"))


@pytest.mark.parametrize("content", ["[" * 100_000, '{"version": 1e999}', "9" * 5000, "{}", "NaN", '{"version": "x"}'])
def test_what_is_no_pass_is_damage(content: str) -> None:
    with pytest.raises(DamagedPassError):
        decode(zlib.compress(content.encode()))


def test_a_list_of_a_thousand_places_is_no_damage() -> None:
    made = done(funding(*(f"COIN{number}" for number in range(200))))
    places = Message(", ").join(f"{'place' * 8}{number}" for number in range(1000))

    assert made == decode(encode(made))
    assert len(str(places)) < LONGEST
