"""OKX: the ledgers; a new newest entry means that something moved."""

from auditor.exchanges.okx.sources import DOC
from auditor.model.reference_data import Mark
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import text
from auditor.spec.identity import Lookup
from auditor.spec.parsed_row import Row


def read_newest(row: Row) -> Mark:
    """Return the newest entry of a ledger."""
    return Mark(subject=row.text("billId"), row={})


FUNDING = Lookup(
    id="funding-ledger",
    title="Newest entry in the ledger of the funding wallet",
    endpoint=Endpoint(
        path="asset/bills",
        limit=Limit(6, 1),
        queries=(Query(params={"limit": "1"}),),
        source=f"{DOC}, Funding account, Asset bills details",
    ),
    fields=(text("billId"),),
    read=read_newest,
)
TRADING = Lookup(
    id="trading-ledger",
    title="Newest entry in the ledger of the trading wallet",
    endpoint=Endpoint(
        path="account/bills",
        limit=Limit(5, 1),
        queries=(Query(params={"limit": "1"}),),
        source=f"{DOC}, Trading account, Get bills details (last 7 days)",
    ),
    fields=(text("billId"),),
    read=read_newest,
)
LEDGERS = (FUNDING, TRADING)
