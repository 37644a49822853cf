"""What lies in docs/fleet for operators: the dashboard and the alerts know only metrics and labels that there are."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

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
