"""Two languages: what chooses one, and catalogues that are complete and fresh."""

import gettext
import io
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from auditor import i18n
from auditor.i18n import _, chosen, mark, use
from tests.cli.conftest import environment
from tools import messages


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    use("en")


PO = {path.parent.parent.name: path for path in messages.paths()}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--lang", "zh"], "zh"),
        (["--lang=zh"], "zh"),
        (["plan", "--lang", "zh", "--demo", "messy"], "zh"),
        (["--lang", "en"], "en"),
        (["--lang", "xx"], "en"),
        (["--lang"], "en"),
        ([], "en"),
    ],
)
def test_the_option_chooses_wherever_it_stands(arguments: list[str], expected: str) -> None:
    assert chosen(arguments, {"LANG": "en_US.UTF-8"}) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LC_ALL": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LC_ALL": "en_US", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_else_the_environment_does(environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_windows_locale", lambda: "")

    assert chosen([], environment) == expected


def test_else_windows_own_setting_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_windows_locale", lambda: "zh_CN")

    assert (chosen([], {}), chosen(["--lang", "en"], {})) == ("zh", "en")


def test_a_sentence_without_a_translation_stays_as_it_is() -> None:
    use("zh")

    assert _("no catalogue has this") == mark("no catalogue has this")


def test_a_catalogue_translates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Open orders"\nmsgstr "\u6302\u5355"\n'
    (folder / "auditor.mo").write_bytes(messages.compiled(po.encode(), "zh_CN"))
    monkeypatch.setattr(i18n, "FOLDER", tmp_path)

    use("zh")

    assert (_("Open orders"), i18n.language()) == ("\u6302\u5355", "zh")


def test_nothing_is_the_translation_of_nothing() -> None:
    use("zh")

    assert _("") == ""


@pytest.mark.parametrize("locale", PO)
def test_a_catalogue_has_every_sentence_of_the_sources(locale: str) -> None:
    assert messages.written(messages.merged(PO[locale])) == PO[locale].read_bytes(), "run: python tools/messages.py"


@pytest.mark.parametrize("locale", PO)
def test_the_compiled_catalogue_is_fresh(locale: str) -> None:
    path = PO[locale]

    # The first entry is the header, in which Babel names its own version.
    fresh, kept = (
        {text: told for text, told in vars(gettext.GNUTranslations(io.BytesIO(data)))["_catalog"].items() if text}
        for data in (messages.compiled(path.read_bytes(), locale), path.with_suffix(".mo").read_bytes())
    )
    assert fresh == kept, "run: python tools/messages.py"


@pytest.mark.xfail(strict=True, reason="the Chinese catalogue is filled when the sentences have settled")
@pytest.mark.parametrize("locale", PO)
def test_every_sentence_is_translated(locale: str) -> None:
    with PO[locale].open("rb") as file:
        catalogue = read_po(file, locale=locale)

    assert [message.id for message in catalogue if message.id and not message.string] == []


@pytest.mark.parametrize("locale", PO)
def test_a_translation_has_the_places_of_its_sentence(locale: str) -> None:
    with PO[locale].open("rb") as file:
        pairs = [(m.id, m.string) for m in read_po(file, locale=locale) if m.id and m.string]

    assert [pair for pair in pairs if places(str(pair[0])) != places(str(pair[1]))] == []


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


class Process:
    """Runs the program in a process of its own, for the language is chosen before the commands are loaded."""

    def __call__(self, *arguments: str, **variables: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "auditor", *arguments]
        plain = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en_US.UTF-8", "PYTHONUTF8": "1"}
        done = subprocess.run(
            command, capture_output=True, check=False, env=environment(**plain, **variables), timeout=60
        )
        return done.returncode, (done.stdout + done.stderr).decode()


@pytest.fixture
def cli_process() -> Process:
    return Process()
