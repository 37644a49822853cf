"""Kraken Futures: the account log; a new newest entry means that something moved."""

from auditor.exchanges.krakenfutures.rights import READ
from auditor.exchanges.krakenfutures.sources import DOC, HISTORY, HISTORY_LIMIT
from auditor.model.reference_data import Mark
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.fields import text
from auditor.spec.identity import Lookup
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in


def read_newest(row: Row) -> Mark:
    """Return the newest entry of the account log."""
    return Mark(subject=row.text("id"), row={})


LEDGERS = (
    Lookup(
        id="ledger",
        title="Newest entry in the account log",
        endpoint=Endpoint(
            path="account-log",
            site=HISTORY,
            limit=HISTORY_LIMIT,
            queries=(Query(params={"count": "1", "sort": "desc"}),),
            rows=rows_in("logs"),
            source=f"{DOC}, Account log",
        ),
        fields=(text("id"),),
        read=read_newest,
        right=READ,
    ),
)
