"""Bybit: the ledgers of the unified and the funding account; a new newest entry means that something moved.

The funding account's entries have no id: time, coin, amount and what is left after it stand for one. No ledger shows
Earn, bots, copy trading or Alpha.
"""

from auditor.exchanges.bybit.sources import asking, documented
from auditor.model.reference_data import Mark
from auditor.spec.endpoint import Limit
from auditor.spec.fields import amount, text
from auditor.spec.identity import Lookup
from auditor.spec.parsed_row import Row


def newest_of_unified(row: Row) -> Mark:
    """Return the newest entry of the unified account."""
    return Mark(subject=f"{row.text('id')} {row.text('transactionTime')}", row={})


def newest_of_funding(row: Row) -> Mark:
    """Return the newest entry of the funding account."""
    parts = (row.text("createTime"), row.text("currency"), f"{row.amount('txnAmt')}", f"{row.amount('afterAmt')}")
    return Mark(subject=" ".join(parts), row={})


UNIFIED = Lookup(
    id="unified-ledger",
    title="Newest entry in the ledger of the unified account",
    endpoint=documented("v5/account/transaction-log", "Account, Get Transaction Log", Limit(25, 1), asking(limit="1")),
    fields=(text("id"), text("transactionTime")),
    read=newest_of_unified,
)
FUNDING = Lookup(
    id="funding-ledger",
    title="Newest entry in the ledger of the funding account",
    endpoint=documented(
        "v5/asset/fundinghistory", "Asset, Get Funding Account History", Limit(30, 1), asking(limit="1")
    ),
    fields=(text("createTime"), text("currency"), amount("txnAmt"), amount("afterAmt")),
    read=newest_of_funding,
)
LEDGERS = (UNIFIED, FUNDING)
