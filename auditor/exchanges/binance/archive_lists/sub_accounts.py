"""Binance: transfers between the main account and its sub-accounts, which only the main account's key is given.

They are asked for by sub-account, in both directions: without an address only those from the main account are given.
What moved out of futures or into them is counted by the wallet's income.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from auditor.exchanges.binance.archive_lists.listing import (
    FOR_EVER,
    SPOT,
    WEEK,
    change,
    counted_rows,
    explaining,
    moment_of,
    named_rows,
)
from auditor.exchanges.binance.archive_lists.margin_rows import names_of
from auditor.exchanges.binance.limits import SAPI, sapi
from auditor.exchanges.binance.sources import documented
from auditor.i18n import mark
from auditor.spec.endpoint import Numbered, Windows
from auditor.spec.fields import required, text
from auditor.spec.paged_list import Partition, RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in
from auditor.spec.second_list import ListedRow
from auditor.spec.summed import ChangedRow, ChangeList

SUB_ACCOUNTS_ID = "sub-accounts"
WALLETS = {"SPOT": SPOT, "MARGIN": "MARGIN", "ISOLATED_MARGIN": "isolated-margin"}
FUTURES = frozenset({"USDT_FUTURE", "COIN_FUTURE"})
DONE, NOT_DONE = "SUCCESS", frozenset({"FAILURE", "FAILED"})
NONE_HERE = dict.fromkeys(
    ("-8012", "-9000", "-12022", "-12023", "-2015", "-1002"),
    mark("Binance says that this account has no sub-accounts, or does not give them to this key."),
)
"""Codes that real accounts were answered: see the audit's requests for sub-accounts."""
BEGAN = datetime(2020, 6, 1, tzinfo=UTC)
"""Before these transfers were in Binance's API."""


def sub_transfer(row: Row, subs: frozenset[str]) -> ChangedRow:
    """Read a transfer. ``subs``: addresses of the sub-accounts; whoever is none of them is the main account."""
    state, coin, size = row.text("status"), row.text("asset"), row.amount("amount")
    given, taken = row.text("fromEmail"), row.text("toEmail")
    sides = ((given, row.text("fromAccountType"), -size), (taken, row.text("toAccountType"), size))
    own = [(kind, amount) for email, kind, amount in sides if email not in subs]
    changes = tuple(
        change(WALLETS[kind], coin, amount, "subaccount", description=given if amount > 0 else taken)
        for kind, amount in own
        if kind in WALLETS
    )
    strange = sorted({kind for kind, _amount in own} - WALLETS.keys() - FUTURES)
    known = state == DONE or state in NOT_DONE
    texts = (row.hint("amount"), "", "", *row.hints("fromAccountType", "toEmail", "fromEmail"), state)
    return ChangedRow(
        id=row.text("tranId"),
        time=moment_of(row, "createTimeStamp"),
        changes=changes if state == DONE else (),
        type="sub-account transfer",
        cells=("subaccount", coin, *texts) if own else (),
        unknown="" if known and not strange else " ".join((state, *strange)),
        final=known,
    )


def _reader_of(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
    subs = frozenset(names_of(SUB_ACCOUNTS_ID, name="email")(rows_of))
    return lambda row: sub_transfer(row, subs)


def _transfers(list_id: str, title: str, parameter: str) -> ChangeList:
    return ChangeList(
        id=list_id,
        title=title,
        wallets=(SPOT,),
        endpoint=documented(
            SAPI,
            "sub-account/universalTransfer",
            sapi(1),
            windows=Windows(span=WEEK, first=BEGAN),
            pagination=Numbered(number="page", limit="limit", size=500, total="totalCount"),
            rows=counted_rows("result", "totalCount"),
        ),
        reach=FOR_EVER,
        ordered=False,
        key="tranId",
        time="createTimeStamp",
        partition=Partition(
            parameter=parameter,
            of=(SUB_ACCOUNTS_ID,),
            find=names_of(SUB_ACCOUNTS_ID, name="email"),
            field=parameter,
        ),
        fields=required(
            texts="tranId fromEmail toEmail asset status fromAccountType toAccountType",
            amounts="amount",
            times="createTimeStamp",
        ),
        read=lambda row: sub_transfer(row, frozenset()),
        reader_of=_reader_of,
        table="movements",
        unused=NONE_HERE,
    )


SUB_ACCOUNTS = explaining(
    id=SUB_ACCOUNTS_ID,
    title=mark("Sub-accounts"),
    endpoint=documented(
        SAPI,
        "sub-account/list",
        sapi(1),
        pagination=Numbered(number="page", limit="limit", size=200, total=None),
        rows=named_rows(rows_in("subAccounts"), "email"),
    ),
    key="email",
    time="time",
    fields=(text("email"),),
    read=lambda row: ListedRow(id=row.text("email"), time=0, cells=()),
    not_had=frozenset(NONE_HERE),
)
SUB_TRANSFERS = (
    _transfers("to-sub-accounts", mark("Transfers to sub-accounts"), "toEmail"),
    _transfers("from-sub-accounts", mark("Transfers from sub-accounts"), "fromEmail"),
)
