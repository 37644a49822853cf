"""Totals that an exchange gives for each part of an account: what no row explains is told, however small."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.demo import Reply
from auditor.model.report import Severity
from auditor.model.snapshot import Read
from tests.exchanges.unified.answering import answering, audit_stand_in
from tests.exchanges.unified.conftest import Audit, Audited

GATE = "/api/v4/wallet/total_balance"
HTX = "/v2/account/valuation"
GATE_PARTS = ["cross_margin", "finance", "margin", "quant", "futures", "delivery", "warrant", "cbbc", "meme_box"]
GATE_PARTS += ["options", "payment", "a_part_that_is_new"]


def gate(parts: Mapping[str, str], total: str | None = None) -> dict[str, Any]:
    details = {name: {"currency": "USDT", "amount": amount} for name, amount in parts.items()}
    return {"details": details, "total": {"currency": "USDT", "amount": total or "0"}}


def htx(*parts: tuple[str, str], total: str = "0", success: Any = True) -> Any:
    rows = [
        {"distributionType": kind, "balance": float(amount), "success": success, "accountBalance": amount}
        for kind, amount in parts
    ]
    return {"code": 200, "data": {"totalBalance": total, "profitAccountBalanceList": rows}, "success": True}


def hidden(audited: Audited) -> set[str]:
    """The amounts that the rule about hidden value tells."""
    blocking = (finding for finding in audited.report.findings if finding.severity is Severity.BLOCKER)
    return {str(finding.message) for finding in blocking if finding.rule == "hidden-value"}


@pytest.mark.parametrize("part", GATE_PARTS)
def test_a_part_of_a_gate_account_that_no_row_shows_is_told_however_small(part: str, audit: Audit) -> None:
    found = hidden(audit("gate", "empty", fault=answering({GATE: gate({part: "0.00000000000001"})})))
    assert [True] == ["0.00000000000001 USDT" in message for message in found]


def test_gate_names_the_part_of_the_account_in_the_words_of_its_site(audit: Audit) -> None:
    (message,) = hidden(audit("gate", "empty", fault=answering({GATE: gate({"finance": "12"})})))
    assert "your Earn (finance) wallet is worth 12 USDT" in message


@pytest.mark.parametrize("account", ["empty", "messy"])
def test_what_a_gate_account_shows_explains_its_totals(account: str, audit: Audit) -> None:
    audited = audit("gate", account)
    assert (set(), True) == (hidden(audited), isinstance(audited.result("totals"), Read))


def test_rounding_and_prices_of_gate_s_own_are_no_finding(audit: Audit) -> None:
    audited = audit("gate", "messy", fault=answering({GATE: gate({"spot": "14.01", "futures": "0.00"}, "14.02")}))
    assert set() == hidden(audited)


def test_open_profit_in_a_part_that_shows_something_is_no_finding(audit: Audit) -> None:
    margin = {"margin": "98.5", "spot": "13.98"}
    assert set() == hidden(audit("gate", "messy", fault=answering({GATE: gate(margin)})))


def test_money_of_a_unified_account_explains_the_parts_that_gate_counts_it_in(audit: Audit) -> None:
    coin = {"available": "50", "freeze": "0", "borrowed": "0", "negative_liab": "0", "equity": "50", "total_liab": "0"}
    answers = {
        "/api/v4/unified/accounts": {"user_id": 1, "balances": {"USDT": coin}},
        GATE: gate({"spot": "50", "futures": "3"}),
    }
    assert set() == hidden(audit("gate", "empty", fault=answering(answers)))


def test_a_total_of_gate_counts_where_its_parts_show_nothing(audit: Audit) -> None:
    (message,) = hidden(audit("gate", "empty", fault=answering({GATE: gate({"spot": "0"}, "0.7")})))
    assert "0.7 USDT" in message


@pytest.mark.parametrize(
    "body",
    [{}, {"details": {}}, {"details": {"finance": None}, "total": {"amount": "0"}}, gate({"finance": ""})],
)
def test_totals_of_gate_that_are_missing_or_blank_are_not_read(body: Any, audit: Audit) -> None:
    assert audit("gate", "empty", fault=answering({GATE: body})).unread("totals")


def test_a_gate_key_without_the_wallet_right_is_told_which_box_to_tick(audit: Audit) -> None:
    refusal = Reply(403, {"label": "FORBIDDEN", "message": "no permission"})
    unread = audit("gate", "empty", fault=answering({GATE: refusal})).unread("totals")
    assert "Wallet: Read Only" == unread.right


@pytest.mark.parametrize("part", ["5", "6", "8", "9", "10", "12", "13", "14", "15", "16", "1", "11", "99"])
def test_a_part_of_an_htx_account_that_no_row_shows_is_told_however_small(part: str) -> None:
    (message,) = hidden(audit_stand_in("htx", {HTX: htx((part, "0.00000001"), total="0.00000001")}))
    assert "0.00000001 BTC" in message


def test_the_contracts_that_an_htx_account_shows_explain_their_total() -> None:
    details = [{"currency": "USDT", "equity": 120.5, "initial_margin": 0, "isolated_equity": 0}]
    answers = {
        "/v5/account/balance": {"code": 200, "data": {"equity": 120.5, "details": details}},
        HTX: htx(("11", "0.002"), total="0.002"),
    }
    assert set() == hidden(audit_stand_in("htx", answers))


def test_a_total_that_htx_does_not_know_at_the_moment_is_not_read() -> None:
    unread = audit_stand_in("htx", {HTX: htx(("10", "0"), success=False)}).unread("totals")
    assert "does not know one of its totals" in str(unread.reason)


def side(currency: str, total: str) -> dict[str, str]:
    return {"currency": currency, "total": total, "hold": "0", "liability": "0", "available": total, "interest": "0"}
