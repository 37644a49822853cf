"""Bybit: crypto loans, flexible, at fixed terms, and the older ones; their collateral; and what is lent out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.exchanges.bybit.loan_rows import Contract, contracts, open_orders, requests
from auditor.exchanges.bybit.sources import PAGES_OF_100, UNSTATED, asking, documented
from auditor.i18n import mark
from auditor.model.records import Area, Debt, Earning, Part, Record
from auditor.spec.endpoint import Endpoint, Query, RowSelector, Token
from auditor.spec.fields import Row, amount, rows, text
from auditor.spec.reader import Context, Reader, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface
from auditor.spec.words import state_in_words

FLEXIBLE, FIXED, LEGACY = mark("flexible crypto loan"), mark("fixed-term crypto loan"), mark("crypto loan (old kind)")
CRYPTO_LOAN, LENT = mark("crypto loan"), mark("Lent at a fixed term")
LOANS_PAGE = "Crypto Loan (New)"
POSITION = ("crypto-loans",)


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


@reads(
    rows("borrowList", text("loanCurrency"), amount("fixedTotalDebt"), amount("flexibleTotalDebt")),
    rows("collateralList", text("currency"), amount("amount")),
    rows("supplyList", text("currency"), amount("amount")),
    amount("totalDebt"),
    amount("totalCollateral"),
    amount("totalSupply"),
)
def loan_position(row: Row, _context: Context) -> Iterable[Record]:
    """Read all crypto loans, the collateral that they lock, and what is lent out; a total that no row explains."""
    for loan in row.rows("borrowList"):
        asset = loan.text("loanCurrency")
        yield _debt(loan, f"loan:flexible:{asset}", FLEXIBLE, asset, "flexibleTotalDebt")
        yield _debt(loan, f"loan:fixed:{asset}", FIXED, asset, "fixedTotalDebt")
    for locked in row.rows("collateralList"):
        asset = locked.text("currency")
        yield _debt(locked, f"collateral:{asset}", CRYPTO_LOAN, asset, "amount", collateral=True)
    for lent in row.rows("supplyList"):
        yield _lent(lent, f"lent:{lent.text('currency')}", lent.text("currency"), lent.amount("amount"))
    yield from _unexplained(row)


def _lent(row: Row, subject: str, asset: str, figure: Decimal) -> Earning:
    return Earning(
        subject=subject,
        row=row.raw,
        product=LENT,
        asset=asset,
        amount=figure,
        held={},
        state=mark("held"),
        redeeming=False,
        ready_at=None,
        same_as=(("supplies",),),
    )


def _debt(row: Row, subject: str, kind: str, asset: str, figure: str, *, collateral: bool = False) -> Debt:
    return Debt(
        subject=subject,
        row=row.raw,
        kind=kind,
        asset=asset,
        amount=row.amount(figure),
        held={},
        collateral=collateral,
        same_as=() if collateral else (("flexible-loans",), ("fixed-loans",)),
    )


# A total in USD, and the list and figures that make it.
_TOTALS = {
    "totalDebt": ("borrowList", ("fixedTotalDebt", "flexibleTotalDebt")),
    "totalCollateral": ("collateralList", ("amount",)),
    "totalSupply": ("supplyList", ("amount",)),
}


def _unexplained(row: Row) -> Iterator[Record]:
    """Yield each total whose list shows nothing."""
    for total, (name, figures) in _TOTALS.items():
        if any(item.amount(figure) for item in row.rows(name) for figure in figures):
            continue
        if total == "totalSupply":
            yield _lent(row, total, "USD", row.amount(total))
        else:
            yield _debt(row, total, CRYPTO_LOAN, "USD", total, collateral=total == "totalCollateral")


@reads(text("supplyId"), text("supplyCurrency"), text("status"), amount("supplyAmount"))
def supply(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is lent at a fixed term and not redeemed (2)."""
    state = row.text("status")
    if state == "2":
        return
    yield Earning(
        subject=row.text("supplyId"),
        row=row.raw,
        product=LENT,
        asset=row.text("supplyCurrency"),
        amount=row.amount("supplyAmount") or None,
        held={},
        state=mark("held") if state == "1" else state_in_words(state, {}),
        redeeming=False,
        ready_at=row.hint_time("redemptionTime"),
    )


@reads(text("loanCurrency"), amount("totalDebt"), amount("unpaidAmount"), amount("unpaidInterest"))
def flexible_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is owed of a coin in flexible loans."""
    yield Debt(
        subject=row.text("loanCurrency"),
        row=row.raw,
        kind=FLEXIBLE,
        asset=row.text("loanCurrency"),
        amount=row.amount("totalDebt"),
        held={"unpaid": row.amount("unpaidAmount"), Part.INTEREST: row.amount("unpaidInterest")},
        collateral=False,
    )


@reads(
    text("orderId"),
    text("loanCurrency"),
    text("collateralCurrency"),
    amount("totalDebt"),
    amount("collateralAmount"),
    amount("residualInterest"),
    amount("residualPenaltyInterest"),
)
def old_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read a loan of the older kind, and its collateral."""
    yield Debt(
        subject=row.text("orderId"),
        row=row.raw,
        kind=LEGACY,
        asset=row.text("loanCurrency"),
        amount=row.amount("totalDebt"),
        held={Part.INTEREST: row.amount("residualInterest"), "penalty": row.amount("residualPenaltyInterest")},
        collateral=False,
    )
    yield Debt(
        subject=f"{row.text('orderId')}:collateral",
        row=row.raw,
        kind=LEGACY,
        asset=row.text("collateralCurrency"),
        amount=row.amount("collateralAmount"),
        held={},
        collateral=True,
    )


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
                parts={"penalty": "residualPenaltyInterest"},
            )
        ),
    ),
    _loan_place(
        "fixed-loan-orders",
        "Fixed-term crypto loans: open orders to borrow",
        "v5/crypto-loan-fixed/borrow-order-info",
        f"{LOANS_PAGE}, Fixed, Get Borrow Order Info",
        open_orders(mark("order to borrow"), mark("waiting for a lender")),
        asking(state="1"),
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
        asking(state="1"),
    ),
    _loan_place(
        "old-loans",
        "Crypto loans of the older kind",
        "v5/crypto-loan/ongoing-orders",
        "Crypto Loan, Get Unpaid Loan Orders",
        old_loan,
    ),
)
