"""Bybit: crypto loans, flexible and fixed: what was borrowed, repaid, and moved as collateral."""

from auditor.exchanges.bybit.archive_lists.explaining import Listing, Shape, explaining
from auditor.exchanges.bybit.history_kinds import FUNDING, UNIFIED
from auditor.exchanges.bybit.sources import PAGES_OF_100, documented
from auditor.i18n import mark
from auditor.spec.endpoint import Limit
from auditor.spec.history import SecondList

FIVE = Limit(5, 1)
USED_BY = {FUNDING: frozenset({"fundingAccountRecordFixedRateLoans"}), UNIFIED: frozenset({"LOANS_BORROW_FUNDS"})}


def _loans(list_id: str, title: str, path: str, page: str, shape: Shape) -> SecondList:
    endpoint = documented(path, f"Crypto Loan, {page}", FIVE, pages=PAGES_OF_100)
    return explaining(Listing(id=list_id, title=title, endpoint=endpoint, used_by=USED_BY), shape)


LOAN_LISTS = (
    _loans(
        "flexible-loans",
        mark("Flexible loans: borrowed"),
        "v5/crypto-loan-flexible/borrow-history",
        "Flexible, Get Borrowing History",
        Shape(
            number=("orderId",),
            time="borrowTime",
            table="products",
            kind="loan",
            columns={"type": "=borrow", "asset": "loanCurrency", "amount": "initialLoanAmount", "state": "status"},
        ),
    ),
    _loans(
        "flexible-loan-repayments",
        mark("Flexible loans: repaid"),
        "v5/crypto-loan-flexible/repayment-history",
        "Flexible, Get Repayment History",
        Shape(
            number=("repayId",),
            time="repayTime",
            table="products",
            kind="loan",
            columns={"type": "=repay", "asset": "loanCurrency", "amount": "repayAmount", "state": "repayStatus"},
        ),
    ),
    _loans(
        "fixed-loan-repayments",
        mark("Fixed loans: repaid"),
        "v5/crypto-loan-fixed/repayment-history",
        "Fixed, Get Repayment History",
        Shape(
            number=("repayId",),
            time="repayTime",
            table="products",
            kind="loan",
            columns={"type": "=repay", "asset": "loanCurrency", "amount": "repayAmount", "state": "repayStatus"},
        ),
    ),
    _loans(
        "loan-collateral",
        mark("Loans: collateral added and reduced"),
        "v5/crypto-loan-common/adjustment-history",
        "Get Collateral Adjustment History",
        Shape(
            number=("adjustId",),
            time="adjustTime",
            table="products",
            kind="collateral",
            columns={"type": "direction", "asset": "collateralCurrency", "amount": "amount", "state": "status"},
        ),
    ),
)
