"""Bybit: borrowing in the unified account, at no fixed term and at fixed terms, and institutional loans.

Crypto loans, which lock collateral outside every balance: `auditor.exchanges.bybit.loans`.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from auditor.exchanges.bybit.errors import SOME_ACCOUNTS
from auditor.exchanges.bybit.loan_rows import Contract, contracts, full_list, open_orders
from auditor.exchanges.bybit.sources import PAGES_OF_100, UNSTATED, asking, documented
from auditor.exchanges.bybit.wallets import UNIFIED_ACCOUNTS
from auditor.i18n import _, mark
from auditor.model.records import Area, Debt, Part, Record
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Limit
from auditor.spec.fields import MalformedError, amount, optional_amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row, rows_in
from auditor.spec.surface import Surface


@reads(text("currency"), amount("borrowAmount"), amount("otherBorrowAmount"))
def borrowing(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is borrowed of a coin, here and by other accounts of the same main account."""
    asset = row.text("currency")
    yield _borrowed(row, asset, mark("borrowed in the unified account"), "borrowAmount")
    yield _borrowed(row, f"others:{asset}", mark("borrowed by other accounts of yours"), "otherBorrowAmount")


def _borrowed(row: Row, subject: str, kind: str, figure: str) -> Debt:
    return Debt(
        subject=subject,
        row=row.raw,
        kind=kind,
        asset=row.text("currency"),
        amount=row.amount(figure),
        held={},
        collateral=False,
        same_as=(("unified",),) if figure == "borrowAmount" else (),
    )


BORROWING = Surface(
    id="borrowing",
    area=Area.DEBTS,
    title="Borrowing in the unified account",
    endpoint=documented("v5/account/collateral-info", "Account, Get Collateral Info", Limit(50, 1)),
    reader=borrowing,
    applies_to=UNIFIED_ACCOUNTS,
)
FIXED_BORROWING = mark("borrowed at a fixed rate in the unified account")
FIXED_PAGES = "Spot Margin, Fixed-rate Borrowing"
FIXED_BORROWINGS = Surface(
    id="fixed-borrowings",
    area=Area.DEBTS,
    title="Fixed-rate borrowing",
    endpoint=documented(
        "v5/spot-margin-trade/fixedborrow-contract-info",
        f"{FIXED_PAGES}, Get Contract Info",
        UNSTATED,
        pages=PAGES_OF_100,
    ),
    reader=contracts(
        Contract(
            kind=FIXED_BORROWING,
            number="loanId",
            asset="borrowCurrency",
            amount="residualPrincipal",
            over="2",
            # The page's own example calls contracts overdue (3) that owe nothing any more.
            settled="3",
            parts={mark("penalty"): "residualPenaltyInterest"},
        )
    ),
    applies_to=UNIFIED_ACCOUNTS,
)
FIXED_BORROW_ORDERS = Surface(
    id="fixed-borrow-orders",
    area=Area.DEBTS,
    title="Fixed-rate borrowing: open orders",
    endpoint=documented(
        "v5/spot-margin-trade/fixedborrow-order-info",
        f"{FIXED_PAGES}, Get Order Info",
        UNSTATED,
        pages=PAGES_OF_100,
    ),
    reader=open_orders(mark("order to borrow"), mark("waiting for a lender")),
    applies_to=UNIFIED_ACCOUNTS,
)


@reads(
    text("orderId"),
    text("loanCoin"),
    text("status"),
    amount("unpaidAmount", always_blank),
    amount("unpaidInterest", always_blank),
)
def institutional_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read an institutional loan that is not paid off."""
    unpaid, interest = row.amount_or_none("unpaidAmount"), row.amount_or_none("unpaidInterest")
    if row.text("status") == "2" and not (unpaid or interest):
        return
    yield Debt(
        subject=row.text("orderId"),
        row=row.raw,
        kind=mark("institutional loan"),
        asset=row.text("loanCoin"),
        amount=unpaid or None,
        held={} if interest is None else {Part.INTEREST: interest},
        collateral=False,
    )


INSTITUTIONAL_LOANS = Surface(
    id="institutional-loans",
    area=Area.DEBTS,
    title="Institutional loans",
    endpoint=documented(
        "v5/ins-loan/loan-order",
        "Institutional Loan, Get Loan Orders",
        Limit(20, 1),
        asking(limit="100"),
        rows=full_list("loanInfo", 100),
    ),
    reader=institutional_loan,
    manual_check=SOME_ACCOUNTS,
)
NORMAL = "0"
LIQUIDATION = _("a liquidation or transfer of an institutional loan is going on")


def risk_units(data: object) -> list[object]:
    """Return the risk units of an answer. During a liquidation they are blank or left out, which is not nothing."""
    units = rows_in("ltvInfo")(data)
    (answer,) = object_row(data)
    if isinstance(answer, dict) and _is_blanked(answer):
        raise MalformedError(LIQUIDATION).beside(units)
    return units


def _is_blanked(answer: Mapping[str, object]) -> bool:
    return str(answer.get("liqStatus", NORMAL)) != NORMAL


@reads(
    text("parentUid"),
    optional_amount("unpaidAmount"),
    rows("unpaidInfo", text("token"), amount("unpaidQty")),
)
def loan_to_value(row: Row, _context: Context) -> Iterable[Record]:
    """Read what an institutional loan owes by coin, or its total in USD where no coin explains it."""
    if _is_blanked(row.raw):
        raise MalformedError(LIQUIDATION)
    debts = row.rows("unpaidInfo")
    for debt in debts:
        yield _institutional(row, debt.text("token"), debt.amount("unpaidQty"))
    total = row.amount_or_none("unpaidAmount")
    if total and not any(debt.amount("unpaidQty") for debt in debts):
        yield _institutional(row, "USD", total)


def _institutional(row: Row, asset: str, figure: Decimal) -> Debt:
    return Debt(
        subject=f"{row.text('parentUid')}:{asset}",
        row=row.raw,
        kind=mark("institutional loan"),
        asset=asset,
        amount=figure,
        held={},
        collateral=False,
        same_as=(("institutional-loans",),),
    )


LOAN_TO_VALUE = Surface(
    id="institutional-ltv",
    area=Area.DEBTS,
    title="Institutional loans: what is owed by coin",
    endpoint=documented("v5/ins-loan/ltv-convert", "Institutional Loan, Get LTV", Limit(20, 1), rows=risk_units),
    reader=loan_to_value,
    manual_check=SOME_ACCOUNTS,
)

DEBTS = (BORROWING, FIXED_BORROWINGS, FIXED_BORROW_ORDERS, INSTITUTIONAL_LOANS, LOAN_TO_VALUE)
