"""Build the `data` of an answer to a query, in the shape that OKX documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from auditor.demo.model import Row
from auditor.demo.okx import market
from auditor.demo.okx.balances import detail, summary
from auditor.demo.okx.protocol import refusal
from auditor.demo.okx.selection import check, select
from auditor.demo.okx.spec import Endpoint, after_before
from auditor.demo.okx.valuation import details, valuation
from auditor.demo.pages import rows_where
from auditor.demo.venue import Query


@dataclass(frozen=True)
class OkxQuery(Query):
    """A query at one endpoint of the table, at a time in Unix milliseconds.

    A query of a public endpoint has an account without books. `status` are the rows of `system/status`.
    """

    endpoint: Endpoint = field(kw_only=True)
    now_ms: str = field(kw_only=True)
    status: Sequence[Row] = field(kw_only=True)

    def select(self) -> list[Row]:
        """Return the rows of the endpoint's own book that the query asks for."""
        return select(self.endpoint, self.account.rows(self.path), self.params)


def answer(query: OkxQuery) -> list[Row]:
    """Return the `data` of the answer. Raises RefusedError where OKX answers with a code."""
    endpoint, account = query.endpoint, query.account
    if code := account.refusal(endpoint.path):
        raise refusal(code)
    if endpoint.empty_code and not account.books.get(endpoint.path):
        raise refusal(endpoint.empty_code)
    if endpoint.main_only and not account.is_main:
        raise refusal("59500")
    if account.mode not in endpoint.modes:
        raise refusal("51010")
    if endpoint.live_only and account.simulated:
        raise refusal("50038")
    shape = _SHAPES.get(endpoint.path, OkxQuery.select)
    return shape(replace(query, params=check(endpoint, query.params)))


def _funding(query: OkxQuery) -> list[Row]:
    rows = [{"frozenBal": "0", "availBal": row.get("bal", ""), **row} for row in query.select()]
    return [row for row in rows if row.get("bal") not in ("", "0")]


def _trading(query: OkxQuery) -> list[Row]:
    account = query.account
    book = details(account.rows(query.endpoint.path))
    rows = [detail(row, account.mode, market.price) for row in select(query.endpoint, book, query.params)]
    return [summary([row for row in rows if (row["cashBal"], row["eq"]) != ("0", "0")], account.mode)]


def _sub_trading(query: OkxQuery) -> list[Row]:
    _check_sub(query)
    rows = [detail(row, query.account.mode, market.price) for row in query.select()]
    return [summary(rows, query.account.mode)]


def _sub_funding(query: OkxQuery) -> list[Row]:
    _check_sub(query)
    return _funding(query)


def _sub_keys(query: OkxQuery) -> list[Row]:
    _check_sub(query)
    return query.select()


def _check_sub(query: OkxQuery) -> None:
    known = {row.get("subAcct") for row in query.account.rows("users/subaccount/list")}
    if query.params["subAcct"] not in known:
        raise refusal("59510")


def _valuation(query: OkxQuery) -> list[Row]:
    return [valuation(query.account, query.params.get("ccy", "BTC"), query.now_ms)]


def _max_withdrawal(query: OkxQuery) -> list[Row]:
    if query.account.books.get(query.endpoint.path):
        return query.select()
    book = [detail(row, query.account.mode, market.price) for row in details(query.account.rows("account/balance"))]
    blank = {"spotOffsetMaxWd": "", "spotOffsetMaxWdEx": ""}
    return [{"ccy": row["ccy"], "maxWd": row["availBal"], "maxWdEx": row["availBal"], **blank} for row in book]


def _stable_rewards(query: OkxQuery) -> list[Row]:
    return [{"details": details(query.select()), "ts": query.now_ms}]


def _interest_limits(query: OkxQuery) -> list[Row]:
    times = {"nextDiscountTime": query.now_ms, "nextInterestTime": query.now_ms}
    return query.select() or [{"debt": "0", "interest": "0", "loanAlloc": "", **times, "records": []}]


def _repay(query: OkxQuery) -> list[Row]:
    kind = {} if query.endpoint.path.endswith("-v2") else {"debtType": query.params.get("debtType", "cross")}
    return query.select() or [{"debtData": [], **kind, "repayData": []}]


def _easy_convert(query: OkxQuery) -> list[Row]:
    return query.select() or [{"fromData": [], "toCcy": ["USDT", "BTC", "ETH", "OKB"]}]


def _copy_config(query: OkxQuery) -> list[Row]:
    nobody = {"copyTraderNum": "", "maxCopyTraderNum": "", "profitSharingRatio": "", "roleType": "0"}
    kinds = [{"instType": kind, **nobody} for kind in ("SWAP", "SPOT")]
    return query.select() or [{"details": kinds, "nickName": "", "portLink": "", "uniqueCode": ""}]


def _profit_share(query: OkxQuery) -> list[Row]:
    return query.select() or [{"profitSharingTs": query.now_ms, "totalUnrealizedProfitSharingAmt": "0"}]


def _positions(query: OkxQuery) -> list[Row]:
    events = "EVENTS" in query.params.get("instType", "")
    return [row for row in query.select() if events or row.get("instType") != "EVENTS"]


def _config(query: OkxQuery) -> list[Row]:
    account = query.account
    settings = {"acctStpMode": "cancel_maker", "autoLoan": False, "ctIsoMode": "automatic", "enableSpotBorrow": False}
    settings |= {"greeksType": "PA", "feeType": "0", "level": "Lv1", "levelTmp": "", "liquidationGear": "-1"}
    settings |= {"mgnIsoMode": "automatic", "opAuth": "0", "posMode": "net_mode", "roleType": "0", "traderInsts": []}
    settings |= {"spotBorrowAutoRepay": False, "spotOffsetType": "", "spotRoleType": "0", "spotTraderInsts": []}
    settings |= {"stgyType": "0", "settleCcy": "USDT", "settleCcyList": ["USD", "USDC", "USDG"], "kycLv": "2"}
    ids = {"uid": account.uid, "mainUid": account.main_uid, "type": account.kind, "label": f"demo {account.name}"}
    key = {"acctLv": account.mode, "perm": account.perm, "ip": account.ip}
    given = query.select()
    return [settings | ids | key | (given[0] if given else {})]


def _instruments(query: OkxQuery) -> list[Row]:
    kind = query.params["instType"]
    if kind == "OPTION" and not (query.params.get("uly") or query.params.get("instFamily")):
        raise refusal("50015", "uly", "instFamily")
    given = query.account.rows(query.endpoint.path)
    return select(query.endpoint, given or [dict(row) for row in market.instruments()], query.params)


def _tickers(query: OkxQuery) -> list[Row]:
    return select(query.endpoint, market.tickers(query.now_ms), query.params)


def _currencies(query: OkxQuery) -> list[Row]:
    given = query.account.rows(query.endpoint.path)
    return select(query.endpoint, given or [dict(row) for row in market.currencies()], query.params)


def _status(query: OkxQuery) -> list[Row]:
    params = {"state": "scheduled,ongoing,pre_open", **query.params}
    return select(query.endpoint, [dict(row) for row in query.status], params)


def _bills(query: OkxQuery) -> list[Row]:
    """Select bills within the list's reach, by time or, if asked so, by id."""
    rows = query.account.rows(query.path)
    oldest = int(query.now_ms) - query.endpoint.reach * DAY if query.endpoint.reach else 0
    by_id = replace(query.endpoint, bounds=after_before("billId")) if query.params.get("pagingType") == "2" else None
    return select(by_id or query.endpoint, rows_where(rows, "ts", ">=", oldest), query.params)


def _time(query: OkxQuery) -> list[Row]:
    return [{"ts": query.now_ms}]


DAY = 86_400_000
"""Milliseconds."""
_SHAPES: dict[str, Callable[[OkxQuery], list[Row]]] = {
    "asset/balances": _funding,
    "account/balance": _trading,
    "account/subaccount/balances": _sub_trading,
    "asset/subaccount/balances": _sub_funding,
    "users/subaccount/apikey": _sub_keys,
    "asset/asset-valuation": _valuation,
    "account/max-withdrawal": _max_withdrawal,
    "finance/stable-rewards/balance": _stable_rewards,
    "account/interest-limits": _interest_limits,
    "trade/one-click-repay-currency-list": _repay,
    "trade/one-click-repay-currency-list-v2": _repay,
    "trade/easy-convert-currency-list": _easy_convert,
    "copytrading/config": _copy_config,
    "copytrading/total-unrealized-profit-sharing": _profit_share,
    "account/positions": _positions,
    "account/config": _config,
    "account/instruments": _instruments,
    "public/instruments": _instruments,
    "market/tickers": _tickers,
    "asset/currencies": _currencies,
    "system/status": _status,
    "public/time": _time,
    "asset/bills-history": _bills,
    "account/bills-archive": _bills,
    "trade/fills-history": _bills,
}
