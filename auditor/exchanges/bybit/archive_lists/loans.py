"""Bybit: crypto loans, flexible and fixed: what was borrowed, repaid, and moved as collateral."""

from auditor.exchanges.bybit.archive_lists.explaining import HALF_A_YEAR, explaining
from auditor.exchanges.bybit.history_kinds import FUNDING, UNIFIED
from auditor.exchanges.bybit.sources import PAGES_OF_100, documented
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import InTable, in_table

USED_BY = {FUNDING: frozenset({"fundingAccountRecordFixedRateLoans"}), UNIFIED: frozenset({"LOANS_BORROW_FUNDS"})}
REPAID = "type:=repay asset:loanCurrency amount:repayAmount state:repayStatus"


def _loans(path: str, page: str) -> Endpoint:
    return documented(f"v5/crypto-loan-{path}", f"Crypto Loan, {page}", Limit(5, 1), pages=PAGES_OF_100)


OLD_LIMIT = Limit(5, 1)


def _old_loans(list_id: str, title: str, path: str, page: str, meaning: InTable) -> SecondList:
    """Return a list of the crypto loans that Bybit offered before the present ones."""
    return explaining(
        id=f"old-loans-{list_id}",
        title=title,
        endpoint=documented(f"v5/crypto-loan/{path}", f"Crypto Loan (legacy), {page}", OLD_LIMIT, pages=PAGES_OF_100),
        reach=HALF_A_YEAR,
        used_by=USED_BY,
        **meaning,
    )


FIXED_ORDER = "asset:orderCurrency amount:filledQty other_amount:orderQty rate:annualRate state"
LOAN_LISTS = (
    explaining(
        id="fixed-loan-orders",
        title=mark("Fixed loans: orders"),
        endpoint=_loans("fixed/borrow-order-info", "Fixed, Get Borrow Order Info"),
        used_by=USED_BY,
        **in_table("products", "loan", number="orderId", time="orderTime", columns=f"type:=borrow {FIXED_ORDER}"),
    ),
    explaining(
        id="fixed-loan-contracts",
        title=mark("Fixed loans: contracts"),
        endpoint=_loans("fixed/borrow-contract-info", "Fixed, Get Borrow Contract Info"),
        used_by=USED_BY,
        **in_table(
            "products",
            "loan",
            number="loanId",
            time="borrowTime",
            columns=(
                "type:=contract asset:borrowCurrency amount:residualPrincipal fee:interestPaid "
                "other_amount:residualPenaltyInterest rate:annualRate state:status"
            ),
        ),
    ),
    explaining(
        id="fixed-supply-orders",
        title=mark("Fixed loans: supplied"),
        endpoint=_loans("fixed/supply-order-info", "Fixed, Get Supply Order Info"),
        used_by=USED_BY,
        **in_table("products", "loan", number="orderId", time="orderTime", columns=f"type:=supply {FIXED_ORDER}"),
    ),
    _old_loans(
        "completed",
        mark("Earlier loans: repaid in full"),
        "borrow-history",
        "Get Completed Loan History",
        in_table(
            "products",
            "loan",
            number="orderId",
            time="borrowTime",
            columns=(
                "type:=borrow asset:loanCurrency amount:initialLoanAmount other_asset:collateralCurrency "
                "other_amount:initialCollateralAmount fee:repaidInterest rate:hourlyInterestRate state:status"
            ),
        ),
    ),
    _old_loans(
        "repayments",
        mark("Earlier loans: repayments"),
        "repayment-history",
        "Get Loan Repayment History",
        in_table(
            "products",
            "loan",
            number="repayId",
            time="repayTime",
            columns=f"{REPAID} other_asset:collateralCurrency other_amount:collateralReturn",
        ),
    ),
    _old_loans(
        "collateral",
        mark("Earlier loans: collateral added and reduced"),
        "adjustment-history",
        "Get Loan LTV Adjustment History",
        in_table(
            "products",
            "collateral",
            number="adjustId",
            time="adjustTime",
            columns="type:direction asset:collateralCurrency amount",
        ),
    ),
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
