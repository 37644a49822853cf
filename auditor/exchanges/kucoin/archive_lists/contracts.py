"""KuCoin: the ledgers of the margin accounts and of futures, and closed positions.

A request for the ledger of futures spans a day at most (KuCoin Futures API documentation, 2023).

Neither ledger is proved. Of the first no page says whether isolated accounts have chains of their own; the second has
the account's equity in place of its balance, which moves with open positions.
"""

from dataclasses import replace

from auditor.exchanges.kucoin.archive_lists.listing import (
    DAILY,
    ENTRY_FIELDS,
    FUTURES,
    MARGIN,
    MARGIN_ID,
    WEEK,
    YEAR,
    asking,
    entry,
    product_cells,
    reach,
    windowed,
)
from auditor.exchanges.kucoin.errors import NO_MARGIN
from auditor.exchanges.kucoin.lists import ITEMS
from auditor.exchanges.kucoin.sites import FUTURES as FUTURES_SITE
from auditor.exchanges.kucoin.sites import V3, futures, spot
from auditor.exchanges.kucoin.sources import documented
from auditor.i18n import _, mark
from auditor.spec.endpoint import Cursor, Numbered
from auditor.spec.fields import MalformedError, amount, optional_amount, text, time
from auditor.spec.paged_list import Single
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row, rows_in
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.summed import Change, ChangedRow, ChangeList

COMPLETED = "Completed"
FUTURES_KINDS = {
    "RealisedPNL": "pnl",
    "Deposit": "deposit",
    "Withdrawal": "withdrawal",
    "TransferIn": "transfer",
    "TransferOut": "transfer",
}
MOST = 50
"""Rows of an answer about futures: the page size that is documented."""


def margin_entry(row: Row) -> ChangedRow:
    """Read a row of the margin accounts' ledger."""
    found = entry(row, MARGIN)
    return replace(found, cells=product_cells(MARGIN, row, found))


def futures_rows(data: object) -> list[object]:
    """Select the rows of an answer. Raises MalformedError for one that says of itself that it is cut short."""
    (answer,) = object_row(data)
    found = rows_in("dataList")(data)
    if isinstance(answer, dict) and answer.get("hasMore") is True and len(found) < MOST:
        raise MalformedError(_("{name} is not {kind}").format(name="hasMore", kind="false"))
    # KuCoin's example spells the coin of a pending row another way.
    return [{"currency": row.get("currnecy"), **row} if isinstance(row, dict) else row for row in found]


def futures_entry(row: Row) -> ChangedRow:
    """Read a row of futures. One that is pending is the profit of this settlement period so far: no change yet."""
    code, state, size = row.text("type"), row.text("status"), row.amount("amount")
    kind = FUTURES_KINDS.get(code, "other")
    change = Change(wallet=FUTURES, asset=row.text("currency"), amount=size, kind=kind, description=row.hint("remark"))
    cells = ("futures", code, row.text("currency"), row.hint("amount"), "", "", "", row.hint("fee"), "", state)
    return ChangedRow(
        id=f"{row.text('offset')}-{state}",
        time=int(row.hint("time")),
        changes=(change,) if state == COMPLETED else (),
        type=code,
        instrument=row.hint("remark") if kind == "pnl" else "",
        cells=cells,
    )


def position(row: Row) -> ListedRow:
    """Read a closed position."""
    return ListedRow(
        id=row.text("closeId"),
        time=int(row.hint("closeTime")),
        cells=(
            *("futures", row.text("symbol"), row.hint("side"), "", *row.hints("openPrice", "closePrice", "pnl")),
            *row.hints("realisedGrossCost", "tradeFee", "fundingFee", "settleCurrency", "type"),
            *("", row.hint("openTime")),
        ),
    )


MARGIN_LEDGER = ChangeList(
    id=MARGIN_ID,
    title=mark("Ledger of the margin accounts"),
    wallets=(MARGIN,),
    endpoint=windowed(
        documented(V3, "hf/margin/account/ledgers", spot(2), pagination=Cursor(cursor="lastId", key="id", size=200)),
        DAILY,
        WEEK,
    ),
    reach=reach(mark("the last 7 days"), "KuCoin API documentation, Get Account Ledgers - Trade_hf (May 2026)"),
    key="id",
    time="createdAt",
    fields=ENTRY_FIELDS,
    read=margin_entry,
    table="products",
    unused=NO_MARGIN.codes,
)
FUTURES_LEDGER = ChangeList(
    id="futures-ledger",
    title=mark("Ledger of the futures account"),
    wallets=(FUTURES,),
    endpoint=windowed(
        documented(
            FUTURES_SITE,
            "transaction-history",
            futures(2),
            queries=asking(maxCount=f"{MOST}"),
            rows=futures_rows,
        ),
        DAILY,
        YEAR,
    ),
    reach=reach(mark("how far is not documented; a year is asked for"), "KuCoin API documentation (November 2025)"),
    key="",
    time="time",
    paging=Single(limit="", size=MOST),
    ties=True,
    # No page says at which time a row stands that is pending.
    ordered=False,
    fields=(
        *(text(name) for name in ("type", "status", "currency", "offset")),
        *(amount("amount"), optional_amount("fee"), time("time")),
    ),
    read=futures_entry,
    table="products",
)
POSITIONS = SecondList(
    id="positions",
    title=mark("Closed positions"),
    wallet=FUTURES,
    endpoint=documented(
        FUTURES_SITE,
        "history-positions",
        futures(2),
        pagination=Numbered(number="pageId", limit="limit", size=200, total="totalNum"),
        rows=ITEMS,
    ),
    reach=reach(mark("without a stated limit"), "KuCoin API documentation (November 2025), Get Positions History"),
    key="closeId",
    time="closeTime",
    ordered=False,
    fields=(text("closeId"), text("symbol"), time("closeTime"), optional_amount("pnl")),
    read=position,
    table="positions",
    explains=True,
)
