"""A place that refuses a key is not a key that stopped working, over HTTP."""

from collections.abc import Callable
from typing import Any

import pytest

from auditor import demo as exchange
from auditor.demo import Call, Reply
from auditor.model.report import Verdict
from auditor.model.snapshot import Trouble, Unread
from tests.conftest import Audit, DemoAudit
from tests.exchanges.okx.bare import BARE
from tests.exchanges.unified.served import Said, audit_answers
from tests.slow_tests import first_of

OKX_GONE = Reply(status=401, body={"code": "50119", "msg": "API key doesn't exist", "data": []})
REFUSALS: dict[str, tuple[str, Reply, str]] = {
    "kraken": ("/0/private/OpenOrders", Reply(body={"error": ["EAPI:Invalid key"]}), "query-open-trades"),
    "bybit": (
        "/v5/order/realtime",
        Reply(body={"retCode": 33004, "retMsg": "Your api key has expired.", "result": {}}),
        "Unified Trading",
    ),
    "kucoin": (
        "/api/v1/accounts",
        Reply(status=401, body={"code": "400003", "msg": "no such key"}),
        "General",
    ),
    "gate": ("/api/v4/options/accounts", Reply(status=401, body={"label": "INVALID_KEY", "message": "no"}), "Options"),
    "bitget": (
        "/api/v3/trade/unfilled-orders",
        Reply(status=400, body={"code": "40037", "msg": "Apikey does not exist"}),
        "trade (read)",
    ),
    "coinbase": ("/api/v3/brokerage/orders/historical/batch", Reply(status=401, body="Unauthorized"), "View"),
}


def unread(audited: DemoAudit) -> list[Unread]:
    readings = audited.snapshot.accounts[0].readings
    return [reading.result for reading in readings if isinstance(reading.result, Unread)]


def reasons(audited: DemoAudit) -> str:
    return "\n".join(str(one.reason) for one in unread(audited))


def at(path: str, reply: Reply) -> Callable[[Call], Reply | None]:
    return lambda call: reply if call.path.endswith(path) else None


@pytest.mark.parametrize("name", first_of(REFUSALS))
def test_a_place_that_refuses_a_key_which_still_answers_is_told_as_such(demo: Audit, name: str) -> None:
    path, reply, box = REFUSALS[name]
    audited = demo(exchange.account(f"{name}-messy"), fault=at(path, reply))
    assert "stopped working" not in reasons(audited)
    here = [one for one in unread(audited) if "This place refused the key" in str(one.reason)]
    assert here, reasons(audited)
    assert any(box in str(one.right) for one in here)


def test_a_place_of_a_table_that_refuses_the_key_is_told_as_such(demo: Audit) -> None:
    audited = demo(BARE, fault=at("finance/savings/balance", OKX_GONE))
    assert Verdict.INCOMPLETE is audited.report.verdict
    assert "stopped working" not in reasons(audited)
    assert "This place refused the key, which still answers elsewhere" in reasons(audited)


def test_a_key_that_no_longer_answers_stopped_working(demo: Audit) -> None:
    gone: list[bool] = []

    def fault(call: Call) -> Reply | None:
        gone.extend([True] if call.path.endswith("OpenOrders") else [])
        return Reply(body={"error": ["EAPI:Invalid key"]}) if gone and "private" in call.path else None

    audited = demo(exchange.account("kraken-messy"), fault=fault)
    assert "The key stopped working while the account was read" in reasons(audited)
    assert "This place refused the key" not in reasons(audited)


def test_an_exchange_that_cannot_be_asked_again_is_not_guessed_about(demo: Audit) -> None:
    """The second identification came to nothing: neither is said."""
    asked: list[str] = []

    def fault(call: Call) -> Reply | None:
        asked.append(call.path)
        if call.path.endswith("OpenOrders"):
            return Reply(body={"error": ["EAPI:Invalid key"]})
        again = call.path.endswith("GetApiKeyInfo") and asked.count(call.path) > 1
        return Reply(status=503, body="<html>") if again else None

    audited = demo(exchange.account("kraken-messy"), fault=fault)
    assert "stopped working" not in reasons(audited)
    assert Trouble.CREDENTIALS in {one.trouble for one in unread(audited)}


def test_where_no_key_can_be_identified_a_place_that_was_read_is_the_proof() -> None:
    account: dict[str, Any] = {"balances": [{"asset": "USDT", "free": "12.5", "locked": "0"}]}

    def answer(path: str) -> Said:
        if path == "/api/v3/account":
            return Said(200, account)
        if path in {"/api/v3/apiKeyInfo", "/api/v3/uid"}:
            return Said(400, {"code": 700007, "msg": "No permission to access the endpoint."})
        if path == "/api/v3/capital/deposit/hisrec":
            return Said(400, {"code": 10072, "msg": "Api key info invalid"})
        return Said(200, {"symbols": []} if path.endswith("exchangeInfo") else [])

    outcome = audit_answers("mexc", answer, accept_unproven_key=True)
    assert "stopped working" not in outcome.text
    assert "This place refused the key, which still answers elsewhere" in outcome.text
