"""Bybit: the readers of crypto loans, of their collateral and of what is lent out."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.i18n import mark
from auditor.model.records import Debt, Earning, Part, Record
from auditor.spec.fields import amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.words import state_in_words

FLEXIBLE, FIXED, LEGACY = mark("flexible crypto loan"), mark("fixed-term crypto loan"), mark("crypto loan (old kind)")
CRYPTO_LOAN, LENT = mark("crypto loan"), mark("Lent at a fixed term")


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
        held={mark("unpaid"): row.amount("unpaidAmount"), Part.INTEREST: row.amount("unpaidInterest")},
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
        held={Part.INTEREST: row.amount("residualInterest"), mark("penalty"): row.amount("residualPenaltyInterest")},
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
