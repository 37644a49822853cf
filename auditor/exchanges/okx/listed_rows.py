"""OKX: how a row of the lists beside its two ledgers is read, and what it must have in common with a ledger's row."""

from collections.abc import Hashable

from auditor.model.amounts import add
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow

SUCCESS, CANCELED, FAILED, FILLED = "2", "-2", "-1", "fullyFilled"


def bill_mark(entry: LedgerEntry) -> Hashable:
    """Return what two lists of bills say of one row alike."""
    return entry.number, entry.asset, entry.change, entry.balance


def bill(row: Row) -> ListedRow:
    """Read a row of a short list of bills."""
    number = row.text("billId")
    same = (int(number), row.text("ccy"), row.amount("balChg"), row.amount("bal"))
    return ListedRow(id=number, time=int(row.hint("ts")), cells=(), marks=(same,))


def fill_mark(entry: LedgerEntry) -> Hashable:
    """Return the trade that a row of the Trading ledger is of; None for one of none, such as a forced repayment."""
    return (entry.instrument, entry.trade_id) if entry.trade_id else None


def fill(row: Row) -> ListedRow:
    """Read a fill. One of spot has two rows in the ledger: the coin bought and the coin sold."""
    names = ("fillPx", "fillSz", "fee", "feeCcy", "execType", "ordId", "tradeId", "billId")
    return ListedRow(
        id=row.text("billId"),
        time=int(row.hint("ts")),
        cells=(row.text("instId"), row.text("side"), *map(row.hint, names)),
        marks=((row.text("instId"), row.text("tradeId")),),
        legs=2 if row.hint("instType") == "SPOT" else 1,
    )


def amount_mark(entry: LedgerEntry) -> Hashable:
    """Return the coin and the change of a row: all that it has in common with a deposit or a transfer."""
    return entry.asset, entry.change


def deposit(row: Row) -> ListedRow:
    """Read a deposit. Only a final one must have changed the balance."""
    names = ("chain", "to", "txId", "state")
    return ListedRow(
        id=row.text("depId"),
        time=int(row.hint("ts")),
        cells=("deposit", row.text("ccy"), row.hint("amt"), "", "", *map(row.hint, names)),
        marks=((row.text("ccy"), row.amount("amt")),),
        due=row.text("state") == SUCCESS,
    )


def withdrawal(row: Row) -> ListedRow:
    """Read a withdrawal. The ledger may count its fee with it, or in a row of its own.

    One that was canceled went out of the balance and came back (13): nothing but its row here tells of both.
    """
    sent, fee, ccy = row.amount("amt"), row.amount_or_none("fee"), row.text("ccy")
    names = ("fee", "feeCcy", "chain", "to", "txId", "state")
    with_fee = ((ccy, -add(sent, fee)),) if fee else ()
    return ListedRow(
        id=row.text("wdId"),
        time=int(row.hint("ts")),
        cells=("withdrawal", ccy, row.hint("amt"), *map(row.hint, names)),
        marks=((ccy, -sent), *with_fee),
        due=row.text("state") == SUCCESS,
        expected=row.text("state") == CANCELED,
        final=row.text("state") in {SUCCESS, CANCELED, FAILED},
    )


def sub_account_transfer(row: Row) -> ListedRow:
    """Read a transfer between the main account and one of its sub-accounts: type 0 leaves the main account.

    Which wallet of the main account it is from or to is not said.
    """
    leaves, sub = row.text("type") == "0", row.text("subAcct")
    size = row.amount("amt")
    accounts = ("", sub) if leaves else (sub, "")
    return ListedRow(
        id=row.text("billId"),
        time=int(row.hint("ts")),
        cells=("", "", *accounts, row.text("ccy"), row.hint("amt"), ""),
        marks=((row.text("ccy"), -size if leaves else size),),
        due=False,
        expected=True,
    )


def conversion(row: Row) -> ListedRow:
    """Read a conversion. Its rows may also be in the Trading ledger, and are not documented there."""
    names = ("side", "baseCcy", "fillBaseSz", "quoteCcy", "fillQuoteSz", "state")
    sign = 1 if row.text("side") == "buy" else -1
    base, quote = row.amount_or_none("fillBaseSz"), row.amount_or_none("fillQuoteSz")
    is_done = row.text("state") == FILLED and base is not None and quote is not None
    both = ((row.text("baseCcy"), sign * (base or 0)), (row.text("quoteCcy"), -sign * (quote or 0)))
    return ListedRow(
        id=row.text("tradeId"),
        time=int(row.hint("ts")),
        cells=(*map(row.hint, names), "convert"),
        marks=both if is_done else (),
        due=False,
        expected=True,
        legs=2,
    )
