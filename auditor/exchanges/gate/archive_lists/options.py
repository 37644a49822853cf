"""Gate: trades, orders, closed positions and settlements of options, a list for each underlying of their ledger."""

from collections.abc import Iterator

from auditor.exchanges.gate.archive_lists.explaining import BY_OFFSET, explaining, in_table
from auditor.exchanges.gate.errors import NEVER_OPENED
from auditor.exchanges.gate.history_kinds import OPTIONS
from auditor.exchanges.gate.sources import documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Offset
from auditor.spec.paged_list import Partition, RowsOf
from auditor.spec.second_list import SecondList
from auditor.spec.table_rows import InTable

LEDGER_ID = f"{OPTIONS}-ledger"
NOT_HAD = frozenset(NEVER_OPENED)
TRADED = frozenset({"fee", "prem", "set"})


def underlyings(rows_of: RowsOf) -> Iterator[str]:
    """Yield what the options of the ledger's rows are on: BTC_USDT of BTC_USDT-20211130-65000-C."""
    for row in rows_of(LEDGER_ID):
        contract, hyphen, _terms = str(row.get("text") or "").partition("-")
        if hyphen and "_" in contract:
            yield contract


ON_EACH = Partition(parameter="underlying", of=(LEDGER_ID,), find=underlyings, about=2)


def _listed(
    list_id: str, title: str, page: str, meaning: InTable, *, pages: Offset | None = BY_OFFSET, **asking: str
) -> SecondList:
    """Return a list of options. ``list_id``: its path, too."""
    return explaining(
        id=f"{OPTIONS}-{list_id.replace('_', '-')}",
        title=title,
        wallet=OPTIONS,
        endpoint=documented(
            f"options/{list_id}", page, pages=pages, windows=None if pages is None else months(), asking=asking
        ),
        partition=ON_EACH,
        not_had=NOT_HAD,
        used_by={OPTIONS: TRADED},
        **meaning,
    )


OPTION_LISTS = (
    _listed(
        "my_trades",
        mark("Fills"),
        "Query personal trading records",
        in_table(
            "fills",
            "",
            number="id contract",
            time="create_time",
            columns="instrument:contract price amount:size liquidity:role order_id trade_id:id",
        ),
    ),
    _listed(
        "orders",
        mark("Orders"),
        "List options orders",
        in_table(
            "orders",
            OPTIONS,
            number="id",
            time="create_time",
            columns=(
                "instrument:contract type:tif price amount:size average_price:fill_price state:finish_as "
                "client_id:text updated:finish_time"
            ),
        ),
        status="finished",
    ),
    _listed(
        "my_settlements",
        mark("Settlements"),
        "Query personal settlement records",
        in_table(
            "positions",
            OPTIONS,
            number="time contract",
            time="time",
            columns=(
                "instrument:contract amount:size close_price:settle_price pnl:settle_profit realized:realised_pnl fee "
                "asset:=USDT type:=settlement"
            ),
        ),
    ),
    _listed(
        "position_close",
        mark("Closed positions"),
        "List user's liquidation history of specified underlying",
        in_table(
            "positions",
            OPTIONS,
            number="time contract side",
            time="time",
            columns="instrument:contract side pnl asset:=USDT type:text",
        ),
        pages=None,
    ),
)
