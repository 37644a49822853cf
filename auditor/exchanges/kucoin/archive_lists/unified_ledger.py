"""KuCoin: the ledger of a unified account, of 7 days. It is kept as it comes: nothing older is there to be added up.

Shapes: kucoin-api and a .NET library (July and August 2026). A day a request at most, and 7 days back: kucoin-go
(August 2026). One size of a page is asked for that every text has, and a day with more rows in halves.
"""

from auditor.exchanges.kucoin.archive_lists.listing import DAILY, WEEK, asking, reach, windowed
from auditor.exchanges.kucoin.history_kinds import kind_of
from auditor.exchanges.kucoin.sites import UNIFIED as SITE
from auditor.exchanges.kucoin.sites import unified
from auditor.exchanges.kucoin.sources import UTA, documented
from auditor.i18n import mark
from auditor.model.amounts import ZERO, plain
from auditor.spec.fields import amount, optional_amount, text
from auditor.spec.paged_list import Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import rows_in
from auditor.spec.summed import Change, ChangedRow, ChangeList
from auditor.spec.times import milliseconds

UNIFIED = "unified"
MOST = 100


def ledger_rows(data: object) -> list[object]:
    """Select the rows of an answer, which is a list for other types of accounts."""
    return list(data) if isinstance(data, list) else rows_in("items")(data)


def unified_entry(row: Row) -> ChangedRow:
    """Read a row, whose amount has no sign."""
    size, code, coin = abs(row.amount("amount")), row.text("businessType"), row.text("currency")
    is_in = row.text("direction").upper() == "IN"
    change = size if is_in else -size
    known = row.text("direction").upper() in {"IN", "OUT"}
    return ChangedRow(
        id=row.text("id"),
        time=milliseconds(row.text("ts"), "ns"),
        changes=(Change(wallet=UNIFIED, asset=coin, amount=change, kind=kind_of(code, is_in=change > ZERO)),),
        type=code,
        cells=(UNIFIED, code, coin, plain(change), "", "", "", row.hint("fee"), "", "booked"),
        unknown="" if known else row.text("direction"),
    )


UNIFIED_LEDGER = ChangeList(
    id="unified-ledger",
    title=mark("Ledger of the unified account"),
    wallets=(UNIFIED,),
    endpoint=windowed(
        documented(
            SITE, "account/ledger", unified(2), queries=asking(accountType="UNIFIED"), rows=ledger_rows, source=UTA
        ),
        DAILY,
        WEEK,
    ),
    reach=reach(mark("the last 7 days"), "tigusigalpa/kucoin-go (August 2026)"),
    key="id",
    time="ts",
    unit="ns",
    paging=Single(limit="pageSize", size=MOST),
    ordered=False,
    fields=(
        *(text(name) for name in ("id", "currency", "businessType", "direction", "ts")),
        *(amount("amount"), optional_amount("fee")),
    ),
    read=unified_entry,
    table="products",
    if_given=mark(
        "this account is unified. KuCoin gives 7 days of its changes, and what is in it now is not in this archive: "
        "export its history on KuCoin's site before you close."
    ),
    unused={"112010": mark("KuCoin says that this is no unified account.")},
)
