import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from syrupy.assertion import SnapshotAssertion

from auditor.formats import Sink, get_format, json_document
from auditor.formats.as_json import render
from auditor.formats.json_writer import document
from auditor.i18n import Translator
from auditor.model.records import Area
from auditor.model.report import Report
from auditor.model.snapshot import Environment
from tests.conftest import part_of

Errors = Callable[[Report], list[str]]
REPORTS = ["clean_report", "incomplete_report", "refused_report", "messy_report"]
DIGITS = st.from_regex(r"\A-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?\Z")


@pytest.mark.parametrize("name", REPORTS)
def test_report_keeps_the_contract(name: str, request: pytest.FixtureRequest, errors_in: Errors) -> None:
    assert errors_in(request.getfixturevalue(name)) == []


@pytest.mark.campaign(one_of=4)
def test_report_of_hostile_text_keeps_the_contract(hostile_report: Report, errors_in: Errors) -> None:
    assert errors_in(hostile_report) == []


def test_schema_knows_every_value_of_the_vocabulary(make: Any, errors_in: Errors) -> None:
    accounts = [make.account(name=str(environment), environment=environment) for environment in Environment]
    findings = [make.finding(area) for area in Area]

    assert errors_in(make.report(*accounts, findings=findings)) == []


def test_the_schema_is_the_one_that_is_generated(schema: dict[str, Any]) -> None:
    assert schema == json_document.schema()


def test_schema_refuses_what_the_contract_lacks(messy_report: Report, schema: dict[str, Any]) -> None:
    written: Any = document(messy_report, Translator())
    rounded = {**written["findings"][0], "amount": 0.52}

    judge = Draft202012Validator(schema)

    assert judge.is_valid(written)
    assert not judge.is_valid({**written, "extra": None})
    assert not judge.is_valid({**written, "findings": [rounded]})
    assert not judge.is_valid({key: value for key, value in written.items() if key != "confirmed_at"})


def test_json_of_a_messy_account(messy_report: Report, snapshot: SnapshotAssertion) -> None:
    assert render(messy_report) == snapshot


def test_json_of_a_refused_key_has_every_part(refused_report: Report) -> None:
    written = json.loads(render(refused_report))

    assert (written["verdict"], written["findings"], written["coverage"]) == ("refused", [], [])
    assert written["accounts"][0]["key"] == {"rights": ["read_only", "trade"], "readonly": False, "ip_bound": True}


def test_keys_stand_in_the_order_of_the_contract(messy_report: Report) -> None:
    written = document(messy_report, Translator())

    assert list(written) == [
        "schema",
        "generated_at",
        "confirmed_at",
        "window_seconds",
        "tool",
        "verdict",
        "accounts",
        "requirements",
        "findings",
        "coverage",
        "dust",
        "plan",
    ]


def test_times_are_utc_and_end_in_z(make: Any, errors_in: Errors) -> None:
    beijing = datetime(2026, 7, 2, 1, 30, tzinfo=timezone(timedelta(hours=8)))
    report = make.report(findings=[make.finding(ready_at=beijing)])

    assert json.loads(render(report))["findings"][0]["ready_at"] == "2026-07-01T17:30:00Z"
    assert errors_in(report) == []


def earliest_clean(report: Report) -> object:
    plan: Any = document(report, Translator())["plan"]
    return plan["earliest_clean"]


def test_earliest_clean_is_the_latest_date_of_the_blockers(make: Any) -> None:
    days = [make.finding(subject=str(day), ready_at=make.now + timedelta(days=day)) for day in (3, 9, 5)]

    assert earliest_clean(make.report(findings=days)) == "2026-07-10T10:00:00Z"


def test_earliest_clean_is_unknown_when_one_blocker_has_no_date(make: Any) -> None:
    findings = [make.finding(subject="dated", ready_at=make.now), make.finding(Area.FLOWS, subject="undated")]

    assert earliest_clean(make.report(findings=findings)) is None


def test_what_can_be_cleared_at_once_delays_nothing(make: Any) -> None:
    findings = [make.finding(subject="dated", ready_at=make.now), make.finding(Area.ORDERS, subject="cancel me")]

    assert earliest_clean(make.report(findings=findings)) == "2026-07-01T10:00:00Z"


def test_earliest_clean_of_a_clean_account_is_no_date(clean_report: Report) -> None:
    assert earliest_clean(clean_report) is None


def test_surface_of_a_sub_account_is_told_apart(make: Any) -> None:
    both = [make.reading(Area.BALANCES, surface="sub-funding", owner=name) for name in ("alice", "bob")]

    coverage: Any = document(make.report(make.account(both)), Translator())["coverage"]

    assert [line["surface"] for line in coverage] == ["sub-funding/alice", "sub-funding/bob"]


def test_evidence_keeps_the_exchanges_row_and_names_the_sub_account(make: Any) -> None:
    row = {"bal": "0.10", "nested": [{"n": 1, "none": None, "yes": True}], "at": make.now, "sum": Decimal("1E-8")}
    finding = make.finding(owner="alice", evidence={"row": row})

    written = json.loads(render(make.report(findings=[finding])))

    assert written["findings"][0]["evidence"] == {
        "row": {
            "bal": "0.10",
            "nested": [{"n": 1, "none": None, "yes": True}],
            "at": "2026-07-01T10:00:00Z",
            "sum": "0.00000001",
        },
        "owner": "alice",
    }


def test_hostile_text_comes_out_as_it_went_in(hostile_report: Report, hostile: str) -> None:
    text = render(hostile_report)
    (finding,) = json.loads(text)["findings"]

    assert text.isascii()
    assert all(character == "\n" or character.isprintable() for character in text)
    assert (finding["asset"], finding["message"]) == (hostile, hostile)


@part_of(50)
@given(digits=DIGITS)
def test_amounts_come_out_digit_for_digit(make: Any, errors_in: Errors, digits: str) -> None:
    amount = Decimal(digits)
    report = make.report(findings=[make.finding(amount=amount)], dust=[make.dust(amount=amount, lot_size=amount)])

    written = json.loads(render(report))

    assert written["findings"][0]["amount"] == digits
    assert (written["dust"][0]["amount"], written["dust"][0]["lot_size"]) == (digits, digits)
    assert errors_in(report) == []


def test_json_is_a_format(clean_report: Report) -> None:
    assert get_format("json").render(clean_report, Sink()) == render(clean_report)
