"""Bitget's history lists (www.bitget.com/api-doc): ledgers, fills, orders, positions, conversions, transfers.

Each list reaches 90 days back, in windows of a documented length. A unified account's pages have a cursor, also the
last one; a classic account asks for rows below the last id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from auditor.demo.bitget.protocol import data, refusal
from auditor.demo.model import Row
from auditor.demo.pages import is_whole, read_number
from auditor.demo.venue import Handler, Query, Request

DAY = 86_400_000
"""Milliseconds."""
KEPT = 90


@dataclass(frozen=True)
class Span:
    """The time of a list's rows, and what may be asked.

    ``time``: their field; ``most``: days of one request; ``limit``: requests a second; ``right``: that a key needs;
    ``kept``: days that are given, 0 without a limit; ``needed``: parameters without which there is no answer.
    """

    time: str
    most: int
    limit: int
    right: str = ""
    kept: int = KEPT
    needed: tuple[str, ...] = ()


def _from(rows: list[Row], query: Query, span: Span) -> list[Row]:
    start, end = (query.params.get(name) for name in ("startTime", "endTime"))
    return [
        row
        for row in rows
        if (start is None or int(start) <= read_number(row[span.time]))
        and (end is None or read_number(row[span.time]) <= int(end))
    ]


def _page(rows: list[Row], query: Query, key: str, cursor: str, most: int) -> list[Row]:
    """Return the rows below an id, as many as are asked for."""
    size, below = query.params.get("limit", "20"), query.params.get(cursor, "")
    if not is_whole(size) or not 1 <= int(size) <= most:
        raise refusal("400172", "Parameter verification failed")
    return [row for row in rows if not below or read_number(row[key]) < int(below)][: int(size)]


def _by_place(rows: list[Row], query: Query) -> dict[str, Any]:
    """Cut a page of rows without ids: the cursor is how many came before."""
    start, size = read_number(query.params.get("cursor")), read_number(query.params.get("limit", "100"))
    page = rows[start : start + size]
    return {"list": page or None, "cursor": str(start + len(page)) if page else None}


def by_cursor(key: str, span: Span, select: Callable[[list[Row], Query], list[Row]]) -> Handler:
    """Answer a list of a unified account with the id of its last row as cursor, or null.

    ``key``: of that id, "" for rows without one.
    """

    def handler(query: Query) -> Any:
        rows = _from(select(query.rows(), query), query, span)
        if not key:
            return data(_by_place(rows, query))
        page = _page(rows, query, key, "cursor", 100)
        return data({"list": page or None, "cursor": page[-1][key] if page else None})

    return handler


def _by_category(rows: list[Row], query: Query) -> list[Row]:
    if "category" not in query.params:
        raise refusal("400172", "Parameter verification failed")
    return [row for row in rows if row["category"] == query.params["category"]]


def _by_role(rows: list[Row], query: Query) -> list[Row]:
    """Return the transfers that the account began, or those that others began for it."""
    own = query.account.key["userId"]
    is_received = query.params.get("role") == "receiver"
    return [row for row in rows if (row["fromUserId"] != own) is is_received]


def _all(rows: list[Row], _query: Query) -> list[Row]:
    return rows


def by_id(name: str, key: str, span: Span, *filters: str, most: int = 100) -> Handler:
    """Answer a list of a classic account, bare or in an object with the id of its last row."""

    def handler(query: Query) -> Any:
        page = _page(_from(query.rows(*filters), query, span), query, key, "idLessThan", most)
        return data({name: page or None, "endId": page[-1][key] if page else None} if name else page)

    return handler


RECORD = Span("ts", 30, 20)
FILL = Span("createdTime", 30, 20, "uta_trade")
POSITION = Span("updatedTime", 30, 20, "uta_trade")
TAX = Span("ts", 30, 1, "taxr", kept=0, needed=("startTime", "endTime"))
DEBT = Span("cTime", 90, 10, needed=("startTime",))
SPANS = {
    "/api/v3/account/financial-records": RECORD,
    "/api/v3/account/funding-financial-records": Span("ts", 30, 10),
    "/api/v3/account/convert-records": RECORD,
    "/api/v3/account/sub-transfer-record": Span("createdTime", 90, 5),
    "/api/v3/trade/fills": FILL,
    "/api/v3/trade/history-orders": FILL,
    "/api/v3/position/history-position": POSITION,
    "/api/v2/spot/account/bills": Span("cTime", 90, 10),
    "/api/v2/mix/account/bill": Span("cTime", 30, 10),
    "/api/v2/margin/crossed/financial-records": Span("cTime", 90, 10),
    "/api/v2/spot/trade/fills": Span("cTime", 90, 10),
    "/api/v2/spot/trade/history-orders": Span("cTime", 90, 20),
    "/api/v2/mix/order/fill-history": Span("cTime", 7, 10),
    "/api/v2/mix/order/orders-history": Span("cTime", 90, 10),
    "/api/v2/mix/position/history-position": Span("utime", 90, 20),
    "/api/v2/convert/convert-record": Span("ts", 90, 10),
    "/api/v2/spot/account/sub-main-trans-record": Span("ts", 90, 20),
    "/api/v2/earn/savings/records": Span("ts", 90, 10, needed=("periodType",)),
    **{f"/api/v2/margin/crossed/{kind}-history": DEBT for kind in ("borrow", "repay", "interest", "liquidation")},
    **{f"/api/v2/tax/{kind}-record": TAX for kind in ("spot", "future", "margin", "p2p")},
}


def _v3(path: str, key: str, select: Callable[[list[Row], Query], list[Row]]) -> Handler:
    return by_cursor(key, SPANS[f"/api/v3/{path}"], select)


def _v2(path: str, name: str, key: str, *filters: str, most: int = 100) -> Handler:
    return by_id(name, key, SPANS[f"/api/v2/{path}"], *filters, most=most)


UNIFIED_LISTS: dict[str, Handler] = {
    "account/financial-records": _v3("account/financial-records", "id", _by_category),
    "account/funding-financial-records": _v3("account/funding-financial-records", "id", _all),
    "account/convert-records": _v3("account/convert-records", "", _all),
    "account/sub-transfer-record": _v3("account/sub-transfer-record", "transferId", _by_role),
    "trade/fills": _v3("trade/fills", "execId", _by_category),
    "trade/history-orders": _v3("trade/history-orders", "orderId", _by_category),
    "position/history-position": _v3("position/history-position", "positionId", _by_category),
}
CLASSIC_LISTS: dict[str, Handler] = {
    "spot/account/bills": _v2("spot/account/bills", "", "billId", most=500),
    "mix/account/bill": _v2("mix/account/bill", "bills", "billId", "productType"),
    "margin/crossed/financial-records": _v2("margin/crossed/financial-records", "resultList", "marginId", most=500),
    "spot/trade/fills": _v2("spot/trade/fills", "", "tradeId"),
    "spot/trade/history-orders": _v2("spot/trade/history-orders", "", "orderId", "tpslType"),
    "mix/order/fill-history": _v2("mix/order/fill-history", "fillList", "tradeId", "productType"),
    "mix/order/orders-history": _v2("mix/order/orders-history", "entrustedList", "orderId", "productType"),
    "mix/position/history-position": _v2("mix/position/history-position", "list", "positionId", "productType"),
    "convert/convert-record": _v2("convert/convert-record", "dataList", "id"),
    "spot/account/sub-main-trans-record": _v2("spot/account/sub-main-trans-record", "", "transferId", "role"),
    "earn/savings/records": _v2("earn/savings/records", "resultList", "orderId", "periodType"),
    "margin/crossed/borrow-history": _v2("margin/crossed/borrow-history", "resultList", "loanId", most=500),
    "margin/crossed/repay-history": _v2("margin/crossed/repay-history", "resultList", "repayId", most=500),
    "margin/crossed/interest-history": _v2("margin/crossed/interest-history", "resultList", "interestId", most=500),
    "margin/crossed/liquidation-history": _v2("margin/crossed/liquidation-history", "resultList", "liqId", most=500),
    "tax/spot-record": _v2("tax/spot-record", "", "id", most=500),
    "tax/future-record": _v2("tax/future-record", "", "id", most=500),
    "tax/margin-record": _v2("tax/margin-record", "", "id", "marginType", most=500),
    "tax/p2p-record": _v2("tax/p2p-record", "", "id", most=500),
}


def check_span(request: Request) -> None:
    """Refuse a request that lacks a parameter, begins too long ago, or is of too long a time."""
    span, query = SPANS.get(request.path), request.query
    if span is not None and not set(span.needed) <= set(query):
        raise refusal("400172", "Parameter verification failed")
    if span is None or "startTime" not in query:
        return
    start, end = read_number(query["startTime"]), read_number(query.get("endTime", query["startTime"]))
    if span.kept and start < int(request.now * 1000) - span.kept * DAY:
        raise refusal("25200", "FinancialQueryParam time range illegal")
    if end - start > span.most * DAY:
        raise refusal("00001", f"startTime and endTime interval cannot be greater than {span.most} days")
