"""Kraken: the ledger; a new newest entry means that something moved.

Entries of tokenised stocks have a list of their own, not asked here: what moves there moves a balance or money too.
"""

from auditor.exchanges.kraken.no_result import KEY
from auditor.exchanges.kraken.rights import LEDGER
from auditor.exchanges.kraken.rows import newest_in
from auditor.exchanges.kraken.sources import LEDGER_COST, private
from auditor.model.reference_data import Mark
from auditor.spec.fields import text
from auditor.spec.identity import Lookup
from auditor.spec.parsed_row import Row


def read_newest(row: Row) -> Mark:
    """Return the newest entry of the ledger."""
    return Mark(subject=row.text(KEY), row={})


NEWEST = Lookup(
    id="ledger",
    title="Newest entry in the ledger",
    endpoint=private("Ledgers", "Get Ledgers Info", rows=newest_in("ledger", "time"), cost=LEDGER_COST),
    fields=(text(KEY),),
    read=read_newest,
    right=LEDGER,
)
LEDGERS = (NEWEST,)
