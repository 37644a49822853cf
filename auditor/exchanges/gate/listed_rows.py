"""Gate: how the rows of the lists beside its ledgers are read, and what a row of the spot account has in common.

No id stands in both: what they share is the coin and the amount. That a row of these lists is in no ledger here keeps
an archive from being complete, and contradicts nothing, since no page says how far back the ledgers go.
"""

from collections.abc import Hashable

from auditor.model.amounts import add
from auditor.spec.ledger import LedgerEntry
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow
from auditor.spec.times import milliseconds

DONE, SENT, RECEIVED = "DONE", "withdraw", "RECEIVED"
"""A deposit or withdrawal that is over; who pushed a coin to another user; one that was taken."""
TO_SUB_ACCOUNT = "to"


def amount_mark(entry: LedgerEntry) -> Hashable:
    """Return the coin and the change of a row of the ledger."""
    return entry.asset, entry.change


def deposit(row: Row) -> ListedRow:
    """Read a deposit. Only one that is credited has changed the balance."""
    coin, state = row.text("currency"), row.text("status")
    return ListedRow(
        id=row.text("id"),
        time=milliseconds(row.text("timestamp"), "s"),
        cells=("deposit", coin, row.hint("amount"), "", "", *row.hints("chain", "address", "txid"), state),
        marks=((coin, row.amount("amount")),),
        due=False,
        expected=state == DONE,
    )


def withdrawal(row: Row) -> ListedRow:
    """Read a withdrawal. Whether the amount has the fee in it is not documented."""
    coin, state, sent = row.text("currency"), row.text("status"), row.amount("amount")
    fee = row.amount_or_none("fee")
    with_fee = ((coin, -add(sent, fee)),) if fee else ()
    return ListedRow(
        id=row.text("id"),
        time=milliseconds(row.text("timestamp"), "s"),
        cells=(
            *("withdrawal", coin, *row.hints("amount", "fee"), coin if fee else ""),
            *(*row.hints("chain", "address", "txid"), state),
        ),
        marks=((coin, -sent), *with_fee),
        due=False,
        expected=state == DONE,
    )


def push(row: Row) -> ListedRow:
    """Read a transfer to another user of Gate, or from one."""
    coin, size, state = row.text("currency"), row.amount("amount"), row.text("status")
    is_sent = row.text("transaction_type") == SENT
    partner = row.hint("receive_uid" if is_sent else "push_uid")
    kind = "withdrawal" if is_sent else "deposit"
    return ListedRow(
        id=row.text("id"),
        time=milliseconds(row.text("create_time"), "s"),
        cells=(kind, coin, row.hint("amount"), "", "", "UID", partner, "", state),
        marks=((coin, -size if is_sent else size),),
        due=False,
        expected=state == RECEIVED,
    )


def gift(row: Row) -> ListedRow:
    """Read a transfer to a sub-account, or from one: of the main account it is always the spot account's."""
    coin, size, main, sub = row.text("currency"), row.amount("amount"), row.text("uid"), row.text("sub_account")
    is_given = row.text("direction") == TO_SUB_ACCOUNT
    parties = (main, sub) if is_given else (sub, main)
    wallets = ("spot", row.hint("sub_account_type")) if is_given else (row.hint("sub_account_type"), "spot")
    number = "-".join(row.hints("timest", "sub_account", "currency", "amount", "direction", "client_order_id"))
    return ListedRow(
        id=number,
        time=milliseconds(row.text("timest"), "s"),
        cells=(*wallets, *parties, coin, row.hint("amount"), ""),
        marks=((coin, -size if is_given else size),),
        due=False,
        expected=True,
        parties=frozenset(parties),
    )


def margin_move(row: Row) -> ListedRow:
    """Read a transfer between the spot account and an isolated margin account, whose change it shows."""
    coin, change = row.text("currency"), row.amount("change")
    pair = f"margin {row.hint('currency_pair')}".strip()
    wallets = ("spot", pair) if change > 0 else (pair, "spot")
    return ListedRow(
        id=row.text("id"),
        time=int(row.text("time_ms")),
        cells=(*wallets, "", "", coin, row.hint("change").removeprefix("-"), ""),
        marks=((coin, -change),),
        due=False,
        expected=True,
    )
