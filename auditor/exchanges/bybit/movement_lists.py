"""Bybit: lists of what was paid in and out, which show a part of the two ledgers over again."""

from datetime import timedelta

from auditor.exchanges.bybit.history_kinds import DEPOSIT, FUNDING, MOVED, MOVED_UNIFIED, UNIFIED, WITHDRAWAL
from auditor.exchanges.bybit.listed_rows import (
    amount_mark,
    dated_deposits,
    deposit,
    gift,
    inside_deposit,
    move,
    withdrawal,
)
from auditor.exchanges.bybit.sources import DOC, ROWS, documented, windows
from auditor.i18n import mark
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Limit, Query, Token
from auditor.spec.fields import amount, text, time
from auditor.spec.history import Reach, SecondList, WalletTransfer

TWO_YEARS = timedelta(days=730)
WEEK, MONTH = windows(7), windows(29)


def _unlimited(page: str) -> Reach:
    return Reach(words=mark("without a stated limit"), source=f"{DOC}, {page}")


DEPOSITS = SecondList(
    id="deposits",
    title=mark("Deposits"),
    wallet=FUNDING,
    endpoint=documented(
        "v5/asset/deposit/query-record",
        "Asset, Deposit, Get Deposit Records (on-chain)",
        Limit(100, 60),
        rows=dated_deposits,
        pages=Token(size=50),
        windows=MONTH,
    ),
    reach=_unlimited("Asset, Deposit, Get Deposit Records (on-chain)"),
    key="id",
    time="successAt",
    ties=True,
    ordered=False,
    fields=(text("id"), text("coin"), amount("amount"), text("status")),
    read=deposit,
    table="movements",
    types=DEPOSIT,
    mark=amount_mark,
    group="deposits",
)
INSIDE_DEPOSITS = SecondList(
    id="internal-deposits",
    title=mark("Deposits from other Bybit users"),
    wallet=FUNDING,
    endpoint=documented(
        "v5/asset/deposit/query-internal-record",
        "Asset, Deposit, Get Internal Deposit Records (off-chain)",
        Limit(300, 1),
        rows=ROWS,
        pages=Token(size=50),
        windows=MONTH,
    ),
    reach=_unlimited("Asset, Deposit, Get Internal Deposit Records (off-chain)"),
    key="id",
    time="createdTime",
    unit="s",
    ties=True,
    ordered=False,
    fields=(text("id"), text("coin"), amount("amount"), text("status"), text("createdTime")),
    read=inside_deposit,
    table="movements",
    types=DEPOSIT,
    mark=amount_mark,
    group="deposits",
)
WITHDRAWALS = SecondList(
    id="withdrawals",
    title=mark("Withdrawals"),
    wallet=FUNDING,
    endpoint=documented(
        "v5/asset/withdraw/query-record",
        "Asset, Withdraw, Get Withdrawal Records",
        Limit(300, 60),
        # Without it, withdrawals to other Bybit users are left out.
        Query(params={"withdrawType": "2"}),
        rows=ROWS,
        pages=Token(size=50),
        windows=MONTH,
    ),
    reach=_unlimited("Asset, Withdraw, Get Withdrawal Records"),
    key="withdrawId",
    time="createTime",
    ties=True,
    ordered=False,
    fields=(
        *(text(name) for name in ("withdrawId", "coin", "status")),
        *(amount("amount"), amount("withdrawFee", always_blank)),
        time("createTime"),
    ),
    read=withdrawal,
    table="movements",
    types=WITHDRAWAL,
    mark=amount_mark,
    main_only=True,
)
MOVES = SecondList(
    id="transfers",
    title=mark("Transfers between your wallets"),
    wallet=FUNDING,
    endpoint=documented(
        "v5/asset/transfer/query-inter-transfer-list",
        "Asset, Transfer, Get Internal Transfer Records",
        Limit(60, 60),
        Query(back=TWO_YEARS),
        pages=Token(size=50),
        windows=WEEK,
    ),
    reach=_unlimited("Asset, Transfer, Get Internal Transfer Records"),
    key="transferId",
    time="timestamp",
    ties=True,
    ordered=False,
    fields=(
        *(text(name) for name in ("transferId", "coin", "fromAccountType", "toAccountType", "status")),
        amount("amount"),
        time("timestamp"),
    ),
    read=move,
    types=frozenset(),
    mark=amount_mark,
    perhaps={FUNDING: MOVED, UNIFIED: MOVED_UNIFIED},
    also={UNIFIED: frozenset()},
)
GIFTS = SecondList(
    id="universal-transfers",
    title=mark("Transfers to and from sub-accounts"),
    wallet=FUNDING,
    endpoint=documented(
        "v5/asset/transfer/query-universal-transfer-list",
        "Asset, Transfer, Get Universal Transfer Records",
        Limit(5, 1),
        Query(back=TWO_YEARS),
        pages=Token(size=50),
        windows=WEEK,
    ),
    reach=_unlimited("Asset, Transfer, Get Universal Transfer Records"),
    key="transferId",
    time="timestamp",
    ties=True,
    ordered=False,
    fields=(
        *(text(name) for name in ("transferId", "coin", "fromMemberId", "toMemberId", "status")),
        amount("amount"),
        time("timestamp"),
    ),
    read=gift,
    table="transfers",
    mark=amount_mark,
    # Halves that have no other in the other wallet are looked for here.
    also={UNIFIED: frozenset()},
)

MOVEMENTS = (DEPOSITS, INSIDE_DEPOSITS, WITHDRAWALS, MOVES, GIFTS)
# A transfer from or to a sub-account has the same types.
TRANSFERS = (WalletTransfer(wallets=(FUNDING, UNIFIED), types=(MOVED, MOVED_UNIFIED)),)
