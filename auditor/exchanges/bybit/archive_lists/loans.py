"""Bybit: crypto loans, flexible and fixed: what was borrowed, repaid, and moved as collateral."""

from auditor.exchanges.bybit.archive_lists.explaining import explaining
from auditor.exchanges.bybit.history_kinds import FUNDING, UNIFIED
from auditor.exchanges.bybit.sources import PAGES_OF_100, documented
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.table_rows import in_table

USED_BY = {FUNDING: frozenset({"fundingAccountRecordFixedRateLoans"}), UNIFIED: frozenset({"LOANS_BORROW_FUNDS"})}
REPAID = "type:=repay asset:loanCurrency amount:repayAmount state:repayStatus"


def _loans(path: str, page: str) -> Endpoint:
    return documented(f"v5/crypto-loan-{path}", f"Crypto Loan, {page}", Limit(5, 1), pages=PAGES_OF_100)


LOAN_LISTS = (
    explaining(
        id="flexible-loans",
        title=mark("Flexible loans: borrowed"),
        endpoint=_loans("flexible/borrow-history", "Flexible, Get Borrowing History"),
        used_by=USED_BY,
        **in_table(
            "products",
            "loan",
            number="orderId",
            time="borrowTime",
            columns="type:=borrow asset:loanCurrency amount:initialLoanAmount state:status",
        ),
    ),
    explaining(
        id="flexible-loan-repayments",
        title=mark("Flexible loans: repaid"),
        endpoint=_loans("flexible/repayment-history", "Flexible, Get Repayment History"),
        used_by=USED_BY,
        **in_table("products", "loan", number="repayId", time="repayTime", columns=REPAID),
    ),
    explaining(
        id="fixed-loan-repayments",
        title=mark("Fixed loans: repaid"),
        endpoint=_loans("fixed/repayment-history", "Fixed, Get Repayment History"),
        used_by=USED_BY,
        **in_table("products", "loan", number="repayId", time="repayTime", columns=REPAID),
    ),
    explaining(
        id="loan-collateral",
        title=mark("Loans: collateral added and reduced"),
        endpoint=_loans("common/adjustment-history", "Get Collateral Adjustment History"),
        used_by=USED_BY,
        **in_table(
            "products",
            "collateral",
            number="adjustId",
            time="adjustTime",
            columns="type:direction asset:collateralCurrency amount state:status",
        ),
    ),
)
