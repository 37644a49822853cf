"""Bybit: lists of what was paid in and out, which show a part of the two ledgers over again."""

from datetime import timedelta
from functools import partial

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
from auditor.exchanges.bybit.sources import ROWS, asking, documented, windows
from auditor.i18n import mark
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Limit, Token
from auditor.spec.fields import amount, required, text, time
from auditor.spec.history import WalletTransfer
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList

TWO_YEARS = timedelta(days=730)
WEEK, MONTH = windows(7), windows(29)


_beside_funding = partial(
    SecondList,
    wallet=FUNDING,
    reach=Reach(words=mark("without a stated limit")),
    ties=True,
    ordered=False,
    mark=amount_mark,
)
DEPOSITS = _beside_funding(
    id="deposits",
    title=mark("Deposits"),
    endpoint=documented(
        "v5/asset/deposit/query-record",
        "Asset, Deposit, Get Deposit Records (on-chain)",
        Limit(100, 60),
        rows=dated_deposits,
        pages=Token(size=50),
        windows=MONTH,
    ),
    key="id",
    time="successAt",
    fields=(text("id"), text("coin"), amount("amount"), text("status")),
    read=deposit,
    table="movements",
    types=DEPOSIT,
    group="deposits",
)
INSIDE_DEPOSITS = _beside_funding(
    id="internal-deposits",
    title=mark("Deposits from other Bybit users"),
    endpoint=documented(
        "v5/asset/deposit/query-internal-record",
        "Asset, Deposit, Get Internal Deposit Records (off-chain)",
        Limit(300, 1),
        rows=ROWS,
        pages=Token(size=50),
        windows=MONTH,
    ),
    key="id",
    time="createdTime",
    unit="s",
    fields=(text("id"), text("coin"), amount("amount"), text("status"), text("createdTime")),
    read=inside_deposit,
    table="movements",
    types=DEPOSIT,
    group="deposits",
)
WITHDRAWALS = _beside_funding(
    id="withdrawals",
    title=mark("Withdrawals"),
    endpoint=documented(
        "v5/asset/withdraw/query-record",
        "Asset, Withdraw, Get Withdrawal Records",
        Limit(300, 60),
        # Without it, withdrawals to other Bybit users are left out.
        asking(withdrawType="2"),
        rows=ROWS,
        pages=Token(size=50),
        windows=MONTH,
    ),
    key="withdrawId",
    time="createTime",
    fields=(
        *required(texts="withdrawId coin status", amounts="amount"),
        amount("withdrawFee", always_blank),
        time("createTime"),
    ),
    read=withdrawal,
    table="movements",
    types=WITHDRAWAL,
    main_only=True,
)
MOVES = _beside_funding(
    id="transfers",
    title=mark("Transfers between your wallets"),
    endpoint=documented(
        "v5/asset/transfer/query-inter-transfer-list",
        "Asset, Transfer, Get Internal Transfer Records",
        Limit(60, 60),
        asking(TWO_YEARS),
        pages=Token(size=50),
        windows=WEEK,
    ),
    key="transferId",
    time="timestamp",
    fields=required(texts="transferId coin fromAccountType toAccountType status", amounts="amount", times="timestamp"),
    read=move,
    types=frozenset(),
    perhaps={FUNDING: MOVED, UNIFIED: MOVED_UNIFIED},
    also={UNIFIED: frozenset()},
)
GIFTS = _beside_funding(
    id="universal-transfers",
    title=mark("Transfers to and from sub-accounts"),
    endpoint=documented(
        "v5/asset/transfer/query-universal-transfer-list",
        "Asset, Transfer, Get Universal Transfer Records",
        Limit(5, 1),
        asking(TWO_YEARS),
        pages=Token(size=50),
        windows=WEEK,
    ),
    key="transferId",
    time="timestamp",
    fields=required(texts="transferId coin fromMemberId toMemberId status", amounts="amount", times="timestamp"),
    read=gift,
    table="transfers",
    # Halves that have no other in the other wallet are looked for here.
    also={UNIFIED: frozenset()},
)

MOVEMENTS = (DEPOSITS, INSIDE_DEPOSITS, WITHDRAWALS, MOVES, GIFTS)
# A transfer from or to a sub-account has the same types.
TRANSFERS = (WalletTransfer(wallets=(FUNDING, UNIFIED), types=(MOVED, MOVED_UNIFIED)),)
