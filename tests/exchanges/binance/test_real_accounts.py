"""Binance as real accounts answer."""

from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import Read, Unread
from tests.conftest import Audit
from tests.exchanges.binance.bare import BARE
from tests.exchanges.findings import result

REQUESTS = "sapi/v1/loan/vip/request/data"


def application(state: str) -> dict[str, str]:
    return {"requestId": "88", "loanCoin": "USDT", "loanAmount": "61000", "status": state}


@pytest.mark.parametrize("state", ["Rejected", "REJECTED", "Cancelled", "Canceled", "Expired"])
def test_an_application_for_a_loan_that_came_to_nothing_does_not_block(demo: Audit, state: str) -> None:
    assert Verdict.CLEAN is demo(BARE.with_rows(REQUESTS, [application(state)])).report.verdict


@pytest.mark.parametrize("state", ["Not_Rejected", "Rejected?", "Partially_Rejected", ""])
def test_an_application_in_any_other_state_is_under_way(demo: Audit, state: str) -> None:
    assert Verdict.BLOCKED is demo(BARE.with_rows(REQUESTS, [application(state)])).report.verdict


TOTALS = {
    "sapi/v1/margin/account": "totalAssetOfBtc",
    "sapi/v1/margin/isolated/account": "totalAssetOfBtc",
    "fapi/v3/account": "totalWalletBalance",
}


@pytest.mark.parametrize("path", TOTALS)
def test_a_total_that_no_row_explains_is_never_clean(demo: Audit, path: str) -> None:
    def fault(call: Call) -> Reply | None:
        return Reply(edit=lambda body: {**body, TOTALS[path]: "0.00000001"}) if call.path == path else None

    audited = demo(BARE, fault=fault)
    found = [f.rule for f in audited.report.findings if f.severity is Severity.BLOCKER]
    assert (Verdict.BLOCKED, ["hidden-value"]) == (audited.report.verdict, found)


def test_one_odd_market_makes_no_minimum_unknown(demo: Audit) -> None:
    """Prices are asked for the markets that were read, and a balance too small to sell is told as such."""

    def with_odd_market(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "symbols": [{"symbol": None}, *body["symbols"]]}

    def fault(call: Call) -> Reply | None:
        return Reply(edit=with_odd_market) if call.path == "api/v3/exchangeInfo" else None

    audited = demo("binance-messy", fault=fault)
    kinds = {line.asset: line.kind.value for line in audited.report.dust}
    assert "below_minimum" == kinds["DOGE"]
    assert isinstance(result(audited, "markets"), Unread)
    assert isinstance(result(audited, "prices"), Read)


@pytest.mark.parametrize("field", ["free", "locked"])
@pytest.mark.parametrize("odd", ["", None, "n/a"])
def test_a_margin_balance_that_is_no_amount_is_named_by_its_net_amount(demo: Audit, field: str, odd: object) -> None:
    row = {"asset": "BTC", "free": "0", "locked": "0", "borrowed": "0", "interest": "0", "netAsset": "0.3"}

    def fault(call: Call) -> Reply | None:
        shown = Reply(edit=lambda body: {**body, "userAssets": [{**row, field: odd}]})
        return shown if call.path == "sapi/v1/margin/account" else None

    audited = demo(BARE, fault=fault)
    assert {"0.3"} == {str(f.amount) for f in audited.report.findings if f.asset == "BTC"}
    assert isinstance(result(audited, "cross-margin"), Unread)


@pytest.mark.parametrize("place", ["margin/account", "margin/liquidation-loan"])
def test_who_never_opened_margin_holds_nothing_there(demo: Audit, place: str) -> None:
    no = Reply(body={"code": -3003, "msg": "Margin account does not exist."}, status=400)
    audited = demo(BARE, fault=lambda call: no if call.path.endswith(place) else None)
    assert Verdict.CLEAN is audited.report.verdict
