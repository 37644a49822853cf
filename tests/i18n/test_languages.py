"""Two languages: what chooses one, and catalogues that are complete and fresh."""

import re
import string
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from rich.cells import cell_len

from auditor import i18n
from auditor.audit.readings import reading
from auditor.cli.options.usage_errors import as_sentence
from auditor.exchanges.registry import load
from auditor.formats import Sink
from auditor.formats.terminal.canvas import TerminalPage
from auditor.i18n import Translator, _, languages, phrase, sentences
from auditor.i18n.catalogues import parse
from auditor.i18n.languages import chosen_language
from auditor.model.snapshot import Read
from auditor.rules._wording import state_name
from tests import processes
from tests.cli.conftest import environment
from tools import translations

PACKAGE = Path(i18n.__file__).parents[1]


CHINESE = Translator("zh")
PO = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.po"))}


@cache
def files() -> dict[Path, bytes]:
    """Every catalogue as it must be."""
    return dict(translations.files())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lang", "zh"], "zh"),
        (["--lang=zh"], "zh"),
        (["plan", "--lang", "zh", "--demo", "messy"], "zh"),
        (["--lang", "zh_CN"], "zh"),
        (["--lang", "zh-CN"], "zh"),
        (["--lang", "zh-Hans"], "zh"),
        (["--lang", "ZH"], "zh"),
        (["--lang", "zh_TW"], "zh"),
        (["--lang=zh_CN.UTF-8"], "zh"),
        (["--lang", "en_GB"], "en"),
        (["--lang", "en"], "en"),
        (["--lang", "xx"], "en"),
        (["--lang"], "en"),
        ([], "en"),
    ],
)
def test_the_option_chooses_wherever_it_stands(arguments: list[str], expected: str) -> None:
    assert chosen_language(arguments, {"LANG": "en_US.UTF-8"}) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "en_US", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANGUAGE": "zh:en", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "C.UTF-8"}, "zh"),
        ({"LANGUAGE": "fr:zh", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LANGUAGE": "en:zh", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "fr", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LANGUAGE": "zh", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_else_the_environment_does(environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_windows_locale", lambda: "")

    assert chosen_language([], environment) == expected


def test_else_windows_own_setting_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "_windows_locale", lambda: "zh_CN")

    assert (chosen_language([], {}), chosen_language(["--lang", "en"], {})) == ("zh", "en")


def test_a_sentence_without_a_translation_stays_as_it_is() -> None:
    assert "no catalogue has this" == CHINESE(_("no catalogue has this"))


def test_a_catalogue_translates_what_is_quoted_over_several_lines() -> None:
    po = 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "Open orders"\nmsgstr ""\n"\u6302\u5355"\n"\\n\\"x\\""\n'

    assert {"Open orders": '\u6302\u5355\n"x"'} == parse(po)


def test_nothing_is_the_translation_of_nothing() -> None:
    assert "" == CHINESE(_(""))


def test_two_translators_speak_at_the_same_time_without_knowing_of_each_other() -> None:
    message = _("Open orders")

    assert ("Open orders", "\u5f53\u524d\u59d4\u6258", "Open orders") == (
        Translator()(message),
        CHINESE(message),
        Translator("en")(message),
    )


@pytest.mark.parametrize("name", PO)
def test_a_catalogue_has_every_sentence_of_its_sources(name: str) -> None:
    assert files()[PO[name]] == PO[name].read_bytes(), "run: python -m tools.translations"


def test_there_is_no_other_catalogue_and_nothing_compiled() -> None:
    assert set(files()) == {*PO.values()}
    assert [] == [*PACKAGE.rglob("*.mo")]


def test_the_program_reads_catalogues_as_the_translators_library_does() -> None:
    for path in PO.values():
        with path.open("rb") as file:
            expected = {message.id: message.string for message in read_po(file) if message.id and message.string}
        assert expected == parse(path.read_text(encoding="utf-8"))


def test_a_sentence_of_two_catalogues_has_one_translation() -> None:
    found: dict[str, set[str]] = {}
    for path in PO.values():
        for sentence, translation in parse(path.read_text(encoding="utf-8")).items():
            found.setdefault(sentence, set()).add(translation)

    assert {} == {sentence: told for sentence, told in found.items() if len(told) > 1}


def test_what_a_table_words_stands_beside_it_and_changes_no_other_catalogue() -> None:
    okx, binance, program = (
        parse((PACKAGE / folder / "zh_CN.po").read_text(encoding="utf-8"))
        for folder in ("exchanges/okx/locale", "exchanges/binance/locale", "i18n/locale")
    )
    own = {surface.title for surface in load("okx").surfaces}

    assert own <= set(okx)
    assert own - set(binance) - set(program)


@pytest.mark.parametrize("name", PO)
def test_every_sentence_is_translated(name: str) -> None:
    with PO[name].open("rb") as file:
        assert [] == [message.id for message in read_po(file) if message.id and not message.string]


@pytest.mark.parametrize("name", PO)
def test_a_translation_has_the_places_of_its_sentence(name: str) -> None:
    pairs = parse(PO[name].read_text(encoding="utf-8")).items()

    assert [] == [pair for pair in pairs if places(pair[0]) != places(pair[1])]


def places(text: str) -> set[str]:
    """The names that ``format`` fills in; texts with other braces have none."""
    try:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        return set(re.findall(r"{(\w+)}", text))


@pytest.mark.parametrize("arguments", [["--lang", "zh", "rules"], ["rules", "--lang", "zh"]])
def test_every_command_takes_the_option_before_and_after(cli_process: "Process", arguments: list[str]) -> None:
    assert cli_process(*arguments)[0] == 0


def test_another_language_is_an_error(cli_process: "Process") -> None:
    code, said = cli_process("rules", "--lang", "xx")

    assert (code, "'xx' is none of en, zh" in said) == (2, True)


def test_a_snapshot_keeps_english_titles_in_every_language() -> None:
    surface = load("okx").surfaces[0]

    kept = reading(surface, Read(records=(), rows=0, at=datetime(2026, 1, 1, tzinfo=UTC)))

    assert (kept.title, CHINESE(_(kept.title))) == ("Funding wallet", "\u8d44\u91d1\u8d26\u6237")


def test_a_word_with_two_meanings_is_not_mistaken_for_a_state() -> None:
    assert (CHINESE(state_name("live")), CHINESE(state_name("redeeming"))) == (
        "\u751f\u6548\u4e2d",
        "\u8d4e\u56de\u4e2d",
    )


def test_a_kind_that_no_catalogue_has_is_translated_part_by_part() -> None:
    assert CHINESE(phrase("VIP loan, Pending")) == "VIP \u501f\u5e01\u3001Pending"


def test_sentences_follow_each_other_as_the_language_has_it() -> None:
    two = sentences("One.", "", "Two.")

    assert (str(two), CHINESE(sentences("\u4e00\u3002", "\u4e8c\u3002"))) == ("One. Two.", "\u4e00\u3002\u4e8c\u3002")


def test_wrong_use_is_told_in_the_language(cli_process: "Process") -> None:
    code, told = cli_process("--foo", "--lang", "zh")

    assert (code, "\u6ca1\u6709\u9009\u9879" in told) == (2, True)


def test_what_the_library_says_of_wrong_use_ends_as_the_language_has_it() -> None:
    message = "Option '--output' requires an argument."

    assert (as_sentence(message, Translator()), as_sentence(message, CHINESE)[-4:]) == (
        "Option '--output' requires an argument.",
        "\u4e00\u4e2a\u503c\u3002",
    )


def test_chinese_fills_the_lines_and_no_line_begins_with_a_closing_mark() -> None:
    words = "\u8d44\u91d1\u8d26\u6237\u6301\u6709 0.5 BTC\uff08\u51bb\u7ed3 0.2\uff09\u3002" * 3
    page = TerminalPage(Sink(width=40))

    page.line(words)

    lines = page.finish().splitlines()
    assert ("".join(lines).replace(" ", ""), [line for line in lines if line[0] in "\uff09\u3002"]) == (
        words.replace(" ", ""),
        [],
    )
    assert [line for line in lines[:-1] if cell_len(line) < 34] == []


class Process:
    """Runs the program in a process of its own, for the language is chosen before the commands are loaded."""

    def __call__(self, *arguments: str, **variables: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "auditor", *arguments]
        plain = {"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "PYTHONIOENCODING": "utf-8"}
        done = processes.run(
            command, capture_output=True, check=False, env=environment(**plain, **variables), timeout=60
        )
        return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def cli_process() -> Process:
    return Process()


SIGN = re.compile("[\u4e00-\u9fff]")


def on_a_console(encoding: str, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "auditor", *arguments, "--lang", "zh"]
    told = environment(PYTHONIOENCODING=encoding)
    return processes.run(command, capture_output=True, check=False, env=told, timeout=60, cwd=folder)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_that_cannot_show_chinese_gets_english_and_one_line_that_says_so(
    encoding: str, tmp_path: Path
) -> None:
    done = on_a_console(encoding, tmp_path, "rules")
    told = done.stderr.decode("ascii").splitlines()
    assert (0, False) == (done.returncode, b"\\u" in done.stdout + done.stderr)
    assert "Something is owed" in done.stdout.decode(encoding)
    assert [f"audit: This console's encoding ({encoding}) cannot show Chinese, so this is English."] == [
        line.partition(" Files")[0] for line in told
    ]


@pytest.mark.slow("a process")
def test_files_stay_chinese_beside_a_console_that_cannot_show_it(tmp_path: Path) -> None:
    done = on_a_console("cp1252", tmp_path, "demo", "messy", "--output", "report.md", "--dust-csv", "dust.csv")
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    dust = (tmp_path / "dust.csv").read_text(encoding="utf-8-sig")
    assert (1, False) == (done.returncode, b"\\u" in done.stderr)
    assert (True, True) == (bool(SIGN.search(report)), bool(SIGN.search(dust)))
    assert "What was found" not in report
    assert "every live market asks for more" not in dust.casefold()


def test_a_console_of_chinas_own_encoding_stays_chinese(tmp_path: Path) -> None:
    done = on_a_console("gbk", tmp_path, "rules")
    assert (b"", True) == (done.stderr, bool(SIGN.search(done.stdout.decode("gbk"))))
