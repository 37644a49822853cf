"""The recipes of CONTRIBUTING.md, followed as they stand there, in a copy of the repository.

The first line of a block says what becomes of it: `path` is a whole file; `in NAME` puts it into that tuple or
dictionary, `before NAME` in front of it, `at the end` behind all else; `changed` lines take the place of those with the
same name; `filled in` are the translations of sentences that a catalogue has got by then.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ("auditor", "benchmarks", "cassettes", "config", "docs", "tests", "tools")
FILES = (
    *(path.name for path in ROOT.glob("*.md")),
    "LICENSE",
    "Dockerfile",
    "compose.yaml",
    "noxfile.py",
    "pyproject.toml",
)
# Bytecode is copied too, where it is whole: it stays valid, and nothing is compiled again.
HALF_WRITTEN = shutil.ignore_patterns("*.pyc.*")
BLOCK = re.compile(r"^```(?:python|toml|text|po)\n *# ([^\s,]+)(?:, ([^\n]*))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TRANSLATION = re.compile(r'^(msgid "[^\n]+")\n(msgstr "[^\n]+")$', re.MULTILINE)
# What in the suite looks at the things that the recipes add.
GENERIC = (
    "tests/rules/test_all_rules.py",
    "tests/rules/test_new_rule.py",
    "tests/exchanges/test_samples.py",
    "tests/exchanges/test_each_place.py",
    "tests/exchanges/test_strict_fields.py",
    "tests/exchanges/test_witness.py",
    "tests/formats/test_formats.py",
    "tests/docs/test_docs.py",
    "tests/docs/test_architecture.py",
    "tests/i18n/test_languages.py",
)
CONCERNED = (
    "all_rules",
    "new_rule",
    "bitget",
    "on-chain-earn-history",
    "lines",
    "test_docs",
    "architecture",
    "catalogue",
    "translated",
    "(okx and not myokx and not okxus and (test_samples or by_hand or one_of_those))",
)


@dataclass(frozen=True)
class Step:
    """One block of the page: what becomes of ``text`` at a place of ``file``; none for a whole file."""

    file: str
    place: str
    text: str


STEPS = [Step(*found) for found in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))]


class Copy:
    """A copy of the repository, with what runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=HALF_WRITTEN)
        for file in FILES:
            shutil.copy(ROOT / file, folder)

    def follow(self, *files: str) -> None:
        """Do what the recipes say of these files, of a catalogue only once it has got the sentences."""
        for step in STEPS:
            if step.file in files:
                path = self.folder / step.file
                before = path.read_text(encoding="utf-8") if path.exists() else ""
                after = EDITS[step.place.partition(" ")[0]](before, step)
                assert before != after or not step.place, step
                path.write_text(after, encoding="utf-8")

    def python(self, code: str) -> str:
        return self.run("-c", dedent(code))

    def audit(self, *arguments: str) -> str:
        return self.run("-m", "auditor", *arguments)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            capture_output=True,
            check=False,
            timeout=300,
            encoding="utf-8",
        )
        assert 0 == done.returncode, done.stdout + done.stderr
        return done.stdout


def _into(text: str, step: Step) -> str:
    """Put a block into the tuple or dictionary of that name, which may be empty."""
    opening = re.compile(rf"^({step.place.split()[1]}(?:: .*)? = [({{])([)}}]|\n)", re.MULTILINE)
    return opening.sub(lambda found: f"{found[1]}\n{step.text}{found[2].strip()}", text, count=1)


def _before(text: str, step: Step) -> str:
    """Put a block in front of that name."""
    start = re.search(rf"^{step.place.split()[1]} = ", text, re.MULTILINE)
    assert start is not None
    return text[: start.start()] + step.text + text[start.start() :]


def _changed(text: str, step: Step) -> str:
    """Let each line take the place of the one with the same name."""
    changed = {line.partition(" = ")[0]: line for line in step.text.splitlines()}
    lines = text.splitlines()
    assert set(changed) <= {line.partition(" = ")[0] for line in lines}
    return "\n".join(changed.get(line.partition(" = ")[0], line) for line in lines) + "\n"


def _filled_in(text: str, step: Step) -> str:
    """Translate sentences that have no translation yet."""
    for sentence, translation in TRANSLATION.findall(step.text):
        assert f'{sentence}\nmsgstr ""\n' in text, sentence
        text = text.replace(f'{sentence}\nmsgstr ""\n', f"{sentence}\n{translation}\n")
    return text


EDITS: dict[str, Callable[[str, Step], str]] = {
    "": lambda _text, step: step.text,
    "in": _into,
    "before": _before,
    "at": lambda text, step: text + step.text,
    "changed": _changed,
    "filled": _filled_in,
}


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def sources() -> Iterator[str]:
    """Every file of the recipes but the catalogues."""
    yield from dict.fromkeys(step.file for step in STEPS if not step.file.endswith(".po"))


def catalogues() -> Iterator[str]:
    yield from dict.fromkeys(step.file for step in STEPS if step.file.endswith(".po"))


@pytest.mark.campaign
def test_the_suite_is_content_with_what_the_recipes_add(copy: Copy) -> None:
    copy.run("-m", "tools.new_exchange", "bitget")
    copy.follow(*sources())
    copy.run("-m", "nox", "-s", "translations")
    copy.follow(*catalogues())
    copy.run("-m", "nox", "-s", "docs")
    copy.run("-m", "ruff", "check", "--no-cache", *[file for file in sources() if file.endswith(".py")])
    copy.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "--campaign", *GENERIC, "-k", " or ".join(CONCERNED))


DROPPED_IN = ("auditor/rules/large_balance.py", "auditor/exchanges/okx/staking.py", "auditor/formats/as_lines.py")
SHOWN = """
    import json
    from auditor.demo import account
    from auditor.exchanges.registry import load
    from auditor.formats import Sink, get_format
    from auditor.transport.guard import AllowList
    from tests.conftest import audit_demo
    row = {"ccy": "SHIB", "bal": "2000000000", "availBal": "2000000000", "frozenBal": "0"}
    report = audit_demo(account("empty").with_rows("asset/balances", [row])).report
    readings = [one for one in report.accounts[0].snapshot.readings if one.surface == "on-chain-earn-history"]
    paths = [path for _, _, path in AllowList.of(load("okx"), ["https://www.okx.com"]).requests]
    print(json.dumps({
        "rules": [finding.rule for finding in report.findings],
        "read": [type(one.result).__name__ for one in readings],
        "allowed": "/api/v5/finance/staking-defi/orders-history" in paths,
        "lines": get_format("lines").render(report, Sink()).splitlines(),
    }))
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy with a rule, a row of a table and a format that were dropped in, and nothing else done."""
    made = Copy(tmp_path_factory.mktemp("extended"))
    made.follow(*DROPPED_IN)
    return made


@pytest.fixture(scope="module")
def shown(extended: Copy) -> dict[str, Any]:
    """What an audit in that copy comes to."""
    found: dict[str, Any] = json.loads(extended.python(SHOWN))
    return found


@pytest.mark.campaign
def test_a_rule_that_is_dropped_in_runs_and_is_listed(extended: Copy, shown: dict[str, Any]) -> None:
    assert "large-balance" in shown["rules"]
    assert "A balance is very large" in extended.audit("rules")
    assert "balances of more than a billion units" in extended.audit("explain", "large-balance")


@pytest.mark.campaign
def test_a_row_in_the_table_is_asked_allowed_and_listed(extended: Copy, shown: dict[str, Any]) -> None:
    assert (["Read"], True) == (shown["read"], shown["allowed"])
    assert "on-chain-earn-history" in extended.audit("surfaces", "--exchange", "okx")


@pytest.mark.campaign
def test_a_format_that_is_dropped_in_can_be_asked_for(extended: Copy, shown: dict[str, Any]) -> None:
    assert "|lines" in extended.audit("--help").replace("\n", "").replace(" ", "")
    assert "blocked" == shown["lines"][0]


@pytest.mark.parametrize("file", ["auditor/exchanges/myokx/exchange.py", "config/myokx.toml"])
def test_the_example_of_a_further_site_is_the_one_in_the_program(file: str) -> None:
    (step,) = [step for step in STEPS if step.file == file]
    assert step.text.strip() in (ROOT / file).read_text(encoding="utf-8")
