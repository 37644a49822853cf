"""No text of an exchange is a formula, invisible, or a command to what shows it."""

import csv
import io
import json
import logging
import re
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest

from auditor.formats import Sink, as_csv, format_names, get_format, plan_view
from auditor.formats.appeal_letter import LetterRequest
from auditor.formats.appeal_letter import render as letter
from auditor.formats.dust_csv import AMOUNTS, dust_csv
from auditor.formats.escape import escape_invisible, is_visible
from auditor.i18n import Translator
from auditor.model.report import Report
from tests.cli.conftest import Cli, FakeAudit, cli, fake, here
from tests.formats.conftest import Maker, hostile_everywhere, make

__all__ = ["cli", "fake", "here", "make"]
Write = Callable[[Report], str]
CSV: dict[str, Write] = {"findings": as_csv.render, "dust": partial(dust_csv, translate=Translator())}
STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"
FORMULAS = [
    f"{before}{blank}{start}HYPERLINK(1){after}"
    for before, after in [("", ""), ("a;", ";b"), ("a;;", ""), (";", ""), ("a|", "|b"), ("a\t", "")]
    for blank in ["", " ", "\u00a0", '"', "\t", "''", ' "']
    for start in STARTS
]
SOME = 5
"""Each of so many formulas is tried by default: what stands before, blanks and signs are six, seven and eight."""


@pytest.fixture
def formulas(campaign: bool) -> list[str]:
    return FORMULAS if campaign else FORMULAS[::SOME]


@pytest.mark.parametrize("kind", CSV)
def test_no_cell_is_a_formula_whatever_separates_cells(make: Maker, formulas: list[str], kind: str) -> None:
    for formula in formulas:
        text = CSV[kind](hostile_everywhere(make, formula))
        for separator in ";|\t":
            cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
            for line in text.splitlines():
                cells += line.split(separator)
            risky = {cell for cell in cells if cell.strip(" \u00a0\t\"'").startswith(tuple(STARTS))}
            assert set() == {cell for cell in risky if not cell.lstrip('"').startswith("'")}, formula


@pytest.mark.parametrize("kind", CSV)
def test_no_cell_is_a_formula_between_commas(make: Maker, formulas: list[str], kind: str) -> None:
    for formula in formulas:
        (row,) = csv.DictReader(io.StringIO(CSV[kind](hostile_everywhere(make, formula))))
        texts = [cell for column, cell in row.items() if column not in AMOUNTS]
        assert [] == [cell for cell in texts if cell.strip(' \u00a0\t"').startswith(tuple(STARTS))]


def test_semicolons_in_ordinary_sentences_stay(make: Maker) -> None:
    plain = "Sell it; or wait - a day; 5-10 USDT | USDC"

    assert plain in as_csv.render(hostile_everywhere(make, plain))


INVISIBLE = [
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u180b", "\u180e", "\u180f", "\u200b",
    "\u200d", "\u200e", "\u202e", "\u2060", "\u2064", "\u2066", "\u206f", "\u2800", "\u3164", "\ufe00", "\ufe0f",
    "\ufeff", "\uffa0", "\ufff0", "\u3000", "\u00a0", "\u2028", "\U0001bca0", "\U0001d159", "\U0001d173", "\U000e0001",
    "\U000e0041", "\U000e0100", "\U000e01ef", "\U000e0fff",
]  # fmt: skip
SHOWN = [form for form in format_names() if form != "json"]


@pytest.mark.parametrize("form", SHOWN)
def test_no_format_holds_an_invisible_letter(make: Maker, form: str) -> None:
    shown = get_format(form).render(hostile_everywhere(make, f"U{''.join(INVISIBLE)}SDT"), Sink())

    assert set() == set(INVISIBLE) & set(shown)


@pytest.mark.parametrize("letter", INVISIBLE)
def test_an_invisible_letter_is_shown_by_its_number(letter: str) -> None:
    assert re.fullmatch(r"U\\[xuU][0-9a-f]+SDT", escape_invisible(f"U{letter}SDT"))
    assert not is_visible(letter)


def test_letters_of_all_scripts_stay() -> None:
    for text in ["币安", "Zürich", "नमस्ते", "שָׁלוֹם", "ไม่มี", "é́", "한국어", "😀", "x̧̣́̂"]:
        assert text == escape_invisible(text)


@pytest.mark.parametrize("mark", ["\u0301", "\u0489", "\u20dd", "\u0e49", "\u1ab0"])
def test_no_more_than_four_marks_stand_on_one_letter(mark: str) -> None:
    assert unicodedata.category(mark).startswith("M")
    assert f"a{mark * 4}" + escape_number(mark) * 46 == escape_invisible(f"a{mark * 50}")


def escape_number(letter: str) -> str:
    return f"\\u{ord(letter):04x}"


def test_a_link_with_an_invisible_letter_is_not_official(cli: Cli) -> None:
    ran = cli("official", "https://www.okx.com/account\u3164")

    assert 4 == ran.code
    assert "invisible characters" in ran.out


COMMANDS = [
    "##[add-mask]1",
    "USDT##[group]x",
    "x ##[error]x",
    "###[debug]",
    "##vso[task.setvariable variable=x]y",
    "::set-env name=PATH::/tmp",
    "  ::add-mask::1",
    "::stop-commands::x",
    ":::error::x",
    "x ::warning file=a::y",
]
WIDTHS = (40, 57, 80, 200)
OBEYED = re.compile(r"##\w*\[|^\s*::\s*\w", re.MULTILINE)


@pytest.mark.campaign(one_of=5)
@pytest.mark.parametrize(
    "form", [*(form for form in format_names() if form != "github"), "plan", "plan json", "letter"]
)
def test_nothing_that_is_shown_in_a_runners_log_is_obeyed(
    make: Maker, form: str, monkeypatch: pytest.MonkeyPatch, campaign: bool
) -> None:
    """Each command at each width with --campaign, else at one of them."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for number, command in enumerate(COMMANDS):
        report = hostile_everywhere(make, command)
        for width in WIDTHS if campaign else (WIDTHS[number % len(WIDTHS)],):
            assert not OBEYED.search(render(form, report, Sink(width=width))), command


def render(form: str, report: Report, sink: Sink) -> str:
    if form == "letter":
        return letter(LetterRequest(error="##[error]"), report, sink)
    if form.startswith("plan"):
        return plan_view.render("json" if "json" in form else "terminal", report, sink)
    return get_format(form).render(report, sink)


def test_in_the_format_for_runners_only_the_programs_own_commands_are_obeyed(
    make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    for command in COMMANDS:
        text = get_format("github").render(hostile_everywhere(make, command), Sink())
        assert "##" not in re.sub(r"##(?!\w*\[)", "", text)
        assert all(re.match(r"::(error|warning|notice) title=[^:]*::", line) for line in text.splitlines())


@pytest.mark.parametrize("name", ["auditor.transport", "ccxt.base.exchange"])
def test_what_is_logged_of_an_answer_is_one_line_that_nobody_obeys(
    cli: Cli, fake: FakeAudit, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    fake.before = lambda: logging.getLogger(name).debug("Response: %s", "a\x1b[31m\r\n::add-mask::x ##[error]b\u2800")
    ran = cli("--exchange", "okx", "-vv")
    (line,) = (line for line in ran.err.splitlines() if "Response" in line)
    assert line.endswith(r"a\x1b[31m\r\n\x3a:add-mask\x3a:x \x23#[error]b\u2800")


def test_what_is_said_on_stderr_is_not_obeyed_either(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")

    assert not OBEYED.search(cli("--exchange", "##[add-mask]okx").err)


def test_json_reads_the_same(make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    text = get_format("json").render(hostile_everywhere(make, "##[a]#\\##"), Sink())

    assert "##" not in text
    assert "##[a]#\\##" == json.loads(text)["findings"][0]["asset"]


def test_elsewhere_such_words_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)

    assert "##[a] ::b::" == escape_invisible("##[a] ::b::")
