"""Build the body of an answer to a query, in the shape that Binance documents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from auditor.demo.binance import market
from auditor.demo.binance.margin_endpoints import ACCOUNTS as MARGIN_ACCOUNTS
from auditor.demo.binance.margin_endpoints import isolated_or_not, of_account
from auditor.demo.binance.mining_answers import mining_algorithms, mining_list, mining_status
from auditor.demo.binance.protocol import refusal
from auditor.demo.binance.query import BinanceQuery, first_row, list_rows
from auditor.demo.binance.selection import check, moment, page
from auditor.demo.binance.wallet_answers import (
    coins,
    dust,
    futures_account,
    margin_account,
    spot_account,
    user_assets,
    wallet_totals,
)
from auditor.demo.model import Account, Row

READING = frozenset({"read_only", "enableReading", "enableFixReadOnly"})
FLAGS = (
    "enableWithdrawals",
    "enableInternalTransfer",
    "enableMargin",
    "enableFutures",
    "permitsUniversalTransfer",
    "enableVanillaOptions",
    "enableFixApiTrade",
    "enableFixReadOnly",
    "enableSpotAndMarginTrading",
    "enablePortfolioMarginTrading",
)
MOST_FILLS = 1000
_PRODUCTS = ("isMarginEnabled", "isFutureEnabled", "isOptionsEnabled", "isPortfolioMarginRetailEnabled")
_WHOLE = ("time", "orderId", "algoId", "strategyId", "orderListId", "subUserId", "managersubUserId", "uid", "redeemId")


def answer(query: BinanceQuery) -> Any:
    """Return the body of the answer. Raises RefusedError where Binance answers with a code."""
    endpoint, account = query.endpoint, query.account
    if code := account.refusal(endpoint.path):
        raise refusal(int(code))
    if endpoint.read_only_code and account.rights <= READING:
        raise refusal(endpoint.read_only_code)
    if endpoint.product and not products(account)[endpoint.product]:
        raise refusal(endpoint.product_code)
    if endpoint.empty_code and not query.book():
        raise refusal(endpoint.empty_code)
    check(endpoint, query.params)
    return whole_numbers(_SHAPES.get(endpoint.path, list_rows)(query))


def products(account: Account) -> Row:
    """Return which products the account has; none but those that its book names."""
    given = account.rows("sapi/v1/account/info")
    return {"vipLevel": 0, **dict.fromkeys(_PRODUCTS, False), **(given[0] if given else {})}


def whole_numbers(value: Any) -> Any:
    """Return times and ids as JSON numbers, as Binance does.

    Amounts stay texts unless a book says otherwise.
    """
    if isinstance(value, list):
        return [whole_numbers(item) for item in value]
    if isinstance(value, dict):
        return {name: _whole(name, item) for name, item in value.items()}
    return value


def _whole(name: str, item: Any) -> Any:
    timely = name in _WHOLE or name.endswith(("Time", "Date", "TimeStamp"))
    if timely and isinstance(item, str) and item.isascii() and item.isdigit():
        return int(item)
    return whole_numbers(item)


def _rights(query: BinanceQuery) -> Row:
    account = query.account
    flags = {name: name in account.rights for name in FLAGS}
    unknown = dict.fromkeys(account.rights - READING - set(FLAGS), True)
    bound = {"ipRestrict": bool(account.ip), "createTime": query.now_ms, "enableReading": True}
    return {**bound, **flags, **unknown, **first_row(query.book())}


def _info(query: BinanceQuery) -> Row:
    return products(query.account)


def _trading_status(query: BinanceQuery) -> Row:
    trigger = {"GCR": 150, "IFER": 150, "UFR": 300}
    state = {"isLocked": False, "plannedRecoverTime": 0, "triggerCondition": trigger, "updateTime": query.now_ms}
    return {"data": {**state, **first_row(query.book())}}


def _time(query: BinanceQuery) -> Row:
    return {"serverTime": query.now_ms}


def _status(query: BinanceQuery) -> Row:
    return {"status": 0, "msg": "normal", **first_row(query.book())}


def _withdrawals(query: BinanceQuery) -> Any:
    """Return withdrawals, whose times Binance writes in words."""
    return [{**row, "applyTime": _date_and_time(row.get("applyTime"))} for row in list_rows(query)]


def _date_and_time(value: Any) -> str:
    return datetime.fromtimestamp(moment(value) / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S")


def _sub_history(query: BinanceQuery) -> list[Row]:
    if query.account.is_main:
        raise refusal(-12022)
    return query.select()


def _summaries(query: BinanceQuery) -> Row:
    usd_m = query.params["futuresType"] == "1"
    name, asset = ("futureAccountSummaryResp", "USD") if usd_m else ("deliveryAccountSummaryResp", "BTC")
    rows = [row for row in query.book() if row.get("asset") == asset]
    return {name: {"asset": asset, "subAccountList": page(query.endpoint.pages, rows, query.params)}}


def _lead(query: BinanceQuery) -> Row:
    given = first_row(query.book())
    data = {"isLeadTrader": False, "time": query.now_ms, **given}
    return {"code": "000000", "message": "success", "data": data, "success": True}


def _exchange_info(query: BinanceQuery) -> Row:
    given = query.account.rows(query.endpoint.path)
    return {"timezone": "UTC", "serverTime": query.now_ms, "symbols": given or list(market.symbols())}


def _from_number(
    key: str, cursor: str, query: BinanceQuery, select: Callable[[BinanceQuery], list[Row]] = BinanceQuery.select
) -> list[Row]:
    """Return rows from a number on, the oldest first; without one the last ones."""
    rows = sorted(select(query), key=lambda row: int(row[key]))
    size = min(int(query.params.get("limit", "500")), MOST_FILLS)
    if cursor not in query.params:
        return rows[-size:]
    return [row for row in rows if int(row[key]) >= int(query.params[cursor])][:size]


def _conversions(query: BinanceQuery) -> Row:
    """Return conversions, and whether there are more than the answer has room for."""
    rows, size = query.select(), min(int(query.params.get("limit", "100")), MOST_FILLS)
    return {"list": rows[:size], "limit": size, "moreData": len(rows) > size}


def _rebates(query: BinanceQuery) -> Row:
    rows = query.select()
    size = 200
    counts = {
        "totalRecords": len(rows),
        "totalPageNum": -(-len(rows) // size),
        "page": int(query.params.get("page", 1)),
    }
    data = {**counts, "data": page(query.endpoint.pages, rows, query.params)}
    return {"status": "OK", "type": "GENERAL", "code": "000000000", "data": data}


def _sub_transfers(query: BinanceQuery) -> Row:
    """Return transfers between main account and sub-accounts; without an address those from the main account."""
    if {"fromEmail", "toEmail"} <= query.params.keys():
        raise refusal(-1102, "toEmail")
    rows = query.select()
    return {"result": page(query.endpoint.pages, rows, query.params), "totalCount": len(rows)}


_SHAPES: dict[str, Callable[[BinanceQuery], Any]] = {
    "api/v3/account": spot_account,
    "api/v3/time": _time,
    "api/v3/exchangeInfo": _exchange_info,
    "api/v3/myTrades": partial(_from_number, "id", "fromId"),
    "api/v3/allOrders": partial(_from_number, "orderId", "orderId"),
    "sapi/v1/margin/myTrades": partial(_from_number, "id", "fromId", select=isolated_or_not),
    "sapi/v1/margin/allOrders": partial(_from_number, "orderId", "orderId", select=isolated_or_not),
    **dict.fromkeys(MARGIN_ACCOUNTS, of_account),
    "eapi/v1/userTrades": partial(_from_number, "id", "fromId"),
    "sapi/v1/sub-account/universalTransfer": _sub_transfers,
    "api/v3/ticker/price": lambda query: query.select() or market.prices(),
    "sapi/v1/system/status": _status,
    "sapi/v1/account/apiRestrictions": _rights,
    "sapi/v1/account/info": _info,
    "sapi/v1/account/apiTradingStatus": _trading_status,
    "sapi/v3/asset/getUserAsset": user_assets,
    "sapi/v1/asset/get-funding-asset": user_assets,
    "sapi/v1/asset/wallet/balance": wallet_totals,
    "sapi/v1/asset/dust-btc": dust,
    "sapi/v1/asset/dust-convert/query-convertible-assets": dust,
    "sapi/v1/capital/config/getall": coins,
    "sapi/v1/capital/withdraw/history": _withdrawals,
    "sapi/v1/convert/tradeFlow": _conversions,
    "sapi/v1/rebate/taxQuery": _rebates,
    "sapi/v2/localentity/withdraw/history": _withdrawals,
    "sapi/v1/mining/pub/algoList": mining_algorithms,
    "sapi/v1/mining/statistics/user/status": mining_status,
    "sapi/v1/mining/payment/list": mining_list,
    "sapi/v1/mining/payment/other": mining_list,
    "sapi/v1/mining/hash-transfer/config/details/list": mining_list,
    "sapi/v1/margin/account": margin_account,
    "fapi/v3/account": futures_account,
    "dapi/v1/account": futures_account,
    "sapi/v1/copyTrading/futures/userStatus": _lead,
    "sapi/v1/sub-account/transfer/subUserHistory": _sub_history,
    "sapi/v2/sub-account/futures/accountSummary": _summaries,
}
