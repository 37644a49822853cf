"""OKX: the lists beside its two ledgers. Each shows a part of a ledger over again.

The short lists of bills show every row of the last days; those of fills, deposits, withdrawals and transfers to
sub-accounts show what a ledger could lose without a trace in its balances, as far back as each goes.
"""

from datetime import UTC, datetime, timedelta

from auditor.exchanges.okx.listed_rows import (
    amount_mark,
    bill,
    bill_mark,
    conversion,
    deposit,
    fill,
    fill_mark,
    sub_account_transfer,
    withdrawal,
)
from auditor.exchanges.okx.sources import DOC, DOC25
from auditor.i18n import mark
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query
from auditor.spec.fields import amount, text, time
from auditor.spec.history import Reach, SecondList, WalletTransfer

FUNDING, TRADING = "funding", "trading"
KINDS = ("SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION", "EVENTS")
"""OKX gives the fills of one kind of instrument at a time."""
NOT_OFFERED = frozenset({"51000", "51010", "50030", "50038", "50041", "50051", "50052", "50121"})
"""A kind of instrument that this endpoint, account mode, demo trading, account or place does not have.

Source: OKX API v5 documentation, error codes, copies of April 2025 and June 2026; 51000, "Parameter instType error":
ccxt/ccxt#12431.
"""
TRADE, DEPOSIT, WITHDRAWAL = frozenset({"2"}), frozenset({"1"}), frozenset({"2"})
SUB_ACCOUNT = frozenset({"20", "21"})
CONVERT, TRADING_CONVERT = frozenset({"272", "273"}), frozenset({"27"})
TRADING_EXCHANGE = frozenset({"4", "11", "30"})
"""Other types by which one coin becomes another in the Trading account; which list shows them is not documented."""
BILL_FIELDS = (text("billId"), text("ccy"), amount("balChg"), amount("bal"), time("ts"))
BY_TIME = Cursor(cursor="after", key="ts")
BY_BILL = Cursor(cursor="after", key="billId")


def _reach(words: str, page: str, back: timedelta | None = None, first: datetime | None = None) -> Reach:
    return Reach(words=words, source=f"{DOC}, {page}", back=back, first=first)


def _fills(kind: str) -> SecondList:
    page = "Order book trading, Get transaction details (last 3 months)"
    return SecondList(
        id=f"fills-{kind.lower()}",
        title=mark("Fills"),
        wallet=TRADING,
        endpoint=Endpoint(
            path="trade/fills-history",
            limit=Limit(10, 2),
            queries=(Query(params={"instType": kind}),),
            pagination=BY_BILL,
            source=f"{DOC}, {page}",
        ),
        reach=_reach(mark("the last 3 months"), page, timedelta(days=89)),
        key="billId",
        time="ts",
        fields=(
            *(text(name) for name in ("billId", "instId", "tradeId", "side")),
            *(amount(name) for name in ("fillPx", "fillSz")),
            time("ts"),
        ),
        read=fill,
        table="fills",
        types=TRADE,
        mark=fill_mark,
        group="fills",
        # Liquidations, ADL and deliveries are fills too, and have types of their own in the ledger.
        perhaps={TRADING: None},
        shared=True,
        not_had=frozenset() if kind == "SPOT" else NOT_OFFERED,
    )


SHORT_FUNDING = SecondList(
    id="funding-month",
    title=mark("Funding account, the last month over again"),
    wallet=FUNDING,
    endpoint=Endpoint(
        path="asset/bills",
        limit=Limit(6, 1),
        pagination=BY_TIME,
        source=f"{DOC}, Funding account, Asset bills details",
    ),
    reach=_reach(mark("the last month"), "Funding account, Asset bills details", timedelta(days=27)),
    key="ts",
    time="ts",
    ties=True,
    fields=BILL_FIELDS,
    read=bill,
    types=None,
    mark=bill_mark,
)
SHORT_TRADING = SecondList(
    id="trading-week",
    title=mark("Trading account, the last 7 days over again"),
    wallet=TRADING,
    endpoint=Endpoint(
        path="account/bills",
        limit=Limit(5, 1),
        pagination=BY_BILL,
        source=f"{DOC}, Trading account, Get bills details (last 7 days)",
    ),
    reach=_reach(mark("the last 7 days"), "Trading account, Get bills details (last 7 days)", timedelta(days=6)),
    key="billId",
    time="ts",
    fields=BILL_FIELDS,
    read=bill,
    types=None,
    mark=bill_mark,
)
DEPOSITS = SecondList(
    id="deposits",
    title=mark("Deposits"),
    wallet=FUNDING,
    endpoint=Endpoint(
        path="asset/deposit-history",
        limit=Limit(6, 1),
        pagination=BY_TIME,
        source=f"{DOC}, Funding account, Get deposit history",
    ),
    reach=_reach(mark("without a stated limit"), "Funding account, Get deposit history"),
    key="ts",
    time="ts",
    ties=True,
    fields=(text("depId"), text("ccy"), amount("amt"), text("state"), time("ts")),
    read=deposit,
    table="movements",
    types=DEPOSIT,
    mark=amount_mark,
)
WITHDRAWALS = SecondList(
    id="withdrawals",
    title=mark("Withdrawals"),
    wallet=FUNDING,
    endpoint=Endpoint(
        path="asset/withdrawal-history",
        limit=Limit(6, 1),
        pagination=BY_TIME,
        source=f"{DOC}, Funding account, Get withdrawal history",
    ),
    reach=_reach(mark("without a stated limit"), "Funding account, Get withdrawal history"),
    key="ts",
    time="ts",
    ties=True,
    fields=(text("wdId"), text("ccy"), amount("amt"), amount("fee", always_blank), text("state"), time("ts")),
    read=withdrawal,
    table="movements",
    types=WITHDRAWAL,
    mark=amount_mark,
)
SUB_ACCOUNT_TRANSFERS = SecondList(
    id="sub-account-transfers",
    title=mark("Transfers to and from sub-accounts"),
    wallet=FUNDING,
    endpoint=Endpoint(
        path="asset/subaccount/bills",
        limit=Limit(6, 1),
        pagination=BY_TIME,
        source=f"{DOC}, Sub-account, Get history of sub-account transfer",
    ),
    reach=_reach(
        mark("since 2022-09-28"),
        "Sub-account, Get history of sub-account transfer",
        first=datetime(2022, 9, 28, tzinfo=UTC),
    ),
    key="ts",
    time="ts",
    ties=True,
    fields=(
        *(text(name) for name in ("billId", "ccy", "type", "subAcct")),
        amount("amt"),
        time("ts"),
    ),
    read=sub_account_transfer,
    table="transfers",
    types=SUB_ACCOUNT,
    mark=amount_mark,
    # Halves of Trading that have no other in Funding are looked for here.
    also={TRADING: frozenset()},
    main_only=True,
)
CONVERSIONS = SecondList(
    id="conversions",
    title=mark("Conversions"),
    wallet=FUNDING,
    endpoint=Endpoint(
        path="asset/convert/history",
        limit=Limit(6, 1),
        pagination=BY_TIME,
        source=f"{DOC25}, Funding account, Get convert history",
    ),
    reach=_reach(mark("without a stated limit"), "Funding account, Get convert history"),
    key="ts",
    time="ts",
    ties=True,
    fields=(
        *(text(name) for name in ("tradeId", "state", "side", "baseCcy", "quoteCcy")),
        *(amount(name, always_blank) for name in ("fillBaseSz", "fillQuoteSz")),
        time("ts"),
    ),
    read=conversion,
    table="conversions",
    types=CONVERT,
    mark=amount_mark,
    also={TRADING: TRADING_CONVERT},
    perhaps={TRADING: TRADING_EXCHANGE},
)

SECOND_LISTS = (
    SHORT_FUNDING,
    SHORT_TRADING,
    *map(_fills, KINDS),
    DEPOSITS,
    WITHDRAWALS,
    SUB_ACCOUNT_TRANSFERS,
    CONVERSIONS,
)
# A type 1 of Trading is also a transfer from or to a sub-account.
TRANSFERS = (WalletTransfer(wallets=(FUNDING, TRADING), types=(frozenset({"130", "131"}), frozenset({"1"}))),)
