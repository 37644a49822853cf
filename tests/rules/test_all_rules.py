from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor import rules
from auditor.model.report import Severity
from auditor.rules._engine import findings
from tests.builders import balance, one_surface_each, snapshot

HEADINGS = ("Finds: ", "What to do: ", "Source: ")
EVERY_RULE = {rule.id: (rule, module) for rule, module in rules.all_rules()}


@pytest.mark.parametrize("name", EVERY_RULE)
def test_a_rule_is_named_after_its_file(name: str) -> None:
    _rule, module = EVERY_RULE[name]
    assert name == module.__name__.rpartition(".")[2].replace("_", "-")


@pytest.mark.parametrize("name", EVERY_RULE)
def test_a_rule_says_what_it_finds_why_what_to_do_and_who_says_so(name: str) -> None:
    rule, module = EVERY_RULE[name]
    why = "Why it blocks: " if rule.severity is Severity.BLOCKER else "Why it matters: "
    lines = (module.__doc__ or "").splitlines()
    assert all(any(line.startswith(heading) for line in lines) for heading in (*HEADINGS, why))


@pytest.mark.parametrize("name", EVERY_RULE)
def test_a_rule_refines_rules_that_exist(name: str) -> None:
    rule, _module = EVERY_RULE[name]
    assert rule.refines <= {*EVERY_RULE, *rules.ALL_OTHER_RULES}


RULE_FILE = """
from auditor.model.records import Balance
from auditor.model.report import Severity
from auditor.rules import Rule


def _check(view):
    for reading, record in view.records_of(Balance):
        yield view.finding("shiny", reading, record, message="Shiny.", remedy="Polish it.")


RULE = Rule(id="shiny", title="Shiny", severity=Severity.BLOCKER, refines=frozenset({"balance-left"}), check=_check)
"""


@pytest.fixture
def one_more_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "shiny.py").write_text(RULE_FILE, encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    rules.all_rules.cache_clear()
    yield
    rules.all_rules.cache_clear()


@pytest.mark.usefixtures("one_more_file")
def test_adding_a_rule_is_adding_one_file() -> None:
    said = findings(snapshot(*one_surface_each(balance("1"))))
    assert [finding.rule for finding in said] == ["shiny"]


def test_two_rules_with_one_id_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "other_debt.py").write_text(RULE_FILE.replace('id="shiny"', 'id="debt"'), encoding="utf-8")
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    with pytest.raises(ValueError, match="share an id"):
        rules.all_rules.__wrapped__()
