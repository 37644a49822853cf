"""KuCoin: the trading account's own ledger, of 7 days, which prints the balance after every change."""

from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    ENTRY_FIELDS,
    TRADE,
    WEEK,
    entry,
    reach,
    windowed,
)
from auditor.exchanges.kucoin.sites import V1, spot
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor
from auditor.spec.fields import amount
from auditor.spec.parsed_row import Row
from auditor.spec.summed import ChangedRow, ChangeList

TRADING_ID = "trading-ledger"


def trading_entry(row: Row) -> ChangedRow:
    """Read a row, whose balance is the total after the change."""
    row.amount("balance")
    return entry(row, TRADE, row.hint("balance"))


TRADING_LEDGER = ChangeList(
    id=TRADING_ID,
    title=mark("Ledger of the trading account"),
    wallets=(TRADE,),
    endpoint=windowed(
        documented(V1, "hf/accounts/ledgers", spot(2), pagination=Cursor(cursor="lastId", key="id", size=200)),
        DAILY,
        WEEK,
    ),
    # Beyond it the ledger of all accounts has the rows.
    reach=reach(mark("the last 7 days"), "KuCoin API documentation, Get Account Ledgers - Trade_hf (May 2026)"),
    key="id",
    time="createdAt",
    fields=(*ENTRY_FIELDS, amount("balance")),
    read=trading_entry,
    # No page says whether it does of accounts of high frequency: what it lacks is told.
    within="ledger",
    unused={"126001": mark("KuCoin says that this account has no such ledger: its trades are in the one of all.")},
)
