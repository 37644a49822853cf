"""OKX: what stands in a wallet, and in the estimate of what all wallets are worth."""

from decimal import Decimal

import pytest

from auditor.model.records import Balance
from auditor.model.report import Verdict
from auditor.model.snapshot import Trouble, records
from tests.exchanges.bench import Bench
from tests.exchanges.findings import unread
from tests.exchanges.okx.answering import OKX, ZERO_BALANCES, answered, blocked

NOTHING = {"funding": "0", "trading": "0", "earn": "0", "classic": "0"}
NONE_OR_TWO: tuple[list[object], ...] = ([], [{}, {}])


def test_worth_in_a_wallet_that_nobody_documents_blocks(shared: Bench) -> None:
    audited = answered(shared, "valuation", [{"totalBal": "0.1", "details": {**NOTHING, "vault": "0.1"}}])
    assert (Verdict.BLOCKED, {("valuation", "vault")}) == (audited.report.verdict, blocked(audited))


def test_worth_that_no_wallet_has_blocks(shared: Bench) -> None:
    audited = answered(shared, "valuation", [{"totalBal": "0.1", "details": NOTHING}])
    assert (Verdict.BLOCKED, {("valuation", "total")}) == (audited.report.verdict, blocked(audited))


@pytest.mark.parametrize("value", ["", "lots", None, [], "NaN"])
def test_a_wallet_that_nobody_documents_is_read_as_strictly_as_any(shared: Bench, value: object) -> None:
    audited = answered(shared, "valuation", [{"totalBal": "0", "details": {**NOTHING, "vault": value}}])
    assert (Verdict.INCOMPLETE, Trouble.MALFORMED) == (audited.report.verdict, unread(audited, "valuation").trouble)


def test_two_rows_of_one_asset_of_which_one_is_empty_still_hold(shared: Bench) -> None:
    rows = [{"ccy": "LTC", "bal": bal, "availBal": bal, "frozenBal": "0"} for bal in ("0", "3", "0")]
    audited = answered(shared, "funding", rows)
    held = [r for _reading, r in records(audited.snapshot.accounts[0]) if isinstance(r, Balance) and r.holds]
    assert (Verdict.BLOCKED, 1) == (audited.report.verdict, len(held))


@pytest.mark.parametrize("part", ["availBal", "frozenBal"])
def test_a_part_without_a_balance_holds(shared: Bench, part: str) -> None:
    row = {"ccy": "LTC", "bal": "0", "availBal": "0", "frozenBal": "0", part: "-0.00000001"}
    assert answered(shared, "funding", [row]).report.verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    "field", [field.name for field in OKX.places["trading"].fields if field.name not in {"ccy", "rewardBal"}]
)
def test_each_figure_of_the_trading_wallet_alone_holds(shared: Bench, field: str) -> None:
    data = [{"details": [{**ZERO_BALANCES, "ccy": "LTC", field: "0.00000001"}]}]
    assert answered(shared, "trading", data).report.verdict is Verdict.BLOCKED


def test_a_debt_without_a_total_is_told_by_its_greatest_part(shared: Bench) -> None:
    data = [{"details": [{**ZERO_BALANCES, "ccy": "LTC", "isoLiab": "3", "interest": "0.1"}]}]
    found = [f for f in answered(shared, "trading", data).report.findings if f.rule == "debt"]
    assert [Decimal(3)] == [f.amount for f in found]


def test_trial_funds_alone_do_not_block(shared: Bench) -> None:
    data = [{"details": [{**ZERO_BALANCES, "ccy": "USDT", "rewardBal": "10"}]}]
    assert answered(shared, "trading", data).report.verdict is Verdict.CLEAN


def test_one_object_is_due_where_there_is_always_one(shared: Bench) -> None:
    for surface in ("trading", "valuation", "borrowing", "copy-role"):
        for data in NONE_OR_TWO:
            assert answered(shared, surface, data).report.verdict is Verdict.INCOMPLETE


def test_a_redemption_of_savings_holds_although_its_field_is_retired(shared: Bench) -> None:
    row = {"ccy": "LTC", "amt": "0", "loanAmt": "0", "pendingAmt": "0", "redemptAmt": "0.2"}
    assert answered(shared, "simple-earn", [row]).report.verdict is Verdict.BLOCKED
