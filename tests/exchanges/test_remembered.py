"""Answers that are said again: an audit with them ends as one that asks for everything, and what differs is asked."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.demo import Call, Reply, account
from auditor.demo.server import DemoExchange
from auditor.exchanges.registry import load
from auditor.model.account import Options
from auditor.model.errors import UserError
from tests import known_answers, remembered, remembered_readings
from tests.conftest import DemoAudit, audit_anew, configured_account, run
from tests.exchanges.test_bench import seen
from tests.exchanges.test_direct import asked

MESSY = tuple(demo.full_name("messy", exchange) for exchange in demo.exchanges())
EMPTY = account("empty")
BALANCES = "asset/balances"


@pytest.fixture
def arrived(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the requests that the exchange itself answered."""
    paths = list[str]()
    real = DemoExchange._real

    def noted(served: DemoExchange, venue: object, request: object, call: Call, *rest: object) -> object:
        paths.append(call.path)
        return real(served, venue, request, call, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(DemoExchange, "_real", noted)
    return paths


def anew(make: Callable[[], DemoAudit]) -> DemoAudit:
    """The same audit, at which everything is asked."""
    with remembered.nothing():
        return make()


@pytest.mark.slow("two audits each")
@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("name", MESSY)
def test_an_audit_of_remembered_answers_ends_as_one_that_asks_for_everything(name: str, arrived: list[str]) -> None:
    chosen = account(name)
    audit_anew(chosen)
    before = len(arrived)
    again = audit_anew(chosen)
    few = len(arrived) - before
    whole = anew(lambda: audit_anew(chosen))
    assert (seen(whole), asked(whole)) == (seen(again), asked(again))
    # ccxt's unified methods ask with moments of their own.
    assert not load(chosen.exchange).complete or few < (len(arrived) - before - few) / 4


@pytest.mark.slow("two audits each")
@pytest.mark.parametrize("rows", [[{"ccy": "LTC", "bal": "2.5"}], [{"ccy": "LTC", "bal": "2.5000"}], []])
def test_rows_that_differ_are_asked_for(rows: list[dict[str, str]], arrived: list[str]) -> None:
    known_answers.forget()
    remembered_readings.forget()
    audit_anew(EMPTY)
    arrived.clear()
    audited = audit_anew(EMPTY.with_rows(BALANCES, rows))
    assert rows == [] or BALANCES in arrived
    assert ("blocked" if rows else "clean") == audited.report.verdict.value


@pytest.mark.slow("two audits each")
@pytest.mark.parametrize("name", ["empty", "kraken-empty", "binance-empty", "bybit-empty", "gate-empty"])
def test_a_key_of_another_secret_is_refused(name: str) -> None:
    right = account(name)
    audit_anew(right)
    wrong = configured_account(right.with_(secret="d3JvbmctbWFkZS11cC1zZWNyZXQ="), None)
    with demo.serve([right], limits=False) as served, pytest.raises(UserError):
        run(take_snapshot([replace(wrong, base_url=served.url, demo=True)], Options(pace=0)))


def test_a_right_that_a_key_has_more_is_seen() -> None:
    chosen = account("bybit-empty")
    audit_anew(chosen)
    wider = replace(chosen, key={**chosen.key, "readOnly": 0})
    assert audit_anew(chosen).report.verdict != audit_anew(wider).report.verdict


@pytest.mark.parametrize("is_known", [True, False])
def test_a_fault_strikes_what_was_answered_before_and_is_not_remembered(is_known: bool) -> None:
    struck = list[str]()

    def fault(call: Call) -> Reply | None:
        if call.path != BALANCES:
            return None
        struck.append(call.path)
        return Reply(body={"code": "0", "data": [{"ccy": "LTC", "bal": "2.5", "availBal": "2.5", "frozenBal": "0"}]})

    known_answers.forget()
    remembered_readings.forget()
    if is_known:
        audit_anew(EMPTY)
    assert ("blocked", 1) == (audit_anew(EMPTY, fault=fault).report.verdict.value, len(struck))
    assert "clean" == audit_anew(EMPTY).report.verdict.value
