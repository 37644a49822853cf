"""KuCoin: the ledgers; a new newest entry means that something moved."""

from auditor.exchanges.kucoin.lists import ITEMS
from auditor.exchanges.kucoin.sites import V1, management, spot
from auditor.exchanges.kucoin.sources import documented
from auditor.model.reference_data import Mark
from auditor.spec.endpoint import Query
from auditor.spec.fields import text
from auditor.spec.identity import Lookup
from auditor.spec.parsed_row import Row


def read_newest(row: Row) -> Mark:
    """Return an entry of a ledger's first page."""
    return Mark(subject=row.text("id"), row={})


# 10 is the smallest page that KuCoin gives.
ACCOUNTS = Lookup(
    id="accounts-ledger",
    title="Newest entries in the ledger of the funding, trading, margin and futures accounts",
    endpoint=documented(
        V1,
        "accounts/ledgers",
        management(2),
        queries=(Query(params={"currentPage": "1", "pageSize": "10"}),),
        rows=ITEMS,
    ),
    fields=(text("id"),),
    read=read_newest,
    right="General",
)
HIGH_FREQUENCY = Lookup(
    id="trading-ledger",
    title="Newest entries in the ledger of the high-frequency trading account",
    endpoint=documented(V1, "hf/accounts/ledgers", spot(2), queries=(Query(params={"limit": "10"}),)),
    fields=(text("id"),),
    read=read_newest,
    right="General",
)
LEDGERS = (ACCOUNTS, HIGH_FREQUENCY)
