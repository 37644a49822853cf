"""Places that are read again from what they were read of before: only where every answer would be the same."""

from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

import pytest

from auditor import demo
from auditor.demo import Call, Reply, account
from auditor.demo.server import DemoExchange
from auditor.exchanges.registry import load
from auditor.model.snapshot import NotApplicable, read_with_doubts
from auditor.spec.client import Result
from auditor.transport import client
from auditor.transport.errors import RequestFailedError
from auditor.transport.pagination import read_list
from tests import remembered, remembered_readings
from tests.conftest import DemoAudit, audit_anew
from tests.exchanges.bench import Bench
from tests.exchanges.test_direct import asked

EMPTY = account("empty")
BALANCES, WITHDRAWALS = "asset/balances", "asset/withdrawal-history"
TWICE = 2
"""How often a place is read: an account that looks empty is confirmed."""
TABLES = tuple(one for one in demo.exchanges() if load(one).complete and load(one).api.login is None)


@pytest.fixture
def again() -> Iterator[list[object]]:
    """The readings that are taken again."""
    taken, real = list[object](), remembered_readings._again

    async def noted(served: DemoExchange, known: remembered_readings.Known) -> Any:
        taken.append(known)
        return await real(served, known)

    with remembered_readings.wrapped(remembered_readings, "_again", noted):
        yield taken


def results(audited: DemoAudit) -> list[object]:
    """What came of each place, but for the time."""
    return [
        replace(one, result=_at_any_time(one.result)) for each in audited.snapshot.accounts for one in each.readings
    ]


def _at_any_time(result: Result) -> Result:
    if isinstance(result, NotApplicable) or result.at is None:
        return result
    return replace(result, at=datetime.min.replace(tzinfo=UTC))


@pytest.mark.slow("two audits each")
@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("exchange", TABLES)
def test_most_places_are_taken_again_and_show_what_they_showed(exchange: str, again: list[object]) -> None:
    chosen = account(demo.full_name("messy", exchange))
    with remembered.nothing():
        whole = audit_anew(chosen)
    audit_anew(chosen)
    again.clear()
    audited = audit_anew(chosen)
    assert (results(whole), asked(whole)) == (results(audited), asked(audited))
    assert len(again) > len(whole.snapshot.accounts[0].readings) / 4


def test_a_place_whose_rows_differ_is_read(again: list[object]) -> None:
    audit_anew(EMPTY)
    audited = audit_anew(EMPTY.with_rows(BALANCES, [{"ccy": "LTC", "bal": "2.5"}]))
    assert again
    assert "blocked" == audited.report.verdict.value


@pytest.mark.parametrize("number", [1, 2, 5])
def test_the_fault_of_a_test_is_asked_of_each_request_once_and_strikes_what_was_read_before(number: int) -> None:
    audit_anew(EMPTY)
    seen = list[Call]()

    def fault(call: Call) -> Reply | None:
        seen.append(call)
        is_struck = [one.path for one in seen].count(WITHDRAWALS) >= number and call.path == WITHDRAWALS
        return Reply(status=400, body={"code": "51000", "msg": "no"}) if is_struck else None

    audited = audit_anew(EMPTY, fault=fault)
    assert "incomplete" == audited.report.verdict.value
    assert sorted(map(_named, audited.calls)) == sorted(map(_named, seen))


def _named(call: Call) -> tuple[str, list[tuple[str, str]]]:
    return call.path, sorted((name, value) for name, value in call.query.items() if not value.isdigit())


def test_what_arrives_with_the_last_request_of_a_place_is_seen(shared: Bench) -> None:
    """All that the place is made of was as before until then."""
    full, seen = EMPTY.with_rows(BALANCES, [{"ccy": "LTC", "bal": "2.5"}]), list[str]()
    shared.audit(EMPTY)

    def arrive(call: Call) -> None:
        seen.append(call.path)
        if seen.count(BALANCES) == TWICE:
            shared.put(full)

    assert "blocked" == shared.audit(EMPTY, fault=arrive).report.verdict.value


def test_a_program_that_a_test_changes_reads_everything(shared: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here one that takes trouble for empty, and that was right before."""

    def fault(call: Call) -> Reply | None:
        return Reply(status=404, body={}) if call.path == BALANCES else None

    async def gullible(*asked: Any) -> list[object]:
        with suppress(RequestFailedError):
            return await read_list(*asked)
        return []

    shared.audit(EMPTY)
    assert "incomplete" == shared.audit(EMPTY, fault=fault).report.verdict.value
    monkeypatch.setattr(client, "read_list", gullible)
    assert "clean" == shared.audit(EMPTY, fault=fault).report.verdict.value
    monkeypatch.undo()
    assert "incomplete" == shared.audit(EMPTY, fault=fault).report.verdict.value


@pytest.mark.parametrize("how", ["a fixture", "a block"])
def test_while_a_test_replaces_a_part_of_the_program_no_place_is_taken_again(
    again: list[object], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    audit_anew(EMPTY)
    again.clear()
    with (
        monkeypatch.context() as one,
        patch.object(client, "read_with_doubts", read_with_doubts) if how == "a block" else nullcontext(),
    ):
        if how == "a fixture":
            one.setattr(client, "read_with_doubts", read_with_doubts)
        audit_anew(EMPTY)
        assert [] == again
    audit_anew(EMPTY)
    assert again
