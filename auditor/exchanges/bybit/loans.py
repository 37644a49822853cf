"""Bybit: crypto loans, flexible, at fixed terms, and the older ones; their collateral; and what is lent out."""

from auditor.exchanges.bybit.loan_position import FIXED, flexible_loan, loan_position, old_loan, supply
from auditor.exchanges.bybit.loan_rows import Contract, contracts, open_orders, requests
from auditor.exchanges.bybit.sources import PAGES_OF_100, UNSTATED, documented
from auditor.i18n import mark
from auditor.model.records import Area
from auditor.spec.endpoint import Endpoint, Query, RowSelector, Token
from auditor.spec.reader import Reader
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface

LOANS_PAGE = "Crypto Loan (New)"


def _loan_place(
    name: str,
    title: str,
    path: str,
    page: str,
    reader: Reader,
    *queries: Query,
    pages: Token | None = PAGES_OF_100,
    selector: RowSelector | None = None,
    area: Area = Area.DEBTS,
) -> Surface:
    endpoint: Endpoint = (
        documented(path, page, UNSTATED, *queries, pages=pages)
        if selector is None
        else documented(path, page, UNSTATED, *queries, pages=pages, rows=selector)
    )
    return Surface(id=name, area=area, title=title, endpoint=endpoint, reader=reader, right="Spot: Trade")


LOANS = (
    _loan_place(
        "crypto-loans",
        "Crypto loans, their collateral, and what is lent out",
        "v5/crypto-loan-common/position",
        f"{LOANS_PAGE}, Get Crypto Loan Position",
        loan_position,
        pages=None,
        selector=object_row,
    ),
    _loan_place(
        "flexible-loans",
        "Flexible crypto loans",
        "v5/crypto-loan-flexible/ongoing-coin",
        f"{LOANS_PAGE}, Flexible, Get Flexible Loans",
        flexible_loan,
        pages=None,
    ),
    _loan_place(
        "flexible-borrowings",
        "Flexible crypto loans: borrowings under way",
        "v5/crypto-loan-flexible/borrow-history",
        f"{LOANS_PAGE}, Flexible, Get Borrowing History",
        requests(
            mark("borrowing"),
            number="orderId",
            asset="loanCurrency",
            figure="initialLoanAmount",
            state="status",
            started="borrowTime",
            reason=mark("being processed"),
        ),
    ),
    _loan_place(
        "flexible-repayments",
        "Flexible crypto loans: repayments under way",
        "v5/crypto-loan-flexible/repayment-history",
        f"{LOANS_PAGE}, Flexible, Get Repayment History",
        requests(
            mark("repayment"),
            number="repayId",
            asset="loanCurrency",
            figure="repayAmount",
            state="repayStatus",
            started="repayTime",
            reason=mark("being processed"),
        ),
    ),
    _loan_place(
        "collateral-adjustments",
        "Crypto loans: collateral on its way",
        "v5/crypto-loan-common/adjustment-history",
        f"{LOANS_PAGE}, Get Collateral Adjustment History",
        requests(
            mark("change of collateral"),
            number="adjustId",
            asset="collateralCurrency",
            figure="amount",
            state="status",
            started="adjustTime",
            reason=mark("being processed"),
        ),
    ),
    _loan_place(
        "fixed-loans",
        "Fixed-term crypto loans",
        "v5/crypto-loan-fixed/borrow-contract-info",
        f"{LOANS_PAGE}, Fixed, Get Borrow Contract Info",
        contracts(
            Contract(
                kind=FIXED,
                number="loanId",
                asset="borrowCurrency",
                amount="residualPrincipal",
                over="2",
                settled="3",
                parts={mark("penalty"): "residualPenaltyInterest"},
            )
        ),
    ),
    _loan_place(
        "fixed-repayments",
        "Fixed-term crypto loans: repayments under way",
        "v5/crypto-loan-fixed/repayment-history",
        f"{LOANS_PAGE}, Fixed, Get Repayment History",
        requests(
            mark("repayment"),
            number="repayId",
            asset="loanCurrency",
            figure="repayAmount",
            state="repayStatus",
            started="repayTime",
            reason=mark("being processed"),
        ),
    ),
    _loan_place(
        "fixed-loan-orders",
        "Fixed-term crypto loans: open orders to borrow",
        "v5/crypto-loan-fixed/borrow-order-info",
        f"{LOANS_PAGE}, Fixed, Get Borrow Order Info",
        open_orders(mark("order to borrow"), mark("waiting for a lender")),
    ),
    _loan_place(
        "supplies",
        "Fixed-term crypto loans: what is lent out",
        "v5/crypto-loan-fixed/supply-contract-info",
        f"{LOANS_PAGE}, Fixed, Get Supply Contract Info",
        supply,
        area=Area.EARN,
    ),
    _loan_place(
        "supply-orders",
        "Fixed-term crypto loans: open orders to lend",
        "v5/crypto-loan-fixed/supply-order-info",
        f"{LOANS_PAGE}, Fixed, Get Supply Order Info",
        open_orders(mark("order to lend"), mark("waiting for a borrower")),
    ),
    _loan_place(
        "old-loans",
        "Crypto loans of the older kind",
        "v5/crypto-loan/ongoing-orders",
        "Crypto Loan, Get Unpaid Loan Orders",
        old_loan,
    ),
)
