"""A second process reads the rows of a large ledger ahead: they are those that this one reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.archive import ahead, raw
from auditor.archive.ahead import pages_ahead, send_pages
from auditor.archive.document import facts_in, read_document
from auditor.archive.facts import RunFacts
from auditor.archive.pages import OddRow
from auditor.archive.raw import DamagedError
from auditor.archive.rows import EntryPage, entry_pages
from auditor.archive.session import history_of
from auditor.exchanges.registry import load
from auditor.spec.ledger import Ledger
from tests.archive.archiving import archived, told

LEDGER = "trading-ledger"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of which one page has a row without a balance."""
    made = archived(told(events=60), tmp_path).folder
    monkeypatch.setattr(ahead, "LARGE", 0)
    path = made / f"data/raw/{LEDGER}/000.jsonl.gz"
    answers = [answer for _line, answer in raw.answers(path, raw.places(path), forward=True)]
    odd = raw.RawAnswer(
        **{name: getattr(answers[-1], name) for name in raw.RawAnswer.__slots__ if name not in {"body", "sha256"}},
        body=answers[-1].body.replace('"bal"', '"other"', 1),
    )
    path.write_bytes(b"".join(map(raw.member, [*answers[:-1], odd])))
    return made


def facts_of(folder: Path) -> RunFacts:
    return facts_in(read_document(folder))


def read_here(folder: Path) -> list[EntryPage]:
    return list(entry_pages(folder, _ledger(), load("okx")))


def read_ahead(folder: Path) -> Iterator[EntryPage]:
    return pages_ahead(facts_of(folder), folder, _ledger(), load("okx"))


def _ledger() -> Ledger:
    return next(one for one in history_of(load("okx")).ledgers if one.id == LEDGER)


@pytest.mark.slow("processes")
def test_another_process_reads_the_same_rows_ahead(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_here(folder)
    monkeypatch.setattr(ahead, "entry_pages", None)

    assert expected == list(read_ahead(folder))
    assert {True, False} == {any(isinstance(row, OddRow) for row in page) for page in expected}


@pytest.mark.parametrize("sent", [0, 1])
def test_what_the_other_process_did_not_come_to_is_read_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch, sent: int
) -> None:
    pages = list(send_pages(folder, "okx", "", LEDGER))
    monkeypatch.setattr(ahead, "produced", lambda *_arguments: iter(pages[:sent]))

    assert read_here(folder) == list(read_ahead(folder))


def test_damage_that_ended_the_other_process_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / f"data/raw/{LEDGER}/000.jsonl.gz"
    path.write_bytes(path.read_bytes()[:-9])
    monkeypatch.setattr(ahead, "produced", lambda *_arguments: iter(()))

    with pytest.raises(DamagedError, match="is damaged"):
        list(read_ahead(folder))
