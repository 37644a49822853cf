"""What lies in docs/fleet for operators: the dashboard and the alerts know only metrics and labels that there are."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import yaml

from auditor.cli.app import app
from auditor.fleet.status.as_prometheus import METRICS, PREFIX
from auditor.fleet.status.model import State
from auditor.rules import all_rules

FOLDER = Path(__file__).parents[2] / "docs" / "fleet"
BOARD, ALERTS = FOLDER / "dashboard.json", FOLDER / "alerts.yml"
METRIC = re.compile(rf"{PREFIX}(\w+)(?:\{{([^}}]*)\}})?")
VALUES = {"state": {state.value for state in State}, "rule": {rule.id for rule, _module in all_rules()}}


def queries() -> Iterator[str]:
    """Every query of the dashboard and of the alerts."""
    board = json.loads(BOARD.read_text(encoding="utf-8"))
    yield from (target["expr"] for panel in board["panels"] for target in panel["targets"])
    yield from (rule["expr"] for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"])


@pytest.mark.parametrize("file", [BOARD, ALERTS], ids=lambda file: file.name)
def test_each_metric_that_is_named_is_one_that_is_written(file: Path) -> None:
    named = {name for name, _labels in METRIC.findall(file.read_text(encoding="utf-8"))}

    assert set() == named - METRICS.keys()


def test_each_metric_that_is_written_is_shown() -> None:
    named = {name for query in queries() for name, _labels in METRIC.findall(query)}

    assert set() == METRICS.keys() - named


def test_each_label_and_value_that_is_asked_for_is_one_of_its_metric() -> None:
    for query in queries():
        for name, labels in METRIC.findall(query):
            for label, values in re.findall(r'(\w+)=~?"([^"]*)"', labels):
                assert label in METRICS[name][1], query
                if not values.startswith("$"):
                    assert set(values.split("|")) <= VALUES.get(label, {values}), query


def test_sums_keep_only_labels_that_the_metric_has() -> None:
    for query in queries():
        for labels, metric in re.findall(rf"sum by \((\w+)\) \({PREFIX}(\w+)", query):
            assert labels in METRICS[metric][1], query


def test_no_metric_has_a_label_an_account() -> None:
    assert {"exchange", "state", "rule", "severity", "egress"} == {
        label for _text, labels in METRICS.values() for label in labels
    }


def guide() -> list[str]:
    """The commands of the operator's guide, from nothing to two workers."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    block = text.partition("## Ten commands")[2].partition("```sh\n")[2].partition("```")[0]
    return block.splitlines()


def test_the_guide_leads_to_two_workers_in_ten_commands() -> None:
    commands = guide()

    assert 10 == len(commands)
    assert {"fra-1", "fra-2"} == set(re.findall(r"--egress (\S+)", "\n".join(commands)))


@pytest.mark.parametrize("line", [line for line in guide() if "/audit fleet" in line], ids=lambda line: line[:40])
def test_each_command_of_the_guide_is_one_that_the_program_knows(line: str) -> None:
    _program, _fleet, name, *arguments = shlex.split(line.partition("|")[0])
    group = typer.main.get_command(app).commands["fleet"]  # type: ignore[attr-defined]

    group.commands[name].make_context(name, arguments)


def test_each_alert_is_explained() -> None:
    rules = {rule["alert"] for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]}

    assert rules == set(re.findall(r"`(Fleet\w+)`", (FOLDER / "README.md").read_text(encoding="utf-8")))
