"""Gate's endpoints about what is over: account books, trades, orders, deposits, Earn, loans.

Source: https://www.gate.com/docs/developers/apiv4 (June 2026). Times of a request are Unix seconds; lists are newest
first, by offset or by page number, and end with a page that is not full.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from auditor.demo.gate.protocol import refusal
from auditor.demo.model import Row
from auditor.demo.pages import page_by_number, page_by_offset
from auditor.demo.venue import Handler, Query

BASE = "/api/v4/"
DAY = 86_400
"""Seconds."""
LAST_ROW = 100_000
"""No page begins behind it."""
MILLISECONDS = 100_000_000_000
"""A number above it counts milliseconds, one below it seconds."""


@dataclass(frozen=True)
class Book:
    """A list. `time`: a row's time; `paging`: by `offset` or by `page`, or "" for a list without pages.

    `most`: rows of a page; `longest`: days that one request may ask for, 0 without a limit; `default`: days before its
    end that a request without a beginning gets; `wrap`: puts a page and the number of all rows into its envelope.
    """

    time: str
    paging: str = "offset"
    most: int = 1000
    longest: int = 0
    default: int = 0
    size: int = 100
    selects: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    wrap: Any = None

    def answer(self, query: Query) -> Any:
        """Answer one page. Raises RefusedError."""
        missing = [name for name in self.required if name not in query.params]
        if missing:
            raise refusal(400, "MISSING_REQUIRED_PARAM", f"Missing required parameter: {missing[0]}")
        rows = [row for row in self._rows_in_time(query) if self._is_selected(row, query)]
        page = [_without_own(row) for row in _page(rows, self, query)]
        return page if self.wrap is None else self.wrap(page, len(rows), query)

    def _is_selected(self, row: Row, query: Query) -> bool:
        asked = ((name, query.params.get(name.strip("_"))) for name in self.selects)
        return all(value is None or str(row.get(name, value)) == value for name, value in asked)

    def _rows_in_time(self, query: Query) -> list[Row]:
        start, end = (_number(query, name) for name in ("from", "to"))
        if start is not None and end is not None and self.longest and end - start > self.longest * DAY:
            raise refusal(400, "INVALID_PARAM_VALUE", "time range is too long")
        rows = query.rows()
        if start is None and self.default:
            last = end if end is not None else max((seconds_of(row.get(self.time)) for row in rows), default=0.0)
            start = int(last) - self.default * DAY
        found = [row for row in rows if start is None or seconds_of(row.get(self.time)) >= start]
        return [row for row in found if end is None or seconds_of(row.get(self.time)) <= end]


def seconds_of(value: Any) -> float:
    """Return a time that counts seconds or milliseconds, as text or number."""
    number = float(value or 0)
    return number / 1000 if number > MILLISECONDS else number


def _without_own(row: Row) -> Row:
    """Return a row without the fields by which this exchange alone selects it."""
    return {name: value for name, value in row.items() if not name.startswith("_")}


def _page(rows: list[Row], book: Book, query: Query) -> list[Row]:
    size = _number(query, "limit") or book.size
    if size > book.most:
        raise refusal(400, "INVALID_PARAM_VALUE", "limit is too large")
    if book.paging == "offset":
        return page_by_offset(rows, _number(query, "offset") or 0, size)
    number = _number(query, "page") or 1
    if size * (number - 1) > LAST_ROW:
        raise refusal(400, "INVALID_PARAM_VALUE", "page is too large")
    return page_by_number(rows, number if book.paging else 1, size)


def _number(query: Query, name: str) -> int | None:
    text = query.params.get(name)
    if text is None:
        return None
    if not text.isdigit():
        raise refusal(400, "INVALID_PARAM_VALUE", f"invalid argument: {name}")
    return int(text)


def _counted(page: list[Row], count: int, query: Query) -> Row:
    number = int(query.params.get("page", 1))
    return {"page": number, "pageSize": 20, "pageCount": -(-count // 20), "totalCount": count, "list": page}


def _enveloped(page: list[Row], count: int, _query: Query) -> Row:
    return {"code": 0, "message": "success", "data": {"list": page, "total": count}, "timestamp": 1764313200}


_BY_PAGE: dict[str, Any] = {"paging": "page"}
_CONTRACTS = {
    "account_book": Book("time"),
    "my_trades_timerange": Book("create_time"),
    "orders_timerange": Book("create_time"),
    "position_close": Book("time"),
    "liquidates": Book("time"),
}
_UNDERLYING: dict[str, Any] = {"selects": ("_underlying",), "required": ("underlying",)}
_MONTH: dict[str, Any] = {"longest": 30, "default": 7}
BOOKS: dict[str, Book] = {
    "spot/account_book": Book("time", **_BY_PAGE, **_MONTH),
    "spot/my_trades": Book("create_time_ms", **_BY_PAGE, **_MONTH),
    "spot/orders": Book("update_time_ms", **_BY_PAGE, longest=30, required=("status",)),
    "margin/account_book": Book("time_ms", **_BY_PAGE, **_MONTH),
    **{f"futures/{settle}/{name}": book for settle in ("usdt", "btc") for name, book in _CONTRACTS.items()},
    "delivery/usdt/account_book": Book("time", paging=""),
    "delivery/usdt/my_trades": Book("create_time"),
    "delivery/usdt/orders": Book("create_time", required=("status",)),
    "delivery/usdt/position_close": Book("time", paging=""),
    "delivery/usdt/settlements": Book("time", paging=""),
    "options/account_book": Book("time"),
    "options/my_trades": Book("create_time", **_UNDERLYING),
    "options/my_settlements": Book("time", **_UNDERLYING),
    "options/orders": Book("create_time", selects=("_underlying",), required=("status",)),
    "options/position_close": Book("time", paging="", **_UNDERLYING),
    "alpha/account_book": Book("time", **_BY_PAGE, most=100, required=("from",)),
    "alpha/orders": Book("create_time", **_BY_PAGE, most=100),
    "loan/multi_collateral/orders": Book("borrow_time", **_BY_PAGE, selects=("order_type",), size=10),
    "wallet/withdrawals": Book("timestamp", most=500, **_MONTH),
    "wallet/deposits": Book("timestamp", most=500, **_MONTH),
    "wallet/push": Book("create_time", default=7, selects=("transaction_type",)),
    "wallet/sub_account_transfers": Book("timest", **_MONTH),
    "wallet/small_balance_history": Book("create_time", **_BY_PAGE, most=100),
    "flash_swap/orders": Book("create_time", **_BY_PAGE),
    "earn/uni/lends": Book("create_time", **_BY_PAGE, most=100),
    "earn/uni/lend_records": Book("create_time", **_BY_PAGE, most=100),
    "earn/uni/interest_records": Book("create_time", **_BY_PAGE, most=100),
    "earn/staking/order_list": Book("createStamp", **_BY_PAGE, size=20, wrap=_counted),
    "earn/staking/award_list": Book("should_bonus_stamp", **_BY_PAGE, size=20, wrap=_counted),
    "earn/dual/orders": Book("create_time", **_BY_PAGE),
    "earn/fixed-term/user/history": Book(
        "create_at", **_BY_PAGE, selects=("_type",), required=("type", "page", "limit"), wrap=_enveloped
    ),
    "margin/uni/loan_records": Book("create_time", **_BY_PAGE),
    "margin/uni/interest_records": Book("create_time", **_BY_PAGE),
    "unified/loan_records": Book("create_time", **_BY_PAGE, most=100),
    "unified/interest_records": Book("create_time", **_BY_PAGE, most=100, selects=("type",)),
    "loan/multi_collateral/repay": Book("repay_time", **_BY_PAGE, selects=("_type",), required=("type",)),
    "loan/multi_collateral/mortgage": Book("operate_time", **_BY_PAGE),
}


def _margin_accounts(query: Query) -> Any:
    return query.rows("currency_pair")


HISTORY: dict[str, Handler] = {
    **{path: book.answer for path, book in BOOKS.items()},
    "margin/user/account": _margin_accounts,
}
"""Their paths after the version, and what answers them."""
