"""HTX: past orders and trades of USDT-margined contracts: of each contract that the bills name, or of each kind.

Field names of an order: HTX's page Get Order History; of a trade: Get Execution Details.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from auditor.exchanges.htx.contracts import ASKED, BILLS, CONTRACTS, READS, TWO_DAYS, WALLET, bill_rows
from auditor.exchanges.htx.sources import documented
from auditor.i18n import mark
from auditor.spec import table_rows
from auditor.spec.endpoint import Endpoint, RowSelector
from auditor.spec.fields import time
from auditor.spec.paged_list import Partition, Reach, RowsOf, Single
from auditor.spec.second_list import SecondList

HISTORY, DETAILS, ALGO = "Get Order History", "Get Execution Details", "algo order history"
SOURCE = "HTX API pages, USDT-margined contracts"
WAITED_FOR = "price_waited_for"
"""The field that is added to an order that waited for a price: a trigger, or else a take-profit or stop-loss price."""
WAITED_FOR_NAMES = ("trigger_price", "tp_trigger_price", "sl_trigger_price")
KINDS = ("trigger", "tp", "sl", "tpsl", "trailing_stop")
in_table = partial(table_rows.in_table, moment=time, time="created_time")


def contracts_billed(rows_of: RowsOf) -> Iterator[str]:
    """Yield the contracts that a bill names: a transfer's names none."""
    return (str(row["contract_code"]) for row in rows_of(BILLS.id) if row.get("contract_code"))


def waiting_rows(data: object) -> list[object]:
    """Return orders that waited for a price, each with that price, which has a name for each kind of them."""
    return [{**row, WAITED_FOR: _waited_for(row)} if isinstance(row, dict) else row for row in bill_rows(data)]


def _waited_for(row: Mapping[str, object]) -> object:
    return next((row[name] for name in WAITED_FOR_NAMES if row.get(name)), "")


_listed = partial(
    SecondList, wallet=WALLET, key="id", ordered=False, explains=True, paging=Single(limit="limit", size=100)
)
_of_contracts = partial(
    _listed,
    partition=Partition(
        parameter="contract_code", of=(BILLS.id,), find=contracts_billed, field="contract_code", about=5
    ),
)


def _read(path: str, page: str, *, rows: RowSelector = bill_rows, **asking: str) -> Endpoint:
    return documented(
        f"v5/{path}",
        f"USDT-margined contracts, {page}",
        READS,
        site=CONTRACTS,
        params=asking,
        back=ASKED,
        rows=rows,
        windows=TWO_DAYS,
    )


def _orders(mode: str, title: str) -> SecondList:
    return _of_contracts(
        id=f"contract-orders-{mode}",
        title=title,
        endpoint=_read("trade/order/history", HISTORY, margin_mode=mode),
        reach=Reach(words=mark("the last 90 days"), source=f"{SOURCE}, {HISTORY}", back=ASKED),
        **in_table(
            "orders",
            f"{mode} contract",
            number="id",
            columns=(
                "instrument:contract_code side type price amount:volume average_price:trade_avg_price "
                "filled:trade_volume fee fee_asset:fee_currency state client_id:client_order_id updated:updated_time"
            ),
        ),
    )


CONTRACT_LISTS = (
    _orders("cross", mark("Orders of contracts on cross margin")),
    _orders("isolated", mark("Orders of contracts on isolated margin")),
    _of_contracts(
        id="contract-fills",
        title=mark("Trades of contracts"),
        endpoint=_read("trade/order/details", DETAILS),
        # The page's heading says three days, the table of its parameters 90.
        reach=Reach(words=mark("3 days at least, 90 at most,"), source=f"{SOURCE}, {DETAILS}", back=ASKED),
        **in_table(
            "fills",
            "",
            number="id",
            columns=(
                "instrument:contract_code side price:trade_price amount:trade_volume fee:trade_fee "
                "fee_asset:fee_currency liquidity:role order_id trade_id"
            ),
        ),
    ),
    _listed(
        id="contract-algo-orders",
        title=mark("Orders of contracts that waited for a price"),
        endpoint=_read("algo/order/history", ALGO, rows=waiting_rows),
        reach=Reach(words=mark("the last 90 days"), source=f"{SOURCE}, {ALGO}", back=ASKED),
        partition=Partition(parameter="type", values=KINDS, shared=True),
        **in_table(
            "orders",
            "algo contract",
            number="id",
            columns=(
                f"instrument:contract_code side type price:{WAITED_FOR} amount:volume state "
                "client_id:algo_client_order_id updated:updated_time"
            ),
        ),
    ),
)
