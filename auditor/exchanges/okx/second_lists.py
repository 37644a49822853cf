"""OKX: the lists beside its two ledgers. Each shows a part of a ledger over again.

The short lists of bills show every row of the last days; those of fills, deposits, withdrawals and transfers to
sub-accounts show what a ledger could lose without a trace in its balances, as far back as each goes.
"""

from collections.abc import Hashable
from datetime import UTC, datetime, timedelta

from auditor.exchanges.okx.sources import DOC, DOC25
from auditor.i18n import mark
from auditor.model.amounts import add
from auditor.spec.blanks import always_blank
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query
from auditor.spec.fields import Row, amount, text, time
from auditor.spec.history import LedgerEntry, ListedRow, Reach, SecondList, WalletTransfer

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
SUCCESS, CANCELED, FILLED = "2", "-2", "fullyFilled"
BILL_FIELDS = (text("billId"), text("ccy"), amount("balChg"), amount("bal"), time("ts"))
BY_TIME = Cursor(cursor="after", key="ts")
BY_BILL = Cursor(cursor="after", key="billId")


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
