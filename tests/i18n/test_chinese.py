"""What a person who reads Chinese gets to see: no English word of ours among it."""

import re
import sys
from pathlib import Path

import pytest

from auditor.exchanges.binance.debts import vip_request
from auditor.i18n import Translator
from auditor.i18n.vocabulary import AREAS, VERDICTS
from auditor.model.report import Severity
from auditor.rules._engine import findings
from auditor.spec.blanks import UNKNOWN_SETUP
from auditor.spec.reader import Context, Scope
from tests import processes
from tests.builders import NOW, reading, snapshot
from tests.cli.conftest import environment
from tests.conftest import Audit

CHINESE = Translator("zh")
# Names that somebody gave, and OKX's own words where the Chinese stands beside them.
NAMES = {"icebox", "attic", "old", "bot", "uid"}
BESIDE = {"conditional", "oco", "chase", "trigger", "move_order_stop", "iceberg", "twap", "smart_iceberg"}
CODES = {"inqueue", "processing"}
OURS = {word for words in (AREAS, VERDICTS) for word in words.split("; ")}


def english(text: str) -> set[str]:
    return set(re.findall(r"(?<![A-Za-z./])[a-z_]{3,}(?![A-Za-z./])", text))


def test_what_an_audit_finds_everywhere_is_told_without_an_english_word(demo: Audit) -> None:
    findings = demo("messy").report.findings

    told = "\n".join(f"{CHINESE(found.message)}\n{CHINESE(found.remedy)}" for found in findings)

    assert english(told) - NAMES - BESIDE - CODES == set()


@pytest.mark.parametrize("state", ["Pending", "Accruing_Interest", "Overdue", "Liquidating", "Repaying"])
def test_the_state_of_a_vip_loan_is_told_in_chinese(state: str) -> None:
    row = {"status": state, "requestId": "7", "loanCoin": "USDT", "loanAmount": "100"}
    context = Context(UNKNOWN_SETUP, NOW, Scope(), lambda _row: None)
    ((asked,), _doubts) = vip_request.records(row, context)

    (found,) = [f for f in findings(snapshot(reading(asked))) if f.severity is Severity.BLOCKER]
    assert english(CHINESE(found.message)) == set()
    assert state not in CHINESE(found.message)


def printed(*arguments: str) -> str:
    """What a command prints in Chinese: in a process of its own, for the language comes before everything else."""
    command = [sys.executable, "-m", "auditor", *arguments, "--lang", "zh"]
    ran = processes.run(command, capture_output=True, check=True, env=environment(PYTHONIOENCODING="utf-8"), timeout=60)
    return str(ran.stdout, "utf-8")


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("command", [["rules"], ["requirements", "--exchange", "okx"], ["explain", "debt"]])
def test_listings_name_areas_and_severities_in_chinese(command: list[str]) -> None:
    assert set(re.split(r"[\s,:\u3001()]+", printed(*command))) & OURS == set()


def test_places_are_listed_by_area_and_standing_in_chinese() -> None:
    lines = printed("list", "surfaces", "--exchange", "okx").splitlines()[1:]

    areas = [line for line in lines if line and not line.startswith(" ")]
    assert 8 == len(areas)
    assert {word for line in areas for word in line.split()} & OURS == set()
    standings = {line.partition("\uff1b")[2] for line in lines if "GET " in line} - {""}
    assert {"\u4ea4\u6613\u6240\u6587\u6863\u4e2d\u6ca1\u6709"} == standings


def test_which_boxes_to_tick_is_said_in_chinese(tmp_path: Path) -> None:
    told = printed("init", "--output", str(tmp_path / "audit.toml"))

    assert "\u52fe\u9009\uff1a\u8bfb\u53d6\uff08Read\uff09" in told
