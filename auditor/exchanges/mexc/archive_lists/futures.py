"""MEXC: what changes the Futures account: transfers, the profit and fee of each deal, and funding fees."""

from collections.abc import Callable, Iterator, Mapping

from auditor.exchanges.mexc.archive_lists.listing import (
    CONTRACT_SITE,
    DOC,
    FOR_EVER,
    FUTURES,
    FUTURES_ROWS,
    QUARTER,
    QUARTERLY,
    change,
    futures,
    moment_of,
)
from auditor.exchanges.mexc.errors import NO_FUTURES
from auditor.exchanges.shared.row_ids import ROW_ID, identified
from auditor.i18n import mark
from auditor.model.amounts import ZERO
from auditor.spec.endpoint import Endpoint, Limit, Query
from auditor.spec.fields import amount, flag, optional_amount, required, text, time
from auditor.spec.paged_list import Partition, Reach, RowsOf
from auditor.spec.parsed_row import Row
from auditor.spec.second_list import ListedRow, SecondList
from auditor.spec.summed import ChangedRow, ChangeList

CONTRACTS_ID, FUNDING_ID, ORDERS_ID, POSITIONS_ID = "contracts", "funding", "futures-orders", "futures-positions"
SIDES = {"1": "open long", "2": "close short", "3": "open short", "4": "close long"}
DONE, FAILED = "SUCCESS", "FAILED"
UNUSED = {NO_FUTURES: mark("This account has no futures account.")}
INVERSE = "USD"
"""What a contract is named by that settles in its first coin, as the list of contracts shows for all that it has."""
NO_TIME = "0"


def contract_rows(data: object) -> list[object]:
    """Return the name of each contract and the coin that it settles in. Their rows have no time."""
    return [
        {"symbol": row.get("symbol"), "settleCoin": row.get("settleCoin"), "time": NO_TIME}
        if isinstance(row, dict)
        else row
        for row in FUTURES_ROWS(data)
    ]


def contract(row: Row) -> ListedRow:
    """Read a contract."""
    return ListedRow(id=row.text("symbol"), time=0, cells=())


def symbols_traded(rows_of: RowsOf) -> Iterator[str]:
    """Yield the contracts that the account's orders, positions and funding fees name."""
    for list_id in (ORDERS_ID, POSITIONS_ID, FUNDING_ID):
        for row in rows_of(list_id):
            name = row.get("symbol")
            if isinstance(name, str) and name:
                yield name


def coins_of_contracts(rows_of: RowsOf) -> Mapping[str, str]:
    """Return the coins that contracts settle in, by their names."""
    rows = [(row.get("symbol"), row.get("settleCoin")) for row in rows_of(CONTRACTS_ID)]
    return {name: coin for name, coin in rows if isinstance(name, str) and isinstance(coin, str) and coin}


def coin_of_contract(name: str, coins: Mapping[str, str]) -> str:
    """Return the coin that a contract settles in: as MEXC lists it, else by its name."""
    first, _line, last = name.rpartition("_")
    return coins.get(name) or (first if last == INVERSE else last)


def transfer(row: Row) -> ChangedRow:
    """Read what came into Futures or left it."""
    state, kind = row.text("state"), row.text("type")
    sign = {"IN": 1, "OUT": -1}.get(kind, 0)
    is_done = state == DONE and sign != 0
    return ChangedRow(
        id=row.text("id"),
        time=moment_of(row, "createTime"),
        changes=(change(FUTURES, row.text("currency"), sign * row.amount("amount"), "transfer"),) if is_done else (),
        type=kind,
        ref=row.hint("txid"),
        unknown="" if is_done or state == FAILED else f"{kind} {state}",
    )


def reader_with_coins(
    read: Callable[[Row, str, str], ChangedRow],
) -> Callable[[RowsOf], Callable[[Row], ChangedRow]]:
    """Return what makes a reader of rows that do not name the coin in which their contract settles."""

    def reader_of(rows_of: RowsOf) -> Callable[[Row], ChangedRow]:
        coins = coins_of_contracts(rows_of)

        def read_one(row: Row) -> ChangedRow:
            name = row.text("symbol")
            return read(row, coin_of_contract(name, coins), "" if name in coins else name)

        return read_one

    return reader_of


def deal(row: Row, coin: str, unknown: str) -> ChangedRow:
    """Read a deal: the profit of what it closed, and its fee, which is above zero where it was paid.

    ``coin``: that of the profit; ``unknown``: the contract, where MEXC no longer lists it.
    """
    profit, fee, fee_coin = row.amount_or_none("profit") or ZERO, row.amount("fee"), row.text("feeCurrency")
    name, number, order = row.text("symbol"), row.text("id"), row.text("orderId")
    changes = (
        *((change(FUTURES, coin, profit, "pnl"),) if profit else ()),
        *((change(FUTURES, fee_coin, -fee, "fee"),) if fee else ()),
    )
    side = SIDES.get(row.hint("side"), row.hint("side"))
    liquidity = "taker" if row.flag("isTaker") else "maker"
    return ChangedRow(
        id=row.text(ROW_ID),
        time=moment_of(row, "timestamp"),
        changes=changes,
        type="deal",
        instrument=name,
        order_id=order,
        trade_id=number,
        cells=(name, side, *row.hints("price", "vol", "fee"), fee_coin, liquidity, order, number, ""),
        unknown=unknown,
    )


def funding(row: Row, coin: str, unknown: str) -> ChangedRow:
    """Read a funding fee, which is above zero where it was received."""
    return ChangedRow(
        id=row.text("id"),
        time=moment_of(row, "settleTime"),
        changes=(change(FUTURES, coin, row.amount("funding"), "funding"),),
        type="funding",
        instrument=row.text("symbol"),
        unknown=unknown,
    )


CONTRACTS = SecondList(
    id=CONTRACTS_ID,
    title=mark("Contracts"),
    wallet=FUTURES,
    endpoint=Endpoint(
        path="api/v1/contract/detail",
        site=CONTRACT_SITE,
        limit=Limit(1, 5),
        rows=contract_rows,
        source=f"{DOC}, GET /api/v1/contract/detail: once in 5 s",
    ),
    reach=Reach(words=FOR_EVER.words, source=f"{DOC}, GET /api/v1/contract/detail"),
    key="symbol",
    time="time",
    timed=True,
    fields=(text("symbol"), text("settleCoin")),
    read=contract,
    explains=True,
)
FUTURES_TRANSFERS = ChangeList(
    id="futures-transfers",
    title=mark("Transfers to and from Futures"),
    wallets=(FUTURES,),
    endpoint=futures("account/transfer_record"),
    reach=FOR_EVER,
    key="id",
    time="createTime",
    ordered=False,
    fields=(*(text("id"), text("currency"), amount("amount"), text("type"), text("state"), time("createTime")),),
    read=transfer,
    unused=UNUSED,
)
DEALS = ChangeList(
    id="futures-deals",
    title=mark("Futures deals"),
    wallets=(FUTURES,),
    endpoint=futures(
        "order/list/order_deals/v3",
        query=Query(back=QUARTER),
        windows=QUARTERLY,
        rows=identified(FUTURES_ROWS, "id", "orderId"),
    ),
    reach=Reach(words=mark("the last 90 days"), back=QUARTER),
    key=ROW_ID,
    time="timestamp",
    ordered=False,
    partition=Partition(
        parameter="symbol", of=(ORDERS_ID, POSITIONS_ID, FUNDING_ID), find=symbols_traded, field="symbol"
    ),
    fields=(
        *(text(ROW_ID), text("id"), text("orderId"), text("symbol"), amount("fee"), text("feeCurrency")),
        *(optional_amount("profit"), flag("isTaker"), time("timestamp")),
    ),
    read=lambda row: deal(row, "", ""),
    reader_of=reader_with_coins(deal),
    table="fills",
    unused=UNUSED,
)
FUNDING = ChangeList(
    id=FUNDING_ID,
    title=mark("Funding fees"),
    wallets=(FUTURES,),
    endpoint=futures("position/funding_records"),
    reach=FOR_EVER,
    key="id",
    time="settleTime",
    ordered=False,
    fields=required(texts="id symbol", amounts="funding", times="settleTime"),
    read=lambda row: funding(row, "", ""),
    reader_of=reader_with_coins(funding),
    unused=UNUSED,
)
