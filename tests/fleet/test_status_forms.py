"""Where a fleet stands, as it is shown and as programs read it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from prometheus_client.parser import text_string_to_metric_families
from syrupy.assertion import SnapshotAssertion

from auditor.__main__ import main
from auditor.fleet.status import as_json, as_prometheus, as_terminal, json_contract
from auditor.fleet.status.model import FleetStatus
from auditor.fleet.status.query import read_status
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.i18n import Translator
from auditor.i18n.columns import cells_of
from tests.fleet.fleets import LISTED, NOW, make_fleet


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with the fleet in it, which these tests only read."""
    made = tmp_path_factory.mktemp("fleet") / "history.sqlite3"
    with History(Location(file=made)) as history:
        make_fleet(history)
    return made


@pytest.fixture(scope="module")
def status(file: Path) -> FleetStatus:
    with History(Location(file=file)) as history, history.reading() as connection:
        return read_status(connection, now=NOW)


def test_a_person_sees_what_is_left_who_is_stuck_and_when_it_can_be_over(
    status: FleetStatus, snapshot: SnapshotAssertion
) -> None:
    assert snapshot == as_terminal.render(status, Translator())


def test_a_chinese_reader_sees_no_english(status: FleetStatus, snapshot: SnapshotAssertion) -> None:
    assert snapshot == as_terminal.render(status, Translator("zh"), by="tag")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("by", ["exchange", "tag", "egress", "rule"])
def test_nothing_is_wider_than_a_narrow_terminal(status: FleetStatus, by: str, language: str) -> None:
    lines = as_terminal.render(status, Translator(language), by=by).splitlines()

    assert as_terminal.WIDTH >= max(map(cells_of, lines))


def test_a_sentence_is_broken_between_words(status: FleetStatus) -> None:
    shown = as_terminal.render(status, Translator())

    assert "For 3 accounts nobody can say:\nsomething in them has no date" in shown


def test_a_list_that_was_asked_for_is_shown_alone(status: FleetStatus) -> None:
    shown = as_terminal.render(status, Translator(), lists=("stuck",))

    assert "Stuck: the same for 7 d or longer" in shown
    assert "Workers" not in shown


@pytest.mark.parametrize(("by", "title"), [("tag", "Accounts by tag"), ("egress", "Accounts by worker")])
def test_accounts_are_counted_by_what_was_asked_for(status: FleetStatus, by: str, title: str) -> None:
    assert title in as_terminal.render(status, Translator(), by=by)


def test_programs_read_the_same(status: FleetStatus) -> None:
    document: dict[str, Any] = json.loads(as_json.render(status))

    assert ("auditor.fleet/1", "blocked", 8) == (document["schema"], document["verdict"], document["total"]["accounts"])
    assert ["stuck"] == [line["name"] for line in document["stuck"]]
    assert {"desk", "fund-1"} == set(document["tags"])
    assert "2026-08-09T12:00:00Z" == document["earliest"]


def test_what_programs_read_is_what_the_schema_says(status: FleetStatus) -> None:
    text = Path(json_contract.__file__).with_name("fleet.schema.json").read_text(encoding="utf-8")
    schema, written = json.loads(text), json.loads(as_json.render(status))
    judge = Draft202012Validator(schema)

    assert schema == json_contract.schema()
    assert [] == [error.message for error in judge.iter_errors(written)]
    groups = [written["total"], *written["exchanges"].values(), *written["tags"].values()]
    assert {frozenset(group) for group in groups} == {frozenset(json_contract.Group.__annotations__)}
    assert not judge.is_valid({**written, "extra": 1})
    assert not judge.is_valid({**written, "total": {**written["total"], "blocked": "1"}})
    assert list(json_contract.Document.__annotations__) == list(written)


def test_metrics_are_sums_and_name_no_account(status: FleetStatus) -> None:
    text = as_prometheus.render(status).decode()

    assert 'exchange_audit_fleet_accounts{exchange="okx",state="blocked"} 2.0' in text
    assert 'exchange_audit_fleet_late_accounts{egress="fra-2"} 1.0' in text
    assert 'exchange_audit_fleet_worker_limited_answers{egress="fra-1"} 3.0' in text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    assert {"exchange", "state", "rule", "severity", "egress"} == {label for one in samples for label in one.labels}
    values = {value for one in samples for label, value in one.labels.items() if label != "state"}
    assert set() == values & {name for name, *_more in LISTED}


def test_the_command_writes_the_form_of_a_files_ending(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> int:
        return main(["fleet", "status", "--history", str(file), *arguments])

    assert 1 == run("--format", "json")
    assert "auditor.fleet/1" == json.loads(capsys.readouterr().out)["schema"]
    assert 1 == run("--output", str(tmp_path / "fleet.prom"))
    assert 0o644 == (tmp_path / "fleet.prom").stat().st_mode & 0o777
    assert "exchange_audit_fleet_accounts" in (tmp_path / "fleet.prom").read_text()
    assert 1 == run("--late")
    assert "Late: a check was due" in capsys.readouterr().out
    assert 2 == run("--by", "account")
    assert "account" in capsys.readouterr().err


def test_a_history_without_a_fleet_says_how_to_add_accounts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 3 == main(["fleet", "status", "--history", str(tmp_path / "none.sqlite3")])
    assert "`audit fleet add` adds a list" in capsys.readouterr().out
