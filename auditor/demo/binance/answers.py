"""From an account's books to an answer: the right rows, in the shape that Binance documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from auditor.demo.amounts import read_amount
from auditor.demo.binance import market
from auditor.demo.binance.endpoint import Endpoint
from auditor.demo.binance.protocol import refusal
from auditor.demo.binance.selection import check, moment, page, select
from auditor.demo.binance.valuation import FIGURES, totals
from auditor.demo.model import Account, Row
from auditor.demo.venue import Query

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
_PRODUCTS = ("isMarginEnabled", "isFutureEnabled", "isOptionsEnabled", "isPortfolioMarginRetailEnabled")
_WHOLE = ("time", "orderId", "algoId", "strategyId", "orderListId", "subUserId", "managersubUserId", "uid", "redeemId")


@dataclass(frozen=True)
class BinanceQuery(Query):
    """A query at one endpoint of the table, at a time in Unix milliseconds."""

    endpoint: Endpoint = field(kw_only=True)
    now_ms: int = field(kw_only=True)

    def book(self) -> list[Row]:
        """Return every row of the endpoint's own book."""
        return self.account.rows(self.path)

    def select(self) -> list[Row]:
        """Return the rows that the query asks for, all pages of them."""
        return select(self.endpoint, self.book(), self.params, self.now_ms)


def answer(query: BinanceQuery) -> Any:
    """Return the body of the answer. Raises RefusedError where Binance answers with a code."""
    endpoint, account = query.endpoint, query.account
    if code := account.refusal(endpoint.path):
        raise refusal(int(code))
    if endpoint.refused and account.rights <= READING:
        raise refusal(endpoint.refused)
    if endpoint.needs and not products(account)[endpoint.needs]:
        raise refusal(endpoint.lacking)
    if endpoint.nobody and not query.book():
        raise refusal(endpoint.nobody)
    check(endpoint, query.params)
    return whole_numbers(_SHAPES.get(endpoint.path, _listed)(query))


def products(account: Account) -> Row:
    """Tell which products the account has: those it says, and those in which it has something."""
    given = account.rows("sapi/v1/account/info")
    return {"vipLevel": 0, **dict.fromkeys(_PRODUCTS, False), **(given[0] if given else {})}


def whole_numbers(value: Any) -> Any:
    """Write times and ids as JSON numbers, as Binance does; amounts stay texts unless a fixture says otherwise."""
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


def _listed(query: BinanceQuery) -> Any:
    endpoint, rows = query.endpoint, query.select()
    cut = page(endpoint.pages, rows, query.params)
    if not endpoint.within:
        return cut
    if endpoint.within == ".":
        return {**endpoint.empty, **(rows[0] if rows else {})}
    body: Row = {endpoint.within: cut, **endpoint.empty}
    if endpoint.total:
        body["total"] = len(rows)
    return {"code": "000000", "message": "success", **body, "success": True} if endpoint.envelope else body


def _account(query: BinanceQuery) -> Row:
    rows = query.account.rows("sapi/v3/asset/getUserAsset")
    balances = [{"asset": r["asset"], "free": r.get("free", "0"), "locked": r.get("locked", "0")} for r in rows]
    may = {"canTrade": True, "canWithdraw": True, "canDeposit": True, "accountType": "SPOT", "permissions": ["SPOT"]}
    given = query.book()
    return {**may, "updateTime": query.now_ms, "balances": balances, "uid": query.account.uid, **(_first(given))}


def _first(rows: list[Row]) -> Row:
    return rows[0] if rows else {}


def _rights(query: BinanceQuery) -> Row:
    account = query.account
    flags = {name: name in account.rights for name in FLAGS}
    unknown = dict.fromkeys(account.rights - READING - set(FLAGS), True)
    bound = {"ipRestrict": bool(account.ip), "createTime": query.now_ms, "enableReading": True}
    return {**bound, **flags, **unknown, **_first(query.book())}


def _info(query: BinanceQuery) -> Row:
    return products(query.account)


def _trading_status(query: BinanceQuery) -> Row:
    trigger = {"GCR": 150, "IFER": 150, "UFR": 300}
    state = {"isLocked": False, "plannedRecoverTime": 0, "triggerCondition": trigger, "updateTime": query.now_ms}
    return {"data": {**state, **_first(query.book())}}


def _time(query: BinanceQuery) -> Row:
    return {"serverTime": query.now_ms}


def _status(query: BinanceQuery) -> Row:
    return {"status": 0, "msg": "normal", **_first(query.book())}


def _user_assets(query: BinanceQuery) -> list[Row]:
    rows = [{**dict.fromkeys((*FIGURES, "btcValuation"), "0"), **row} for row in query.select()]
    return [row for row in rows if any(str(row[name]).strip("0.") for name in FIGURES)]


def _totals(query: BinanceQuery) -> list[Row]:
    rows = totals(query.account, query.params.get("quoteAsset", "BTC"))
    if query.params.get("needBalanceDetail") == "true":
        return rows
    return [{name: value for name, value in row.items() if name != "assetBalances"} for row in rows]


def _margin(query: BinanceQuery) -> Row:
    """List every asset that there is, most of them with nothing."""
    zero = dict.fromkeys(("free", "locked", "borrowed", "interest", "netAsset"), "0")
    held = {row["asset"]: {**zero, **row} for row in query.book()}
    assets = [held.pop(name, {"asset": name, **zero}) for name in market.assets()]
    return {"created": True, "borrowEnabled": True, "accountType": "MARGIN_1", "userAssets": [*assets, *held.values()]}


_FUTURES = "walletBalance unrealizedProfit marginBalance maintMargin initialMargin positionInitialMargin"
_FUTURES += " openOrderInitialMargin crossWalletBalance crossUnPnl availableBalance maxWithdrawAmount"


def _futures(query: BinanceQuery) -> Row:
    zero = dict.fromkeys(_FUTURES.split(), "0.00000000")
    return {"assets": [{**zero, **row} for row in query.book()], "positions": [], "canTrade": True}


def _withdrawals(query: BinanceQuery) -> Any:
    """Binance writes these times in words."""
    return [{**row, "applyTime": _in_words(row.get("applyTime"))} for row in _listed(query)]


def _in_words(value: Any) -> str:
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
    given = _first(query.book())
    data = {"isLeadTrader": False, "time": query.now_ms, **given}
    return {"code": "000000", "message": "success", "data": data, "success": True}


def _exchange_info(query: BinanceQuery) -> Row:
    given = query.account.rows(query.endpoint.path)
    return {"timezone": "UTC", "serverTime": query.now_ms, "symbols": given or list(market.symbols())}


def _mined(query: BinanceQuery) -> Row:
    """Put a page of a mining account's list in the envelope that only these have."""
    rows = query.select()
    cut = page(query.endpoint.pages, rows, query.params)
    return {"code": 0, "msg": "", "data": {query.endpoint.within: cut, "totalNum": len(rows), "pageSize": len(cut)}}


def _miner(query: BinanceQuery) -> Row:
    nothing = {"validNum": 0, "invalidNum": 0, "profitToday": {}, "profitYesterday": {}, "unit": "h/s"}
    who = {"userName": query.params["userName"], "algo": query.params["algo"]}
    return {"code": 0, "msg": "", "data": {**nothing, **who, **_first(query.select())}}


def _algorithms(query: BinanceQuery) -> Row:
    known = [{"algoName": "sha256", "algoId": 1, "poolIndex": 0, "unit": "h/s"}]
    return {"code": 0, "msg": "", "data": query.select() or known}


def _coins(query: BinanceQuery) -> list[Row]:
    """List every coin, with what the account has of it."""
    given = {row["coin"]: row for row in query.select()}
    return [{**row, **given.pop(row["coin"], {})} for row in market.coins()] + list(given.values())


def _dust(query: BinanceQuery) -> Row:
    """Offer for conversion what is worth little, as Binance does."""
    spot = query.params.get("accountType", "SPOT") == "SPOT"
    rows = query.account.rows("sapi/v3/asset/getUserAsset" if spot else "sapi/v1/margin/account")
    small = [row for row in rows if _is_small(row)]
    details = [{"asset": row["asset"], "assetFullName": row["asset"], "amountFree": row["free"]} for row in small]
    return {"details": details, "dribbletPercentage": "0.02"}


def _is_small(row: Row) -> bool:
    worth = market.price(row["asset"], "USDT")
    return worth is not None and 0 < read_amount(row.get("free")) * worth < 10  # noqa: PLR2004 - dollars


_SHAPES: dict[str, Callable[[BinanceQuery], Any]] = {
    "api/v3/account": _account,
    "api/v3/time": _time,
    "api/v3/exchangeInfo": _exchange_info,
    "api/v3/ticker/price": lambda query: query.select() or market.prices(),
    "sapi/v1/system/status": _status,
    "sapi/v1/account/apiRestrictions": _rights,
    "sapi/v1/account/info": _info,
    "sapi/v1/account/apiTradingStatus": _trading_status,
    "sapi/v3/asset/getUserAsset": _user_assets,
    "sapi/v1/asset/get-funding-asset": _user_assets,
    "sapi/v1/asset/wallet/balance": _totals,
    "sapi/v1/asset/dust-btc": _dust,
    "sapi/v1/asset/dust-convert/query-convertible-assets": _dust,
    "sapi/v1/capital/config/getall": _coins,
    "sapi/v1/capital/withdraw/history": _withdrawals,
    "sapi/v2/localentity/withdraw/history": _withdrawals,
    "sapi/v1/mining/pub/algoList": _algorithms,
    "sapi/v1/mining/statistics/user/status": _miner,
    "sapi/v1/mining/payment/list": _mined,
    "sapi/v1/mining/payment/other": _mined,
    "sapi/v1/mining/hash-transfer/config/details/list": _mined,
    "sapi/v1/margin/account": _margin,
    "fapi/v3/account": _futures,
    "dapi/v1/account": _futures,
    "sapi/v1/copyTrading/futures/userStatus": _lead,
    "sapi/v1/sub-account/transfer/subUserHistory": _sub_history,
    "sapi/v2/sub-account/futures/accountSummary": _summaries,
}
