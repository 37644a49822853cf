"""OKX: loans and limits, whose parts and totals may disagree."""

from decimal import Decimal

import pytest

from auditor.model.report import Verdict
from tests.exchanges.bench import Bench
from tests.exchanges.okx.answering import answered, blocked


@pytest.mark.parametrize("side", ["loan", "collateral"])
def test_a_loan_whose_parts_say_nothing_counts_by_its_worth(shared: Bench, side: str) -> None:
    parts = {"loanData": [{"ccy": "USDT", "amt": "0"}], "collateralData": [{"ccy": "BTC", "amt": "0"}]}
    worth = {"loanNotionalUsd": "0", "collateralNotionalUsd": "0", f"{side}NotionalUsd": "0.3"}
    audited = answered(shared, "flexible-loan", [{"ordId": "9", **parts, **worth}])
    assert (Verdict.BLOCKED, {("flexible-loan", f"{side}:9:USD")}) == (audited.report.verdict, blocked(audited))


def test_a_debt_that_bears_no_interest_holds(shared: Bench) -> None:
    record = {"ccy": "BTC", "usedLmt": "0", "interest": "0", "usedLoan": "", "posLoan": "", "interestFreeLiab": "0.1"}
    audited = answered(shared, "borrowing", [{"debt": "0", "interest": "0", "records": [record]}])
    assert (Verdict.BLOCKED, {("borrowing", "limit:BTC")}) == (audited.report.verdict, blocked(audited))


def test_the_total_of_what_is_borrowed_is_in_dollars(shared: Bench) -> None:
    audited = answered(shared, "borrowing", [{"debt": "3.5", "interest": "0", "records": []}])
    (found,) = (f for f in audited.report.findings if f.surface == "borrowing")
    assert ("USD", Decimal("3.5"), Decimal("3.50")) == (found.asset, found.amount, found.value_usd)
