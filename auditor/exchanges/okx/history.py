"""OKX: the lists of an archive. Its two ledgers print the balance after every change.

The files of older quarters are none of it: they must be applied for by POST, which makes OKX do something.
"""

from datetime import UTC, datetime, timedelta

from auditor.exchanges.okx.archive_lists.bots import BOT_LISTS
from auditor.exchanges.okx.archive_lists.conversions import CONVERSION_LISTS
from auditor.exchanges.okx.archive_lists.orders import ORDER_LISTS
from auditor.exchanges.okx.archive_lists.positions import POSITION_LISTS
from auditor.exchanges.okx.archive_lists.products import PRODUCT_LISTS
from auditor.exchanges.okx.earn import SIMPLE_EARN
from auditor.exchanges.okx.history_kinds import FUNDING_KINDS, TRADING_KINDS
from auditor.exchanges.okx.second_lists import SECOND_LISTS, TRANSFERS
from auditor.exchanges.okx.sources import DOC
from auditor.exchanges.okx.wallets import FUNDING as FUNDING_WALLET
from auditor.exchanges.okx.wallets import TRADING as TRADING_WALLET
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query
from auditor.spec.fields import amount, text, time
from auditor.spec.history import DerivedWallet, History
from auditor.spec.ledger import Ledger, LedgerEntry, QuarterFiles, ShownBalances
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.quick_entry import quick_reader
from auditor.spec.surface import Surface

OTHER = "other"
BY_NUMBER = Cursor(cursor="after", key="billId")
TRADING_TEXTS = ("balChg", "bal", "ts", "notes", "subType", "fee", "instId", "ordId", "tradeId", "clOrdId")
"""What is kept of a row of the Trading ledger as it came."""
NEEDED = ("billId", "ts", "ccy", "balChg", "bal", "type")
quick_funding_entry = quick_reader(NEEDED, ("", "notes", "", "", "", "", "clientId"), FUNDING_KINDS, OTHER)
quick_trading_entry = quick_reader(
    NEEDED, ("subType", "notes", "fee", "instId", "ordId", "tradeId", "clOrdId"), TRADING_KINDS, OTHER
)
FIELDS = (text("billId"), text("ccy"), amount("balChg"), amount("bal"), text("type"), time("ts"))


def funding_entry(row: Row) -> LedgerEntry:
    """Read a row of the Funding ledger."""
    change, balance, time, notes, ref = row.hints("balChg", "bal", "ts", "notes", "clientId")
    code = row.text("type")
    return LedgerEntry(
        number=int(row.text("billId")),
        time=int(time),
        asset=row.text("ccy"),
        change=row.amount("balChg"),
        balance=row.amount("bal"),
        digits=(change, balance),
        kind=FUNDING_KINDS.get(code, OTHER),
        type=code,
        description=notes,
        ref=ref,
    )


def trading_entry(row: Row) -> LedgerEntry:
    """Read a row of the Trading ledger. A row of a contract that changes no cash has a change of 0."""
    change, balance, time, notes, subtype, fee, instrument, order, trade, ref = row.hints(*TRADING_TEXTS)
    code = row.text("type")
    return LedgerEntry(
        number=int(row.text("billId")),
        time=int(time),
        asset=row.text("ccy"),
        change=row.amount("balChg"),
        balance=row.amount("bal"),
        digits=(change, balance),
        kind=TRADING_KINDS.get(code, OTHER),
        type=code,
        subtype=subtype,
        description=notes,
        fee=fee,
        instrument=instrument,
        order_id=order,
        trade_id=trade,
        ref=ref,
    )


def _shown(wallet: Surface, amount_name: str) -> ShownBalances:
    if wallet.endpoint is None:
        raise ValueError(wallet.id)
    return ShownBalances(endpoint=wallet.endpoint, asset="ccy", amount=amount_name)


FUNDING = Ledger(
    id="funding-ledger",
    title=mark("Funding account"),
    wallet="funding",
    endpoint=Endpoint(
        path="asset/bills-history",
        limit=Limit(1, 1),
        # Paged by id: rows of one millisecond at the edge of a page would else be lost.
        queries=(Query(params={"pagingType": "2"}),),
        pagination=BY_NUMBER,
        source=f"{DOC}, Funding account, Asset bills history",
    ),
    shown=_shown(FUNDING_WALLET, "bal"),
    reach=Reach(
        words=mark("since 2021-02-01"),
        source=f"{DOC}, Funding account, Asset bills history",
        first=datetime(2021, 2, 1, tzinfo=UTC),
    ),
    fields=FIELDS,
    read=funding_entry,
    quick=quick_funding_entry,
    key="billId",
    time="ts",
    asset="ccy",
    balance="bal",
)
TRADING = Ledger(
    id="trading-ledger",
    title=mark("Trading account"),
    wallet="trading",
    endpoint=Endpoint(
        path="account/bills-archive",
        limit=Limit(5, 2),
        pagination=BY_NUMBER,
        source=f"{DOC}, Trading account, Get bills details (last 3 months)",
    ),
    # Equity has profit in it that is not booked yet; the ledger's balance is the cash.
    shown=_shown(TRADING_WALLET, "cashBal"),
    reach=Reach(
        words=mark("the last 3 months"),
        source=f"{DOC}, Trading account, Get bills details (last 3 months)",
        back=timedelta(days=89),
    ),
    fields=FIELDS,
    read=trading_entry,
    quick=quick_trading_entry,
    key="billId",
    time="ts",
    asset="ccy",
    balance="bal",
    pays_in="funding-ledger",
    # A GET that says which files lie ready. The POST that applies for one is never sent.
    files=QuarterFiles(
        endpoint=Endpoint(
            path="account/bills-history-archive",
            limit=Limit(10, 2),
            source=f"{DOC}, Trading account, Get bills details (since 2021)",
        ),
        year="year",
        quarter="quarter",
        link="fileHref",
        state="state",
        ready="finished",
    ),
)

HISTORY = History(
    ledgers=(FUNDING, TRADING),
    seconds=(
        *SECOND_LISTS,
        *ORDER_LISTS,
        *POSITION_LISTS,
        *CONVERSION_LISTS,
        *PRODUCT_LISTS,
        *BOT_LISTS,
    ),
    transfers=TRANSFERS,
    kinds={"funding": FUNDING_KINDS, "trading": TRADING_KINDS},
    derived=(
        DerivedWallet(
            id="simple-earn",
            title=mark("Simple Earn"),
            beside="funding",
            types=frozenset({"75", "76"}),
            shown=_shown(SIMPLE_EARN, "amt"),
            accrued="earnings",
        ),
    ),
    remarks=(
        mark("OKX lists no P2P orders, Card, Pay, NFT and Jumpstart: their money is in the Funding ledger."),
        mark("OKX keeps orders that were cancelled without a fill for two hours."),
    ),
    dictionary=Endpoint(
        path="account/subtypes",
        limit=Limit(20, 2),
        source=f"{DOC}, Trading account, Get bill types",
    ),
    # A pair has one hyphen, BTC-USDT; BTC-USDT-SWAP, BTC-USD-260327 and options have more.
    contracts="-.+-",
)
