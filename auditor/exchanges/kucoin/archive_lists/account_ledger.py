"""KuCoin: the ledger of all accounts, a day a request, a year back. It prints no balance after a change.

Its field ``balance`` has "no actual use" (KuCoin API documentation, November 2025): it is 0 in what real accounts were
answered from 2019 on (ccxt/ccxt#9960, #14666).
"""

from collections.abc import Mapping

from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    ENTRY_FIELDS,
    FUTURES,
    MAIN,
    MARGIN,
    TRADE,
    YEAR,
    entry,
    reach,
    windowed,
)
from auditor.exchanges.kucoin.lists import ITEMS, pages
from auditor.exchanges.kucoin.sites import V1, management
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import mark
from auditor.spec.fields import Row, text
from auditor.spec.summed import ChangedRow, ChangeList

LEDGER_ID = "ledger"
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
"""The account of each type: the first four and the last are documented, the others are types of other requests."""


def wallet_of(account_type: str) -> str:
    """Return the wallet of a type of account; one that is not known has its own name."""
    return WALLETS.get(account_type.upper(), account_type.lower())


def account_entry(row: Row) -> ChangedRow:
    """Read a row of the ledger of all accounts."""
    return entry(row, wallet_of(row.text("accountType")))


LEDGER = ChangeList(
    id=LEDGER_ID,
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
)
