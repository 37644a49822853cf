"""The lines with which `audit archive` ends."""

import io
import sys
from pathlib import Path

import pytest

from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.cli.commands.archive_end import print_end
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import Translator, verbatim
from auditor.i18n.columns import cells_of

ENGLISH = "Spot account: these change it, too, and no list here has them: " + ", ".join(["Earn and staking"] * 9) + "."
CHINESE = "现货账户\uff1a以下也会改变它\uff0c而这里没有任何列表包含\uff1a" + "、".join(["理财与质押"] * 20) + "。"
FOLDER = Path("/home/somebody/with a folder of a long name/exchange-archives/mexc-12345678-2026-11-29")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def end_of(sentence: str, stream: io.StringIO, language: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    outcome = Outcome(
        status=ArchiveStatus.PARTIAL, faults=(), wallets=(verbatim(sentence),), gaps=(verbatim("Short."),)
    )
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("COLUMNS", "80")
    print_end(Archive(FOLDER, outcome), Runtime(console=Translator(language)))
    return stream.getvalue().splitlines()


@pytest.mark.parametrize(("language", "sentence"), [("en", ENGLISH), ("zh", CHINESE)])
def test_a_sentence_fits_a_terminal_and_no_word_is_broken(
    monkeypatch: pytest.MonkeyPatch, language: str, sentence: str
) -> None:
    first, *lines = end_of(sentence, Terminal(), language, monkeypatch)
    told, further = lines[: lines.index("Short.")], lines[lines.index("Short.") + 1 :]
    blank = " " if language == "en" else ""

    assert max(map(cells_of, (first, *told))) <= 80
    assert len(told) > 2
    assert all(line.startswith("  ") for line in told[1:])
    assert sentence == blank.join(line.strip() for line in told)
    assert str(FOLDER) in further[0]
    assert further[1].endswith(f"{FOLDER}/data/REPORT.html")
    assert further[2].endswith(f"audit archive verify {FOLDER}")


def test_what_to_do_next_stands_after_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    outcome = Outcome(status=ArchiveStatus.PARTIAL, faults=(), wallets=(), gaps=(verbatim("Short."),))
    print_end(Archive(FOLDER, outcome, (verbatim("Export it."),)), Runtime())

    assert ["Short.", "Next: Export it."] == stream.getvalue().splitlines()[1:3]


def test_each_sentence_is_one_line_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ENGLISH == end_of(ENGLISH, io.StringIO(), "en", monkeypatch)[1]
