"""OKX: how to read a row of a debt."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.okx.readers.wallets import held_parts
from auditor.i18n import mark
from auditor.model.records import Debt, Record
from auditor.spec.fields import Row
from auditor.spec.surface import Context


def interest_limits(row: Row, _context: Context) -> Iterable[Record]:
    """Borrowing: the total debt and interest in dollars, and limits in use by this account or its sub-accounts."""
    yield Debt(
        subject="borrowing",
        row=row.raw,
        kind=mark("borrowing"),
        asset="USD",
        amount=row.amount("debt"),
        held=held_parts(row, interest="interest"),
        collateral=False,
    )
    for used in row.rows("records"):
        yield Debt(
            subject=f"limit:{used.text('ccy')}",
            row=used.raw,
            kind=mark("borrowing limit in use, by this account or a sub-account"),
            asset=used.text("ccy"),
            amount=used.amount("usedLmt"),
            held=held_parts(
                used, interest="interest", used="usedLoan", position="posLoan", interest_free="interestFreeLiab"
            ),
            collateral=False,
        )


_LOAN_PARTS = ((False, "loanData", "loanNotionalUsd"), (True, "collateralData", "collateralNotionalUsd"))


def flexible_loan(row: Row, _context: Context) -> Iterable[Record]:
    """A flexible loan and the collateral that it locks outside every balance."""
    loan = row.hint("ordId")
    for collateral, items, worth in _LOAN_PARTS:
        parts = row.rows(items)
        for part in parts:
            yield _loan(row, f"{loan}:{part.text('ccy')}", part.text("ccy"), part.amount("amt"), collateral=collateral)
        if not any(part.amount("amt") for part in parts):
            yield _loan(row, f"{loan}:USD", "USD", row.amount(worth), collateral=collateral)


def _loan(row: Row, subject: str, asset: str, owed: Decimal, *, collateral: bool) -> Debt:
    role = "collateral" if collateral else "loan"
    return Debt(
        subject=f"{role}:{subject}",
        row=row.raw,
        kind=mark("flexible loan"),
        asset=asset,
        amount=owed,
        held={},
        collateral=collateral,
    )


def repayable(row: Row, _context: Context) -> Iterable[Record]:
    """Debts that one-click repay offers to settle."""
    for debt in row.rows("debtData"):
        yield Debt(
            subject=f"{row.hint('debtType')}:{debt.text('debtCcy')}",
            row=row.raw,
            kind=mark("repayable in one click"),
            asset=debt.text("debtCcy"),
            amount=debt.amount("debtAmt"),
            held={},
            collateral=False,
        )


def undescribed_loan(row: Row, _context: Context) -> Iterable[Record]:
    """A loan whose answer no documentation describes: any row is a loan."""
    yield Debt(
        subject=row.hint("ordId") or "loan",
        row=row.raw,
        kind=mark("fixed or VIP loan"),
        asset=row.hint("ccy") or row.hint("borrowCcy") or "?",
        amount=None,
        held={},
        collateral=False,
    )
