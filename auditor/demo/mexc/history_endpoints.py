"""MEXC's endpoints about what is over. Rows come newest first.

Sources: https://www.mexc.com/api-docs/spot-v3 (account trade list, all orders, deposit, withdraw, transfer and internal
transfer history, dust log, rebate endpoints; November 2025) and /api-docs/futures (account and trading endpoints). What
real accounts answered otherwise in October 2026 is so here: transfers reach 90 days, not six months, and the dust log
gives at most 20 rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.demo.mexc.protocol import FUTURES, SPOT, futures_refusal, refusal
from auditor.demo.pages import newest_first, page_by_number, read_number, rows_where
from auditor.demo.venue import Handler, Query

DAY = 86_400_000
"""Milliseconds."""
WEEK, MONTH, QUARTER = 7, 30, 90
"""Days."""
PRIVATE = f"{FUTURES}private/"


@dataclass(frozen=True)
class Reached:
    """A list by time: the field with a row's time, the longest window and the furthest back in days; 0 for no limit."""

    time: str
    span: int = WEEK
    back: int = QUARTER
    start: str = "startTime"
    end: str = "endTime"


REACHED = {
    f"{SPOT}myTrades": Reached("time", span=MONTH, back=MONTH),
    f"{SPOT}allOrders": Reached("time", back=WEEK),
    f"{SPOT}capital/deposit/hisrec": Reached("insertTime"),
    f"{SPOT}capital/withdraw/history": Reached("applyTime"),
    f"{SPOT}capital/transfer": Reached("timestamp", span=MONTH),
    f"{SPOT}capital/transfer/internal": Reached("timestamp"),
    f"{PRIVATE}order/list/order_deals/v3": Reached("timestamp", QUARTER, QUARTER, "start_time", "end_time"),
    f"{PRIVATE}order/list/history_orders": Reached("createTime", QUARTER, QUARTER, "start_time", "end_time"),
    f"{PRIVATE}planorder/list/orders": Reached("createTime", QUARTER, QUARTER, "start_time", "end_time"),
    f"{PRIVATE}stoporder/list/orders": Reached("createTime", QUARTER, QUARTER, "start_time", "end_time"),
}


def check_times(path: str, params: Mapping[str, str], now: float) -> None:
    """Raise RefusedError for a window that is longer, or further back, than a list is given. ``now``: Unix seconds."""
    reached = REACHED.get(path)
    if reached is None:
        return
    refuse = refusal if path.startswith(SPOT) else futures_refusal
    start, end = read_number(params.get(reached.start)), read_number(params.get(reached.end))
    if start and end - start > reached.span * DAY:
        raise refuse(33333, "the time range is too long")
    if start and start < now * 1000 - reached.back * DAY:
        raise refuse(33333, "date is incorrect")


def _in_time(query: Query) -> list[Any]:
    """Return the rows of the time that is asked for, the newest first."""
    reached = REACHED[query.path]
    rows = query.rows("symbol", "fromAccountType", "toAccountType")
    if reached.start in query.params:
        rows = rows_where(rows, reached.time, ">=", int(query.params[reached.start]))
    if reached.end in query.params:
        rows = rows_where(rows, reached.time, "<=", int(query.params[reached.end]))
    return newest_first(rows, lambda row: read_number(row.get(reached.time)))


def _bare(default: int, most: int) -> Handler:
    """Answer the newest rows, as many as are asked for and allowed."""
    return lambda query: _in_time(query)[: min(int(query.params.get("limit", default)), most)]


def _transfers(query: Query) -> Any:
    rows = _in_time(query)
    size = min(int(query.params.get("size", 10)), 100)
    return {"rows": page_by_number(rows, int(query.params.get("page", 1)), size), "total": len(rows)}


def _spot_pages(rows: list[Any], query: Query, default: int) -> Any:
    number, size = int(query.params.get("page", 1)), int(query.params.get("limit", default))
    counts = {"totalRecords": len(rows), "totalPageNum": -(-len(rows) // size), "page": number}
    return {"data": page_by_number(rows, number, size), **counts}


def _internal(query: Query) -> Any:
    return _spot_pages(_in_time(query), query, 10)


def _dust(query: Query) -> Any:
    if int(query.params.get("limit", 1)) > 20:  # noqa: PLR2004
        raise refusal(700004, "limit is too large")
    return _spot_pages(newest_first(query.rows(), lambda row: read_number(row.get("convertTime"))), query, 1)


def _rebates(query: Query) -> Any:
    return _spot_pages(newest_first(query.rows(), lambda row: read_number(row.get("updateTime"))), query, 10)


def _futures_page(rows: list[Any], query: Query) -> list[Any]:
    number, size = int(query.params.get("page_num", 1)), min(int(query.params.get("page_size", 20)), 100)
    return page_by_number(rows, number, size)


def _list(query: Query) -> Any:
    return {"success": True, "code": 0, "data": _futures_page(_in_time(query), query)}


def _positions(query: Query) -> Any:
    rows = newest_first(query.rows("symbol"), lambda row: read_number(row.get("updateTime")))
    return {"success": True, "code": 0, "data": _futures_page(rows, query)}


def _counted(time: str) -> Handler:
    """Answer pages with their counts."""

    def handler(query: Query) -> Any:
        rows = newest_first(query.rows("symbol"), lambda row: read_number(row.get(time)))
        number, size = int(query.params.get("page_num", 1)), min(int(query.params.get("page_size", 20)), 100)
        counts = {"pageSize": size, "totalCount": len(rows), "totalPage": -(-len(rows) // size), "currentPage": number}
        return {"success": True, "code": 0, "data": {**counts, "resultList": _futures_page(rows, query)}}

    return handler


HISTORY: dict[str, Handler] = {
    f"{SPOT}myTrades": _bare(100, 100),
    f"{SPOT}allOrders": _bare(500, 1000),
    f"{SPOT}capital/deposit/hisrec": _bare(1000, 1000),
    f"{SPOT}capital/withdraw/history": _bare(1000, 1000),
    f"{SPOT}capital/transfer": _transfers,
    f"{SPOT}capital/transfer/internal": _internal,
    f"{SPOT}capital/convert": _dust,
    f"{SPOT}rebate/detail": _rebates,
    f"{SPOT}rebate/detail/kickback": _rebates,
    f"{PRIVATE}account/transfer_record": _counted("createTime"),
    f"{PRIVATE}position/funding_records": _counted("settleTime"),
    f"{PRIVATE}position/list/history_positions": _positions,
    f"{PRIVATE}order/list/history_orders": _list,
    f"{PRIVATE}planorder/list/orders": _list,
    f"{PRIVATE}stoporder/list/orders": _list,
    f"{PRIVATE}order/list/order_deals/v3": _list,
}
