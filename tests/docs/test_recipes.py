"""The recipes of CONTRIBUTING.md, done as they stand there, in a copy of the program."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(?:python|toml)\n *# (\S+?)(?:, in (\w+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RECIPES = {
    file: (place, text) for file, place, text in BLOCK.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
}

AUDIT = """
    import json
    from tests.conftest import audit_demo
    audited = audit_demo({name!r})
    readings = audited.report.accounts[0].snapshot.readings
    print(json.dumps({{
        "rules": sorted({{finding.rule for finding in audited.report.findings}}),
        "read": {{reading.surface: type(reading.result).__name__ for reading in readings}},
        "verdict": audited.report.verdict,
    }}))
"""


class Copy:
    """A copy of the program, with what runs in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("auditor", "config"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "tests").mkdir()
        shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")

    def follow(self, file: str) -> None:
        """Do what the recipe for that file says."""
        place, text = RECIPES[file]
        target = self.folder / file
        if not place:
            target.write_text(text, encoding="utf-8")
            return
        before = target.read_text(encoding="utf-8")
        after = before.replace(f"{place} = (\n", f"{place} = (\n{text}", 1)
        assert before != after
        target.write_text(after, encoding="utf-8")

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
            timeout=120,
            encoding="utf-8",
        )
        assert (0, "") == (done.returncode, done.stderr)
        return done.stdout

    def demo(self, name: str) -> Any:
        return json.loads(self.python(AUDIT.format(name=name)))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.fixture
def copy_with(copy: Copy) -> Callable[[str], Copy]:
    def followed(file: str) -> Copy:
        copy.follow(file)
        return copy

    return followed


def test_a_rule_that_is_dropped_in_runs_and_is_listed(copy_with: Callable[[str], Copy]) -> None:
    copy = copy_with("auditor/rules/large_balance.py")
    assert "large-balance" in copy.demo("messy")["rules"]
    assert "A balance is large" in copy.audit("rules")
    assert "What to do: nothing." in copy.audit("explain", "large-balance")


def test_a_row_in_the_table_is_asked_allowed_and_listed(copy_with: Callable[[str], Copy]) -> None:
    copy = copy_with("auditor/exchanges/okx/table/earn.py")
    allowed = """
        from auditor.exchanges.registry import load
        from auditor.transport.guard import AllowList
        print(*(path for _, _, path in AllowList.of(load("okx"), ["https://www.okx.com"]).requests))
    """
    assert "Unread" == copy.demo("empty")["read"]["okusd-redemptions"]
    assert "/api/v5/finance/okusd/redeem/history" in copy.python(allowed).split()
    assert "okusd-redemptions" in copy.audit("surfaces", "--exchange", "okx")


def test_an_exchange_that_is_dropped_in_is_known_and_audited(copy: Copy) -> None:
    files = ("auditor/exchanges/myokx/exchange.py", "config/myokx.toml")
    for file in files:
        (copy.folder / file).unlink()
    known = "from auditor.exchanges.registry import known\nprint('myokx' in known())"
    assert "False" == copy.python(known).strip()
    for file in files:
        copy.follow(file)
    at_demo = """
        import asyncio
        from auditor.model.account import Options
        from auditor.audit.audit_once import audit_once
        from auditor.demo import account, serve
        from tests.conftest import as_audited
        with serve([account("spot")], limits=False) as served:
            report = asyncio.run(audit_once([as_audited(account("spot"), served.url, "myokx")], Options(pace=0)))
        print(report.accounts[0].snapshot.exchange, report.verdict)
    """
    assert "True" == copy.python(known).strip()
    assert "myokx blocked" == copy.python(at_demo).strip()
    assert "OKX" in copy.audit("requirements", "--exchange", "myokx")


def test_a_format_that_is_dropped_in_can_be_asked_for(copy_with: Callable[[str], Copy]) -> None:
    copy = copy_with("auditor/formats/as_lines.py")
    shown = """
        from auditor.formats import Sink, get_format
        from tests.conftest import audit_demo
        print(get_format("lines").render(audit_demo("spot").report, Sink()))
    """
    assert "|lines" in copy.audit("--help").replace("\n", "").replace(" ", "")
    assert "blocked" == copy.python(shown).splitlines()[0]


def test_the_example_of_an_exchange_is_the_one_in_the_program() -> None:
    assert (ROOT / "auditor/exchanges/myokx/exchange.py").read_text(encoding="utf-8") == RECIPES[
        "auditor/exchanges/myokx/exchange.py"
    ][1]
