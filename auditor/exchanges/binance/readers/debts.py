"""Binance: how to read a row of a loan."""

from collections.abc import Iterable
from decimal import Decimal

from auditor.exchanges.binance.readers.rows import parts
from auditor.i18n import mark
from auditor.model.records import Debt, Record
from auditor.spec.fields import Row
from auditor.spec.surface import Context

FINISHED = frozenset({"Repaid", "Liquidated", "Failed"})
UNFINISHED = {
    "Pending": mark("pending"),
    "Accruing_Interest": mark("accruing interest"),
    "Overdue": mark("overdue"),
    "Liquidating": mark("being liquidated"),
    "Repaying": mark("being repaid"),
}


def flexible(row: Row, _context: Context) -> Iterable[Record]:
    """A flexible crypto loan and its collateral."""
    loan, pledged = row.text("loanCoin"), row.text("collateralCoin")
    subject = f"{loan}/{pledged}"
    yield _loan(row, f"loan:{subject}", mark("flexible loan"), loan, row.amount("totalDebt"))
    yield _loan(
        row, f"collateral:{subject}", mark("flexible loan"), pledged, row.amount("collateralAmount"), collateral=True
    )


def vip(row: Row, _context: Context) -> Iterable[Record]:
    """A VIP loan and what it locks, of which Binance states only the value."""
    number = row.text("orderId")
    yield _loan(row, f"loan:{number}", mark("VIP loan"), row.text("loanCoin"), row.amount("totalDebt"))
    yield Debt(
        subject=f"collateral:{number}",
        row=row.raw,
        kind=mark("VIP loan"),
        asset=row.hint("collateralCoin") or "?",
        amount=None if row.amount("lockedCollateralValue") else Decimal(0),
        held=parts(row, locked="lockedCollateralValue"),
        collateral=True,
    )


def vip_request(row: Row, _context: Context) -> Iterable[Record]:
    """An application for a VIP loan that is not finished."""
    state = row.text("status")
    if state not in FINISHED:
        yield Debt(
            subject=f"request:{row.text('requestId')}",
            row=row.raw,
            kind=f"VIP loan, {UNFINISHED.get(state, state)}",
            asset=row.text("loanCoin"),
            amount=row.amount("loanAmount") or None,
            held={},
            collateral=False,
        )


def stable(row: Row, _context: Context) -> Iterable[Record]:
    """A loan at a stable rate, of a request that Binance no longer documents: any row is a loan."""
    yield Debt(
        subject=row.hint("orderId") or row.hint("loanCoin") or "loan",
        row=row.raw,
        kind=mark("loan at a stable rate"),
        asset=row.hint("loanCoin") or "?",
        amount=row.hint_amount("totalDebt") or None,
        held={},
        collateral=False,
    )


def liquidation(row: Row, _context: Context) -> Iterable[Record]:
    """What a liquidation of the cross margin account left to be paid."""
    asset = row.text("asset")
    yield _loan(row, asset, mark("left from a liquidation"), asset, row.amount("remainingAmount"))


def bankruptcy(row: Row, _context: Context) -> Iterable[Record]:
    """What a portfolio margin account owes after a bankruptcy."""
    asset = row.text("asset")
    yield _loan(row, asset, mark("portfolio margin bankruptcy loan"), asset, row.amount("amount"))


def _loan(row: Row, subject: str, kind: str, asset: str, figure: Decimal, *, collateral: bool = False) -> Debt:
    return Debt(subject=subject, row=row.raw, kind=kind, asset=asset, amount=figure, held={}, collateral=collateral)
