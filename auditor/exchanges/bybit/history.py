"""Bybit: the lists of an archive. Its two ledgers print the balance after every change.

Ids are not what tells rows apart: Bybit's own example of the unified account's ledger has one id twice, and the
Funding account's is documented without any. A row is known by its content, and those of one moment are put in order by
their balances.
"""

from datetime import UTC, datetime, timedelta

from auditor.exchanges.bybit.archive_lists.advanced import ADVANCED_LISTS
from auditor.exchanges.bybit.archive_lists.before_upgrade import BEFORE_UPGRADE_LISTS
from auditor.exchanges.bybit.archive_lists.earn import EARN_LISTS
from auditor.exchanges.bybit.archive_lists.loans import LOAN_LISTS
from auditor.exchanges.bybit.archive_lists.orders import ORDER_LISTS
from auditor.exchanges.bybit.archive_lists.positions import POSITION_LISTS
from auditor.exchanges.bybit.history_kinds import (
    FUNDING,
    FUNDING_KINDS,
    INVESTED,
    UNIFIED,
    UNIFIED_KINDS,
    funding_kind,
    unified_kind,
)
from auditor.exchanges.bybit.movement_lists import MOVEMENTS, TRANSFERS
from auditor.exchanges.bybit.sources import DOC, UNSTATED, asking, documented, windows
from auditor.exchanges.bybit.trade_lists import TRADES
from auditor.exchanges.bybit.wallets import FUNDING as FUNDING_WALLET
from auditor.exchanges.bybit.wallets import coin_rows
from auditor.i18n import _, mark
from auditor.model import amounts
from auditor.spec.endpoint import Endpoint, Limit, Query, Token
from auditor.spec.fields import MalformedError, required
from auditor.spec.history import DerivedWallet, History, OpeningTime
from auditor.spec.ledger import Ledger, LedgerEntry, ShownBalances
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row

SECOND = 1000
"""Milliseconds."""
TWO_YEARS = timedelta(days=730)
OLDEST_KNOWN = datetime(2023, 11, 20, tzinfo=UTC)
"""Of the rows of the Funding account's ledger that real answers have; how far back it goes is not documented."""


def charged(fee: str) -> str:
    """Return a fee as other exchanges write it: below zero where it was paid."""
    value = amounts.parse(fee)
    if not value:
        return fee
    return fee.removeprefix("-") if value < 0 else f"-{fee}"


def unified_entry(row: Row) -> LedgerEntry:
    """Read a row of the unified account's ledger: the change has fee and funding in it."""
    names = ("id", "symbol", "category", "transSubType", "orderId", "tradeId", "orderLinkId", "transactionTime")
    number, symbol, category, subtype, order, trade, ref, moment = row.hints(*names)
    fee, code = row.hint("fee"), row.text("type")
    is_fee = bool(amounts.parse(fee)) and not amounts.parse(row.hint("cashFlow"))
    return LedgerEntry(
        number=int(moment),
        id=number,
        time=int(moment),
        asset=row.text("currency"),
        change=row.amount("change"),
        balance=row.amount("cashBalance"),
        digits=(row.hint("change"), row.hint("cashBalance")),
        kind=unified_kind(code, category, is_fee=is_fee),
        type=code,
        subtype=subtype or category,
        fee=charged(fee),
        instrument=symbol,
        order_id=order,
        trade_id=trade,
        ref=ref,
    )


def funding_entry(row: Row) -> LedgerEntry:
    """Read a row of the Funding account's ledger, whose amount has no sign, and its time whole seconds."""
    direction, size = row.text("ioDirection"), row.amount("txnAmt")
    if direction not in {"I", "O"} or size < 0:
        raise MalformedError(_("{name} is not {kind}").format(name="ioDirection", kind="I, O"))
    is_in, digits = direction == "I", row.hint("txnAmt")
    moment, after, description = row.hint("createTime"), row.hint("afterAmt"), row.hint("description").strip()
    asset, group = row.text("currency"), row.text("showBusiType")
    return LedgerEntry(
        number=int(moment) * SECOND,
        # Newer answers have a row's place, which is its own.
        id=row.hint("currcCursor") or f"{moment}-{asset}-{after}",
        time=int(moment) * SECOND,
        asset=asset,
        change=size if is_in else -size,
        balance=row.amount("afterAmt"),
        digits=(digits if is_in else f"-{digits}", after),
        kind=funding_kind(group, description, is_in=is_in),
        type=group,
        subtype=description,
        description=row.hint("descriptionEn").strip(),
    )


def told_coins(data: object) -> list[object]:
    """Return the coins of the unified account of which the answer says anything: blanks stand for nothing there."""
    return [row for row in coin_rows(data) if not _is_blank(row)]


def _is_blank(row: object) -> bool:
    return isinstance(row, dict) and all(row.get(name) in {None, ""} for name in ("walletBalance", "equity"))


UNIFIED_LEDGER = Ledger(
    id="unified-ledger",
    title=mark("Unified trading account"),
    wallet=UNIFIED,
    endpoint=documented(
        "v5/account/transaction-log",
        "Account, Get Transaction Log",
        Limit(25, 1),
        Query(params={"accountType": "UNIFIED"}, back=TWO_YEARS),
        pages=Token(size=50),
        windows=windows(7),
    ),
    shown=ShownBalances(
        endpoint=documented(
            "v5/account/wallet-balance",
            "Account, Get Wallet Balance",
            Limit(50, 1),
            asking(accountType="UNIFIED"),
            rows=told_coins,
        ),
        asset="coin",
        amount="walletBalance",
    ),
    reach=Reach(
        words=mark("the last 2 years"),
        source=f"{DOC}, Account, Get Transaction Log",
        # A day less than documented, so that nothing is expected too early.
        back=TWO_YEARS - timedelta(days=1),
    ),
    fields=required(texts="currency type", amounts="change cashBalance", times="transactionTime"),
    read=unified_entry,
    key="",
    time="transactionTime",
    asset="currency",
    balance="cashBalance",
    pays_in="funding-ledger",
)
FUNDING_LEDGER = Ledger(
    id="funding-ledger",
    title=mark("Funding account"),
    wallet=FUNDING,
    endpoint=documented(
        "v5/asset/fundinghistory",
        "Asset, Funding Account Transaction History",
        Limit(30, 1),
        pages=Token(size=100),
        windows=windows(7, start="createTimeFrom", end="createTimeTo", seconds=True),
    ),
    shown=ShownBalances(
        endpoint=FUNDING_WALLET.endpoint or Endpoint(path="", limit=Limit(1, 1), source=""),
        asset="coin",
        amount="walletBalance",
        # Cut to 8 of the ledger's 18 in answers of a real account (2026), those of USDT to 5.
        places=5,
    ),
    reach=Reach(
        words=mark("how far is not documented; the oldest row known is of 2023-11-20"),
        source=f"{DOC}, Asset, Funding Account Transaction History",
        first=OLDEST_KNOWN,
    ),
    fields=required(texts="currency ioDirection showBusiType createTime", amounts="txnAmt afterAmt"),
    read=funding_entry,
    key="",
    time="createTime",
    unit="s",
    asset="currency",
    balance="afterAmt",
)
EASY_EARN = DerivedWallet(
    id="easy-earn",
    title=mark("Easy Earn"),
    beside=FUNDING,
    also=(UNIFIED,),
    types=INVESTED,
    shown=ShownBalances(
        endpoint=documented(
            "v5/earn/position",
            "Earn, Get Staked Position",
            Limit(10, 1),
            asking(category="FlexibleSaving"),
        ),
        asset="coin",
        amount="amount",
        # One coin may be in several products.
        several=True,
    ),
    accrued="claimableYield",
)

HISTORY = History(
    ledgers=(FUNDING_LEDGER, UNIFIED_LEDGER),
    seconds=(
        *MOVEMENTS,
        *TRADES,
        *ORDER_LISTS,
        *POSITION_LISTS,
        *EARN_LISTS,
        *ADVANCED_LISTS,
        *LOAN_LISTS,
        *BEFORE_UPGRADE_LISTS,
    ),
    transfers=TRANSFERS,
    kinds={FUNDING: FUNDING_KINDS, UNIFIED: UNIFIED_KINDS},
    derived=(EASY_EARN,),
    opened=OpeningTime(
        endpoint=documented(
            "fht/compliance/tax/v3/private/registertime",
            "V3 Tax API, Get User Register Date",
            UNSTATED,
            method="POST",
            rows=object_row,
        ),
        field="registerTime",
    ),
    remarks=(
        mark(
            "Bybit lists no orders of its card and of Bybit Pay, and P2P orders of advertisers alone: their money is "
            "in the Funding account's ledger."
        ),
        mark("Bybit keeps orders that were cancelled without a fill for 24 hours."),
        mark("Bybit has no ledger of trading bots, copy trading and Earn: what went into them and came out is here."),
        mark(
            "Bybit shows the Funding account's balances with fewer digits than its ledger has: they agree as far as "
            "they are shown."
        ),
    ),
)
