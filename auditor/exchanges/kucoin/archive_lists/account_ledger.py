"""KuCoin: the ledger of all accounts, a day a request, a year back. It prints no balance after a change.

Its field ``balance`` has "no actual use" (KuCoin API documentation, November 2025): it is 0 in what real accounts were
answered from 2019 on (ccxt/ccxt#9960, #14666). The trading account's rows of the last days stand in its own ledger too,
by the same ids, and with their balances: those are counted there.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    ENTRY_FIELDS,
    FUTURES,
    MAIN,
    MARGIN,
    MARGIN_ID,
    TRADE,
    YEAR,
    entry,
    product_cells,
    reach,
    windowed,
)
from auditor.exchanges.kucoin.archive_lists.trading_ledger import TRADING_ID, TRADING_LEDGER
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import V1, management
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import mark
from auditor.spec.fields import MalformedError, text
from auditor.spec.paged_list import RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.summed import ChangedRow, ChangeList

WALLETS: Mapping[str, str] = {
    "MAIN": MAIN,
    "TRADE": TRADE,
    "TRADE_HF": TRADE,
    "MARGIN": MARGIN,
    "MARGIN_V2": MARGIN,
    "ISOLATED": MARGIN,
    "ISOLATED_V2": MARGIN,
    "CONTRACT": FUTURES,
}
"""The wallet of each type of account: MAIN, TRADE, MARGIN and CONTRACT are documented here, the others elsewhere."""


def wallet_of(account_type: str) -> str:
    """Return the wallet of a type of account; one that is not known has its own name."""
    return WALLETS.get(account_type.upper(), account_type.lower())


def account_entry(row: Row) -> ChangedRow:
    """Read a row by itself."""
    return entry(row, wallet_of(row.text("accountType")))


def own_changes(rows: Iterable[object]) -> dict[str, tuple[str, Decimal]]:
    """Return coin and change of what is counted in the trading account's own ledger, by the ids of its rows."""
    found: dict[str, tuple[str, Decimal]] = {}
    for raw in rows:
        try:
            row = TRADING_LEDGER.changed(raw)
        except (MalformedError, ValueError):
            continue  # Told of its own ledger, and counted here.
        found[row.id] = row.changes[0].asset, row.changes[0].amount
    return found


def account_reader(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
    """Return the reader of the ledger of all accounts beside the trading account's own one, and the margin accounts'.

    Rows of margin accounts that their own ledger of 7 days has not are kept in the same table as that one's.
    """
    own = own_changes(rows_of(TRADING_ID))
    margin = {str(row.get("id")) for row in rows_of(MARGIN_ID)}

    def read(row: Row) -> ChangedRow:
        found = account_entry(row)
        (change,) = found.changes
        if change.wallet == MARGIN and found.id not in margin:
            return replace(found, cells=product_cells(MARGIN, row, found), table="products")
        counted = own.get(found.id) if change.wallet == TRADE else None
        if counted is None:
            return found
        is_same = counted == (change.asset, change.amount)
        return replace(found, changes=(), unknown="" if is_same else f"{change.asset} {found.id}")

    return read


LEDGER = ChangeList(
    id="ledger",
    title=mark("Ledger of all accounts"),
    wallets=(MAIN, TRADE),
    endpoint=windowed(
        documented(V1, "accounts/ledgers", management(2), pagination=pages(500), rows=ITEMS),
        DAILY,
        YEAR,
    ),
    reach=reach(
        mark("the last year"),
        "KuCoin API documentation (2023), Get Account Ledgers; kucoin-api-docs, issues 363 and 385",
        YEAR,
    ),
    key="id",
    time="createdAt",
    fields=(*ENTRY_FIELDS, text("accountType")),
    read=account_entry,
    reader_of=account_reader,
)
