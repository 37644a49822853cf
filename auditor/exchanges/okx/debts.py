"""OKX: debts, and the collateral that they lock."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from auditor.exchanges.okx import services
from auditor.exchanges.okx.errors import WRONG_MODE
from auditor.exchanges.okx.sources import CCXT, DOC
from auditor.exchanges.shared.readers import FieldOrName, figures, strict_amounts
from auditor.i18n import mark
from auditor.model.records import Area, Debt, Record
from auditor.model.snapshot import Standing
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.fields import amount, optional_amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import single_row
from auditor.spec.surface import AppliesTo, NeverUsed, Surface

# The wallets whose rows state the debt itself; the lists of this file show most of it again. OKX documents usedLmt as
# what this account and its sub-accounts use, and the total debt in USD as that of the account.
WALLETS_WITH_DEBTS = ("trading", "subaccount-trading")
_LIMIT_PARTS: Mapping[str, FieldOrName] = {
    "interest": amount("interest", always_blank),
    "used": amount("usedLoan", always_blank),
    "position": amount("posLoan", always_blank),
    "interest_free": optional_amount("interestFreeLiab"),
}


@reads(
    amount("debt"),
    amount("interest"),
    rows("records", text("ccy"), amount("usedLmt"), *strict_amounts(*_LIMIT_PARTS.values())),
)
def borrowing(row: Row, _context: Context) -> Iterable[Record]:
    """Read the total debt and interest, in USD, and the borrowing limits in use.

    A limit may be in use by this account or by its sub-accounts.
    """
    yield Debt(
        subject="borrowing",
        row=row.raw,
        kind=mark("borrowing"),
        asset="USD",
        amount=row.amount("debt"),
        held=figures(row, {"interest": "interest"}),
        collateral=False,
        worth=True,
        same_as=(("trading",), ("borrowing",)),
    )
    for used in row.rows("records"):
        yield Debt(
            subject=f"limit:{used.text('ccy')}",
            row=used.raw,
            kind=mark("borrowing limit in use, by this account or a sub-account"),
            asset=used.text("ccy"),
            amount=used.amount("usedLmt"),
            held=figures(used, _LIMIT_PARTS),
            collateral=False,
            same_as=(("trading",), WALLETS_WITH_DEBTS),
        )


BORROWING = Surface(
    id="borrowing",
    area=Area.DEBTS,
    title="Borrowing and interest",
    endpoint=Endpoint(
        path="account/interest-limits",
        limit=Limit(5, 2),
        rows=single_row,
        source=f"{DOC}, Trading account, Get borrow interest and limit",
    ),
    reader=borrowing,
    never_used=NeverUsed(codes=WRONG_MODE, modes=frozenset({"1", "2"})),
    services=services.TRADING,
)


@reads(
    amount("loanNotionalUsd"),
    amount("collateralNotionalUsd"),
    rows("loanData", text("ccy"), amount("amt")),
    rows("collateralData", text("ccy"), amount("amt")),
)
def flexible_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read a flexible loan and the collateral that it locks outside every balance."""
    yield from _loan_side(row, "loanData", row.amount("loanNotionalUsd"), collateral=False)
    yield from _loan_side(row, "collateralData", row.amount("collateralNotionalUsd"), collateral=True)


def _loan_side(row: Row, items: str, worth: Decimal, *, collateral: bool) -> Iterable[Record]:
    parts = row.rows(items)
    for part in parts:
        yield _loan(row, part.text("ccy"), part.amount("amt"), collateral=collateral)
    if not any(part.amount("amt") for part in parts):
        yield _loan(row, "USD", worth, collateral=collateral)


def _loan(row: Row, asset: str, amount: Decimal, *, collateral: bool) -> Debt:
    role = "collateral" if collateral else "loan"
    return Debt(
        subject=f"{role}:{row.hint('ordId')}:{asset}",
        row=row.raw,
        kind=mark("flexible loan"),
        asset=asset,
        amount=amount,
        held={},
        collateral=collateral,
    )


FLEXIBLE_LOAN = Surface(
    id="flexible-loan",
    area=Area.DEBTS,
    title="Flexible loan and its collateral",
    endpoint=Endpoint(
        path="finance/flexible-loan/loan-info", limit=Limit(5, 2), source=f"{DOC}, Flexible loan, Get loan info"
    ),
    reader=flexible_loan,
)


@reads(rows("debtData", text("debtCcy"), amount("debtAmt")))
def repayable_debts(row: Row, _context: Context) -> Iterable[Record]:
    """Read debts that one-click repay offers to settle."""
    for debt in row.rows("debtData"):
        yield Debt(
            subject=f"{row.hint('debtType')}:{debt.text('debtCcy')}",
            row=row.raw,
            kind=mark("repayable in one click"),
            asset=debt.text("debtCcy"),
            amount=debt.amount("debtAmt"),
            held={},
            collateral=False,
            same_as=(("trading",), ("borrowing",), ("one-click-repay",)),
        )


def _one_click_repay(surface: str, title: str, path: str, *modes: str) -> Surface:
    return Surface(
        id=surface,
        area=Area.DEBTS,
        title=title,
        endpoint=Endpoint(path=path, limit=Limit(1, 2), source=f"{DOC}, Trade, Get one-click repay currency list"),
        reader=repayable_debts,
        applies_to=AppliesTo(modes=frozenset(modes)),
        never_used=NeverUsed(codes=WRONG_MODE),
        services=services.TRADING,
    )


@reads()
def undocumented_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read a loan whose answer no documentation describes: any row is a loan."""
    yield Debt(
        subject=row.hint("ordId") or "loan",
        row=row.raw,
        kind=mark("fixed or VIP loan"),
        asset=row.hint("ccy") or row.hint("borrowCcy") or "?",
        amount=None,
        held={},
        collateral=False,
    )


VIP_LOAN = Surface(
    id="vip-loan",
    area=Area.DEBTS,
    title="VIP loans",
    endpoint=Endpoint(path="account/vip-loan-order-list", limit=Limit(1, 1), source=CCXT),
    reader=undocumented_loan,
    standing=Standing.UNDOCUMENTED,
    never_used=NeverUsed(codes={"59310": "This account has no VIP loans."}),
)

FIXED_LOAN = Surface(
    id="fixed-loan",
    area=Area.DEBTS,
    title="Fixed-rate loans",
    endpoint=Endpoint(path="account/fixed-loan/borrowing-orders-list", limit=Limit(1, 1), source=CCXT),
    reader=undocumented_loan,
    standing=Standing.UNDOCUMENTED,
)

DEBTS = (
    BORROWING,
    FLEXIBLE_LOAN,
    _one_click_repay(
        "one-click-repay",
        "Debts for one-click repay (margin list)",
        "trade/one-click-repay-currency-list",
        "3",
        "4",
    ),
    _one_click_repay(
        "one-click-repay-v2",
        "Debts for one-click repay (spot list)",
        "trade/one-click-repay-currency-list-v2",
        "1",
        "3",
        "4",
    ),
    VIP_LOAN,
    FIXED_LOAN,
)
