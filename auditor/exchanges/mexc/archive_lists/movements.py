"""MEXC: deposits, withdrawals, transfers with Futures and other users, and small remainders that became MX."""

from dataclasses import replace

from auditor.exchanges.mexc.archive_lists.listing import (
    FOR_EVER,
    PAGE_ROWS,
    QUARTER,
    SEEN,
    SPOT,
    WEEKLY,
    change,
    coin_of,
    counted_rows,
    moment_of,
    numbered_pages,
    one_page,
    spot,
)
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.i18n import mark
from auditor.model.amounts import ZERO
from auditor.spec.endpoint import Query
from auditor.spec.fields import amount, optional_amount, rows, text, time
from auditor.spec.paged_list import Reach, Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows
from auditor.spec.summed import Change, ChangedRow, ChangeList

CREDITED = frozenset({"5", "12"})
"""SUCCESS, COMPLETED."""
COME_TO_NOTHING = frozenset({"7", "8", "10"})
"""REJECTED, REFUND, INVALID."""
NOT_CREDITED = frozenset({"1", "4", "6", *COME_TO_NOTHING})
"""SMALL (waits for more), PENDING, AUDITING, and what came to nothing. Of all others it is not said."""
SENT, NOT_SENT = "7", frozenset({"8", "9"})
"""SUCCESS; FAILED, CANCEL."""
DONE, FAILED = "SUCCESS", "FAILED"
MX = "MX"
MOST_INTERNAL = 10
"""Rows that MEXC gives without being asked for more; how many there may be is not documented."""
LAST_90_DAYS = Reach(words=mark("the last 90 days"), back=QUARTER)
OWN = {"SPOT": "spot", "FUTURES": "futures"}


def deposit(row: Row) -> ChangedRow:
    """Read a deposit. Only one that was credited changed a balance. It has no id but that of its transaction."""
    state, coin = row.text("status"), coin_of(row.text("coin"))
    credited = (change(SPOT, coin, row.amount("amount"), "deposit"),) if state in CREDITED else ()
    known = (row.hint("amount"), "", "", *row.hints("network", "address", "txId"), state)
    return ChangedRow(
        id=row.text(ROW_ID),
        time=moment_of(row, "insertTime"),
        changes=credited,
        type=f"deposit {state}",
        ref=row.hint("txId"),
        cells=("deposit", coin, *known),
        unknown="" if state in CREDITED | NOT_CREDITED else state,
        final=state in CREDITED | COME_TO_NOTHING,
    )


def withdrawal(row: Row) -> ChangedRow:
    """Read a withdrawal. Its fee is a part of its amount, as ccxt reads it: the documentation does not say."""
    state, coin = row.text("status"), coin_of(row.text("coin"))
    size, fee = row.amount("amount"), row.amount_or_none("transactionFee") or ZERO
    known = (*row.hints("amount", "transactionFee"), coin, *row.hints("network", "address", "txId"), state)
    return ChangedRow(
        id=row.text("id"),
        time=moment_of(row, "applyTime"),
        changes=(change(SPOT, coin, -size, "withdrawal", fee=fee),) if state == SENT else (),
        type=f"withdrawal {state}",
        ref=row.hint("withdrawOrderId"),
        cells=("withdrawal", coin, *known),
        unknown="" if state == SENT or state in NOT_SENT else state,
        final=state == SENT or state in NOT_SENT,
    )


def transfer(row: Row) -> ChangedRow:
    """Read a transfer between Spot and Futures. What it changed in Futures stands in a list of its own."""
    state, coin, size = row.text("status"), row.text("asset"), row.amount("amount")
    given, taken = (OWN.get(name, name) for name in (row.text("fromAccountType"), row.text("toAccountType")))
    sign = (taken == SPOT) - (given == SPOT)
    is_done = state == DONE and sign != 0
    return ChangedRow(
        id=row.text("tranId"),
        time=moment_of(row, "timestamp"),
        changes=(change(SPOT, coin, sign * size, "transfer"),) if is_done else (),
        type=f"{given} {taken}",
        ref=row.text("tranId"),
        cells=(given, taken, "", "", coin, row.hint("amount"), "") if is_done else (),
        unknown="" if is_done or state == FAILED else state,
        final=state in {DONE, FAILED},
    )


def internal(row: Row) -> ChangedRow:
    """Read a transfer to another user. Its row names both by mail, phone or number: which of them this is, is open."""
    state = row.text("status")
    sides = " > ".join(filter(None, row.hints("fromAccount", "toAccount")))
    return ChangedRow(
        id=row.text(ROW_ID),
        time=moment_of(row, "timestamp"),
        changes=(),
        type=f"internal {state}",
        ref=row.hint("tranId"),
        cells=("internal", row.text("asset"), row.hint("amount"), "", "", "", sides, "", state),
        unknown="" if state == FAILED else state,
        final=state in {DONE, FAILED},
    )


def dust(row: Row) -> ChangedRow:
    """Read small remainders that became MX at one time. What is named beside each is what is left after the charge."""
    details = row.rows("convertDetails")
    return ChangedRow(
        id=row.text(ROW_ID),
        time=moment_of(row, "convertTime"),
        changes=tuple(one for detail in details for one in _swept(detail)),
        type="dust",
    )


def _swept(detail: Row) -> tuple[Change, Change]:
    return (
        change(SPOT, detail.text("asset"), -detail.amount("amount"), "conversion"),
        change(SPOT, MX, detail.amount("convert"), "conversion"),
    )


DEPOSITS = ChangeList(
    id="deposits",
    title=mark("Deposits"),
    wallets=(SPOT,),
    endpoint=spot(
        "capital/deposit/hisrec",
        1,
        query=Query(back=QUARTER),
        windows=WEEKLY,
        rows=identified(list_rows, "txId", "coin", "amount", "insertTime"),
    ),
    reach=LAST_90_DAYS,
    paging=Single(size=1000),
    key=ROW_ID,
    time="insertTime",
    ordered=False,
    fields=(text(ROW_ID), text("status"), text("coin"), amount("amount"), time("insertTime")),
    read=deposit,
    table="movements",
)
WITHDRAWALS = ChangeList(
    id="withdrawals",
    title=mark("Withdrawals"),
    wallets=(SPOT,),
    endpoint=spot("capital/withdraw/history", 1, query=Query(back=QUARTER), windows=WEEKLY),
    reach=LAST_90_DAYS,
    paging=Single(size=1000),
    key="id",
    time="applyTime",
    ordered=False,
    fields=(
        *(text("id"), text("status"), text("coin"), amount("amount"), optional_amount("transactionFee")),
        time("applyTime"),
    ),
    read=withdrawal,
    table="movements",
)


def _transfers(given: str, taken: str, title: str) -> ChangeList:
    return ChangeList(
        id=f"transfers-{given.lower()}-{taken.lower()}",
        title=title,
        wallets=(SPOT,),
        endpoint=spot(
            "capital/transfer",
            1,
            query=Query(params={"fromAccountType": given, "toAccountType": taken}, back=QUARTER),
            windows=WEEKLY,
            rows=counted_rows("rows", "total", 100),
        ),
        # Documented are six months; a start before about 90 days was refused (33333).
        reach=replace(LAST_90_DAYS, source=SEEN),
        paging=Single(limit="size", size=100),
        key="tranId",
        time="timestamp",
        ordered=False,
        fields=(
            *(text("tranId"), text("status"), text("asset"), amount("amount"), time("timestamp")),
            *(text("fromAccountType"), text("toAccountType")),
        ),
        read=transfer,
        table="transfers",
    )


TO_FUTURES = _transfers("SPOT", "FUTURES", mark("Transfers from Spot to Futures"))
FROM_FUTURES = _transfers("FUTURES", "SPOT", mark("Transfers from Futures to Spot"))
INTERNAL = ChangeList(
    id="internal-transfers",
    title=mark("Transfers to other users"),
    wallets=(SPOT,),
    endpoint=spot(
        "capital/transfer/internal",
        1,
        query=Query(back=QUARTER),
        windows=WEEKLY,
        rows=identified(one_page(PAGE_ROWS, MOST_INTERNAL), "tranId", "timestamp", "asset", "amount", "toAccount"),
    ),
    reach=replace(LAST_90_DAYS, source=SEEN),
    paging=Single(size=MOST_INTERNAL),
    key=ROW_ID,
    time="timestamp",
    ordered=False,
    fields=(text(ROW_ID), text("asset"), amount("amount"), text("status"), time("timestamp")),
    read=internal,
    table="movements",
)
DUST = ChangeList(
    id="dust",
    title=mark("Small balances converted to MX"),
    wallets=(SPOT,),
    # More than 20 rows were refused (700004), and a time window hid older rows, on real accounts of October 2026.
    endpoint=spot(
        "capital/convert",
        1,
        pagination=numbered_pages(20),
        rows=identified(PAGE_ROWS, "convertTime", "totalConvert"),
    ),
    reach=FOR_EVER,
    key=ROW_ID,
    time="convertTime",
    ordered=False,
    fields=(
        *(text(ROW_ID), time("convertTime")),
        rows("convertDetails", text("asset"), amount("amount"), amount("convert")),
    ),
    read=dust,
)
