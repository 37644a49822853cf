"""HTX: how the rows of the lists beside its ledgers are read."""

from collections.abc import Hashable, Mapping

from auditor.model.amounts import ZERO, add, parse
from auditor.spec.history_tables import IN_COIN
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow

CREDITED, SENT = "safe", "confirmed"
"""The only final states in which money came in, or went out."""


def transfer(wallets: Mapping[str, str], row: Row) -> ListedRow:
    """Read a transfer, of which each account has a row of its own."""
    coin, moved, moment = row.text("currency").upper(), row.amount("transactAmt"), row.hint("transactTime")
    given, taken, kind, digits = row.hints("transferer", "transferee", "transferType", "transactAmt")
    return ListedRow(
        id="-".join(filter(None, (moment, coin, digits, kind))),
        time=int(moment),
        cells=(wallets.get(given, ""), wallets.get(taken, ""), given, taken, coin, digits, ""),
        marks=((coin, moved),),
        due=False,
        expected=True,
    )


def deposit(row: Row) -> ListedRow:
    """Read a deposit. Only one that is safe was credited for certain."""
    coin, size = row.text("currency").upper(), row.amount("amount")
    return _movement("deposit", row, ((coin, size),), is_final=row.text("state") == CREDITED)


def withdrawal(row: Row) -> ListedRow:
    """Read a withdrawal. Its fee is beside its amount, and is booked with it or as a row of its own."""
    coin, size, fee = row.text("currency").upper(), row.amount("amount"), parse(row.raw.get("fee")) or ZERO
    marks = dict.fromkeys(((coin, -size), (coin, -add(size, fee))))
    return _movement("withdrawal", row, tuple(marks), is_final=row.text("state") == SENT)


def _movement(kind: str, row: Row, marks: tuple[Hashable, ...], *, is_final: bool) -> ListedRow:
    coin, fee = row.text("currency").upper(), row.hint("fee")
    figures = (row.hint("amount"), fee, coin if fee else "")
    return ListedRow(
        id=row.text("id"),
        time=int(row.hint("created-at")),
        cells=(kind, coin, *figures, *row.hints("chain", "address", "tx-hash"), row.text("state")),
        marks=marks,
        due=False,
        expected=is_final,
    )


def fill(row: Row) -> ListedRow:
    """Read a fill. Its fee may be paid with points or HTX, then it is written in these."""
    side, _kind = _side_and_type(row.text("type"))
    fee, coin = row.hints("filled-fees", "fee-currency")
    points, instead = row.hints("filled-points", "fee-deduct-currency")
    if not row.amount("filled-fees") and instead and parse(points):
        fee, coin = points, instead
    return ListedRow(
        id=row.text("id"),
        time=int(row.hint("created-at")),
        cells=(
            *(row.text("symbol"), side, *row.hints("price", "filled-amount"), IN_COIN, fee, coin.upper()),
            *(row.hint("role"), row.text("order-id"), row.hint("trade-id"), ""),
        ),
    )


def order(row: Row) -> ListedRow:
    """Read an order. What it filled is called field-amount."""
    side, kind = _side_and_type(row.text("type"))
    figures = row.hints("price", "amount", "field-amount")
    return ListedRow(
        id=row.text("id"),
        time=int(row.hint("created-at")),
        cells=(
            *("spot", row.text("symbol"), side, kind, *figures, "", row.hint("field-fees"), "", row.text("state")),
            *("", row.hint("client-order-id"), row.hint("finished-at")),
        ),
    )


def loan(kind: str, row: Row) -> ListedRow:
    """Read a loan, with the interest on it."""
    coin = row.text("currency").upper()
    paid, rate = row.hints("interest-amount", "interest-rate")
    return ListedRow(
        id=row.text("id"),
        time=int(row.hint("created-at")),
        cells=("loan", kind, coin, row.hint("loan-amount"), "", "", "", paid, rate, row.text("state")),
    )


def repayment(row: Row) -> ListedRow:
    """Read a repayment."""
    coin, size = row.text("currency").upper(), row.hint("repaidAmount")
    return ListedRow(
        id=row.text("repayId"),
        time=int(row.hint("repayTime")),
        cells=("repayment", "", coin, size, "", "", "", "", "", ""),
    )


def _side_and_type(code: str) -> tuple[str, str]:
    """Return the parts of a type such as buy-limit-maker."""
    side, _hyphen, kind = code.partition("-")
    return side, kind
