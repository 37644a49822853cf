"""Binance: deposits and withdrawals of coins, and transfers between the account's own wallets."""

from auditor.exchanges.binance.archive_lists.listing import (
    BOTH,
    COIN_M,
    FUNDING,
    HALF_YEAR,
    MONTHLY,
    QUARTERLY,
    SPOT,
    USD_M,
    amount_or_zero,
    change,
    counted_rows,
    moment_of,
    moment_without_zone,
    of_both,
    the_last,
    within,
)
from auditor.exchanges.binance.limits import SAPI, sapi, uid
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.model.amounts import add, plain
from auditor.spec.endpoint import Numbered, Offset
from auditor.spec.fields import amount, optional_amount, required, text
from auditor.spec.paged_list import Partition
from auditor.spec.parsed_row import Row
from auditor.spec.summed import ChangedRow

TRANSFERS_ID, CONFIRMED = "transfers", "CONFIRMED"
WALLETS = {"0": SPOT, "1": FUNDING}
SUCCESS, REJECTED = "1", "2"
CREDITED = frozenset({SUCCESS, "6"})
"""Success, and credited though it cannot be withdrawn yet."""
NOT_CREDITED = frozenset({"0", REJECTED, "7", "8"})
"""Pending, rejected, a wrong deposit, waiting for the user."""
SENT = frozenset({"0", "2", "4", "6"})
"""Waiting for the user's mail or an approval, being processed, completed: gone from what is free in all of these."""
COMPLETED = "6"
NOT_SENT = frozenset({"1", "3", "5"})
"""Cancelled and failed, of older versions; rejected."""


def deposit(row: Row) -> ChangedRow:
    """Read a deposit. Only one that was credited changed a balance; which wallet, its row says."""
    state, wallet, coin = row.text("status"), WALLETS.get(row.hint("walletType"), SPOT), row.text("coin")
    credited = (change(wallet, coin, row.amount("amount"), "deposit"),) if state in CREDITED else ()
    texts = (row.hint("amount"), "", "", *row.hints("network", "address", "txId"), state)
    return ChangedRow(
        id=row.text("id"),
        time=moment_of(row, "insertTime"),
        changes=credited,
        type=f"deposit {state}",
        ref=row.hint("txId"),
        cells=("deposit", coin, *texts),
        unknown="" if state in CREDITED | NOT_CREDITED else state,
        final=state in {SUCCESS, REJECTED},
    )


def withdrawal(row: Row) -> ChangedRow:
    """Read a withdrawal. Its fee is beside its amount. The time is Binance's own text, and kept as it came.

    One that is not completed has left what is free and stands elsewhere in the wallet: nothing is settled before.
    """
    state, wallet, coin = row.text("status"), WALLETS.get(row.hint("walletType"), SPOT), row.text("coin")
    fee = amount_or_zero(row, "transactionFee")
    change_ = change(
        wallet,
        coin,
        -add(row.amount("amount"), fee),
        "withdrawal",
        fee=plain(-fee) if fee else "",
        description=row.text("applyTime"),
    )
    texts = (*row.hints("amount", "transactionFee"), coin, *row.hints("network", "address", "txId"), state)
    return ChangedRow(
        id=row.text("id"),
        time=moment_without_zone(row.text("applyTime")),
        changes=(change_,) if state == COMPLETED else (),
        type=f"withdrawal {state}",
        ref=row.hint("withdrawOrderId"),
        cells=("withdrawal", coin, *texts),
        unknown="" if state == COMPLETED or state in NOT_SENT else state,
        final=state == COMPLETED or state in NOT_SENT,
    )


def transfer(row: Row) -> ChangedRow:
    """Read a transfer between two wallets: its type names both."""
    code, state, coin = row.text("type"), row.text("status"), row.text("asset")
    given, taken = wallets_of(code)
    size = row.amount("amount")
    moved = (change(given, coin, -size, "transfer"), change(taken, coin, size, "transfer"))
    return ChangedRow(
        id=row.text("tranId"),
        time=moment_of(row, "timestamp"),
        changes=moved if state == CONFIRMED else (),
        type=code,
        cells=(given, taken, "", "", coin, row.hint("amount"), "") if state == CONFIRMED else (),
        unknown="" if state in {CONFIRMED, "FAILED"} else state,
        final=state in {CONFIRMED, "FAILED"},
    )


def wallets_of(code: str) -> tuple[str, str]:
    """Return the wallets of a type such as MAIN_FUNDING, the one given first."""
    given, taken = next(pair for pair in DIRECTIONS if code == "_".join(pair))
    return OURS.get(given, given), OURS.get(taken, taken)


OURS = {"MAIN": SPOT, "FUNDING": FUNDING, "UMFUTURE": USD_M, "CMFUTURE": COIN_M}
_OWN, _BESIDE = ("MAIN", "FUNDING"), ("UMFUTURE", "CMFUTURE", "MARGIN", "OPTION")
_BETWEEN = (("UMFUTURE", "MARGIN"), ("CMFUTURE", "MARGIN"), ("UMFUTURE", "OPTION"), ("MARGIN", "OPTION"))
DIRECTIONS = (
    *(("MAIN", "FUNDING"), ("FUNDING", "MAIN"), ("MAIN", "PORTFOLIO_MARGIN"), ("PORTFOLIO_MARGIN", "MAIN")),
    *((own, other) for own in _OWN for other in _BESIDE),
    *((other, own) for own in _OWN for other in _BESIDE),
    *_BETWEEN,
    *((other, one) for one, other in _BETWEEN),
)
"""Every documented type; those of isolated margin, which must name a symbol, are not among them."""

DEPOSITS = of_both(
    id="deposits",
    title=mark("Deposits"),
    endpoint=documented(SAPI, "capital/deposit/hisrec", sapi(1), windows=QUARTERLY, pagination=Offset()),
    key="id",
    time="insertTime",
    fields=required(texts="id status coin", amounts="amount", times="insertTime"),
    read=deposit,
    table="movements",
)
WITHDRAWALS = of_both(
    id="withdrawals",
    title=mark("Withdrawals"),
    endpoint=documented(SAPI, "capital/withdraw/history", uid(18000), windows=QUARTERLY, pagination=Offset()),
    key="id",
    time="applyTime",
    unit="no zone",
    fields=(
        text("id"),
        text("status"),
        text("coin"),
        amount("amount"),
        optional_amount("transactionFee"),
        text("applyTime"),
    ),
    read=withdrawal,
    table="movements",
)
TRANSFERS = of_both(
    id=TRANSFERS_ID,
    title=mark("Transfers between wallets"),
    wallets=(*BOTH, USD_M, COIN_M),
    endpoint=documented(
        SAPI,
        "asset/transfer",
        sapi(1),
        queries=within(HALF_YEAR),
        windows=MONTHLY,
        pagination=Numbered(),
        rows=counted_rows("rows"),
    ),
    reach=the_last(mark("the last 6 months"), HALF_YEAR),
    key="tranId",
    time="timestamp",
    partition=Partition(parameter="type", values=tuple(map("_".join, DIRECTIONS)), field="type"),
    fields=required(texts="tranId type status asset", amounts="amount", times="timestamp"),
    read=transfer,
    table="transfers",
)
