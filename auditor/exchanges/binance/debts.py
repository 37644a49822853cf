"""Binance: loans, their collateral, and debts after a liquidation."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.binance.errors import NO_MARGIN, NO_PORTFOLIO_MARGIN, REFUSED_TO_READERS
from auditor.exchanges.binance.limits import SAPI, SAPI_2, sapi, uid
from auditor.exchanges.binance.pages import PAGE_ROWS
from auditor.exchanges.binance.products import WITH_MARGIN
from auditor.exchanges.binance.rows import filled_rows
from auditor.exchanges.binance.sources import CCXT, documented
from auditor.exchanges.shared.readers import figures
from auditor.i18n import mark
from auditor.model.records import Area, Debt, Record
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Endpoint, Numbered
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import NeverUsed, Surface

LOAN_PAGES = Numbered(limit="limit")


def _debt(row: Row, subject: str, kind: str, asset: str, figure: Decimal, *, collateral: bool = False) -> Debt:
    return Debt(subject=subject, row=row.raw, kind=kind, asset=asset, amount=figure, held={}, collateral=collateral)


@reads(text("loanCoin"), amount("totalDebt"), text("collateralCoin"), amount("collateralAmount"))
def flexible_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read a flexible loan and its collateral."""
    loan, pledged = row.text("loanCoin"), row.text("collateralCoin")
    subject, kind = f"{loan}/{pledged}", mark("flexible loan")
    yield _debt(row, f"loan:{subject}", kind, loan, row.amount("totalDebt"))
    yield _debt(row, f"collateral:{subject}", kind, pledged, row.amount("collateralAmount"), collateral=True)


FLEXIBLE_LOAN = Surface(
    id="flexible-loan",
    area=Area.DEBTS,
    title="Flexible loans and their collateral",
    endpoint=documented(SAPI_2, "loan/flexible/ongoing/orders", sapi(300), pagination=LOAN_PAGES, rows=PAGE_ROWS),
    reader=flexible_loan,
)


@reads(text("orderId"), text("loanCoin"), amount("totalDebt"), amount("lockedCollateralValue"))
def vip_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read a VIP loan and its collateral, of which Binance states only the value."""
    number = row.text("orderId")
    yield _debt(row, f"loan:{number}", mark("VIP loan"), row.text("loanCoin"), row.amount("totalDebt"))
    yield Debt(
        subject=f"collateral:{number}",
        row=row.raw,
        kind=mark("VIP loan"),
        asset=row.hint("collateralCoin") or "?",
        amount=None if row.amount("lockedCollateralValue") else Decimal(0),
        held=figures(row, {"locked": "lockedCollateralValue"}),
        collateral=True,
    )


VIP_LOAN = Surface(
    id="vip-loan",
    area=Area.DEBTS,
    title="VIP loans and their collateral",
    endpoint=documented(SAPI, "loan/vip/ongoing/orders", sapi(400), pagination=LOAN_PAGES, rows=PAGE_ROWS),
    reader=vip_loan,
)

# Documented: Repaid, Liquidated, Failed. The other words end an application of which nothing was ever paid out, in any
# reader's English; real accounts show "Rejected", which no page lists. Any other word stays an application under way.
FINISHED = frozenset({"repaid", "liquidated", "failed", "rejected", "cancelled", "canceled", "expired"})
UNFINISHED = {
    "Pending": mark("pending"),
    "Accruing_Interest": mark("accruing interest"),
    "Overdue": mark("overdue"),
    "Liquidating": mark("being liquidated"),
    "Repaying": mark("being repaid"),
}


@reads(text("requestId"), text("loanCoin"), amount("loanAmount"), text("status"))
def vip_request(row: Row, _context: Context) -> Iterable[Record]:
    """Read an application for a VIP loan that is not finished."""
    state = row.text("status")
    if state.casefold() not in FINISHED:
        yield Debt(
            subject=f"request:{row.text('requestId')}",
            row=row.raw,
            kind=f"VIP loan, {UNFINISHED.get(state, state)}",
            asset=row.text("loanCoin"),
            amount=row.amount("loanAmount") or None,
            held={},
            collateral=False,
            # What was paid out is the loan that the other list shows.
            same_as=() if state == "Pending" else (("vip-loan",),),
        )


VIP_LOAN_REQUESTS = Surface(
    id="vip-loan-requests",
    area=Area.DEBTS,
    title="VIP loans: applications",
    endpoint=documented(SAPI, "loan/vip/request/data", uid(400), pagination=LOAN_PAGES, rows=PAGE_ROWS),
    reader=vip_request,
)


@reads()
def stable_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read a loan at a stable rate. Binance no longer documents its fields: any row is a loan."""
    yield Debt(
        subject=row.hint("orderId") or row.hint("loanCoin") or "loan",
        row=row.raw,
        kind=mark("loan at a stable rate"),
        asset=row.hint("loanCoin") or "?",
        amount=row.hint_amount("totalDebt") or None,
        held={},
        collateral=False,
    )


STABLE_LOAN = Surface(
    id="stable-loan",
    area=Area.DEBTS,
    title="Loans at a stable rate",
    endpoint=Endpoint(
        path="loan/ongoing/orders",
        site=SAPI,
        limit=sapi(300),
        pagination=LOAN_PAGES,
        rows=PAGE_ROWS,
        source=CCXT,
    ),
    reader=stable_loan,
    standing=Standing.UNDOCUMENTED,
)


@reads(text("asset"), amount("remainingAmount"))
def liquidation_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read the debt after a liquidation of the cross margin account."""
    asset = row.text("asset")
    yield _debt(row, asset, mark("left from a liquidation"), asset, row.amount("remainingAmount"))


LIQUIDATION_LOAN = Surface(
    id="liquidation-loan",
    area=Area.DEBTS,
    title="Debt left from a liquidation",
    endpoint=documented(SAPI, "margin/liquidation-loan", uid(100), rows=filled_rows),
    reader=liquidation_loan,
    never_used=NO_MARGIN,
    plan=WITH_MARGIN,
)


@reads(text("asset"), amount("amount"))
def bankruptcy_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read the debt of a portfolio margin account after a bankruptcy."""
    asset = row.text("asset")
    yield _debt(row, asset, mark("portfolio margin bankruptcy loan"), asset, row.amount("amount"))


BANKRUPTCY_LOAN = Surface(
    id="bankruptcy-loan",
    area=Area.DEBTS,
    title="Debt left from a bankruptcy in portfolio margin",
    endpoint=documented(SAPI, "portfolio/pmLoan", uid(500), rows=filled_rows),
    reader=bankruptcy_loan,
    never_used=NeverUsed(codes={**NO_PORTFOLIO_MARGIN.codes, "-21004": "Binance says that there is no such loan."}),
    manual_check=REFUSED_TO_READERS,
)

DEBTS = (FLEXIBLE_LOAN, VIP_LOAN, VIP_LOAN_REQUESTS, STABLE_LOAN, LIQUIDATION_LOAN, BANKRUPTCY_LOAN)
