"""Bitget: the tax records of a classic account, which go back further than its ledgers' 90 days.

They need a right of their own that only reads, Tax. No page says how far back they go, so that they are asked for from
Bitget's beginning on, 30 days at a time. Whether an amount has its sign, and the fee in it, is not documented either:
they only explain. A unified account's tax records need a key of another kind, and are not asked.
"""

from auditor.exchanges.bitget.explaining import explaining
from auditor.exchanges.bitget.history_kinds import CROSS, FUTURES, SPOT
from auditor.exchanges.bitget.sources import ONE, documented, rows_or_null, windows
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Query
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import in_table

NOT_STATED = Reach(words=mark("how far is not documented"))
MONTH = windows(30)
OF_500 = Cursor(cursor="idLessThan", key="id", size=500)


def _records(list_id: str, title: str, kind: str, columns: str, wallet: str = SPOT, **asking: str) -> SecondList:
    """Return tax records. ``kind``: as the path and the field of their types name them."""
    return explaining(
        id=f"tax-{list_id}",
        title=title,
        wallet=wallet,
        reach=NOT_STATED,
        endpoint=documented(
            f"v2/tax/{kind}-record",
            f"Common, Tax, Get {kind.capitalize()} Transaction Records",
            ONE,
            Query(params=asking),
            rows=rows_or_null,
            pages=OF_500,
            windows=MONTH,
        ),
        **in_table("products", f"tax {list_id}", number="id", time="ts", columns=f"type:{kind}TaxType {columns}"),
    )


TAX_LISTS = (
    _records("spot", mark("Tax records: spot"), "spot", "asset:coin amount fee other_amount:balance"),
    _records(
        "futures", mark("Tax records: futures"), "future", "asset:marginCoin other_asset:symbol amount fee", FUTURES[0]
    ),
    *(
        _records(
            kind,
            title,
            "margin",
            "asset:coin other_asset:symbol amount fee other_amount:total",
            CROSS,
            marginType=kind,
        )
        for kind, title in (
            ("isolated", mark("Tax records: isolated margin")),
            ("crossed", mark("Tax records: cross margin")),
        )
    ),
    _records("p2p", mark("Tax records: P2P"), "p2p", "asset:coin amount:total"),
)
