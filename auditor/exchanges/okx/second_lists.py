"""OKX: the lists beside its two ledgers. Each shows a part of a ledger over again.

The short lists of bills show every row of the last days; those of fills, deposits, withdrawals and transfers to
sub-accounts show what a ledger could lose without a trace in its balances, as far back as each goes.
"""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from auditor.exchanges.okx.archive_lists.explaining import ALL, FUNDING, MONTH, QUARTER, TRADING, WEEK, asked
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
from auditor.spec.endpoint import Limit
from auditor.spec.fields import amount, required, text, time
from auditor.spec.history import WalletTransfer
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList

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
BILL_FIELDS = required(texts="billId ccy", amounts="balChg bal", times="ts")
SUB_ACCOUNT_REACH = Reach(words=mark("since 2022-09-28"), first=datetime(2022, 9, 28, tzinfo=UTC))
_beside_funding = partial(SecondList, wallet=FUNDING, reach=ALL, time="ts", ties=True, mark=amount_mark)
_beside_trading = partial(SecondList, wallet=TRADING, time="ts")


def _fills(kind: str) -> SecondList:
    return _beside_trading(
        id=f"fills-{kind.lower()}",
        title=mark("Fills"),
        **asked(
            "trade/fills-history",
            "Order book trading, Get transaction details (last 3 months)",
            Limit(10, 2),
            by="billId",
            params={"instType": kind},
        ),
        reach=QUARTER,
        fields=required(texts="billId instId tradeId side", amounts="fillPx fillSz", times="ts"),
        read=fill,
        table="fills",
        types=TRADE,
        mark=fill_mark,
        group="fills",
        # Liquidations, ADL and deliveries are fills too, and have types of their own in the ledger.
        perhaps={TRADING: None},
        shared=True,
        # A fill names one row of the ledger itself: of spot there are two.
        joined_by={name: name for name in ("instrument", "order_id", "trade_id")},
        not_had=frozenset() if kind == "SPOT" else NOT_OFFERED,
    )


SHORT_FUNDING = _beside_funding(
    id="funding-month",
    title=mark("Funding account, the last month over again"),
    **asked("asset/bills", "Funding account, Asset bills details", Limit(6, 1), by="ts"),
    reach=MONTH,
    fields=BILL_FIELDS,
    read=bill,
    types=None,
    mark=bill_mark,
)
SHORT_TRADING = _beside_trading(
    id="trading-week",
    title=mark("Trading account, the last 7 days over again"),
    **asked("account/bills", "Trading account, Get bills details (last 7 days)", Limit(5, 1), by="billId"),
    reach=WEEK,
    fields=BILL_FIELDS,
    read=bill,
    types=None,
    mark=bill_mark,
)
DEPOSITS = _beside_funding(
    id="deposits",
    title=mark("Deposits"),
    **asked("asset/deposit-history", "Funding account, Get deposit history", Limit(6, 1), by="ts"),
    fields=(text("depId"), text("ccy"), amount("amt"), text("state"), time("ts")),
    read=deposit,
    table="movements",
    types=DEPOSIT,
)
WITHDRAWALS = _beside_funding(
    id="withdrawals",
    title=mark("Withdrawals"),
    **asked("asset/withdrawal-history", "Funding account, Get withdrawal history", Limit(6, 1), by="ts"),
    fields=(text("wdId"), text("ccy"), amount("amt"), amount("fee", always_blank), text("state"), time("ts")),
    read=withdrawal,
    table="movements",
    types=WITHDRAWAL,
)
SUB_ACCOUNT_TRANSFERS = _beside_funding(
    id="sub-account-transfers",
    title=mark("Transfers to and from sub-accounts"),
    **asked("asset/subaccount/bills", "Sub-account, Get history of sub-account transfer", Limit(6, 1), by="ts"),
    reach=SUB_ACCOUNT_REACH,
    fields=required(texts="billId ccy type subAcct", amounts="amt", times="ts"),
    read=sub_account_transfer,
    table="transfers",
    types=SUB_ACCOUNT,
    # Halves of Trading that have no other in Funding are looked for here.
    also={TRADING: frozenset()},
    main_only=True,
)
CONVERSIONS = _beside_funding(
    id="conversions",
    title=mark("Conversions"),
    **asked("asset/convert/history", "Funding account, Get convert history", Limit(6, 1), by="ts", copy=DOC25),
    reach=replace(ALL, source=f"{DOC}, Funding account, Get convert history"),
    fields=(
        *required(texts="tradeId state side baseCcy quoteCcy"),
        *(amount(name, always_blank) for name in ("fillBaseSz", "fillQuoteSz")),
        time("ts"),
    ),
    read=conversion,
    table="conversions",
    types=CONVERT,
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
