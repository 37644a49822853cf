"""From an account's books to the `data` of an answer: the right rows, in the shape that OKX documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from auditor.demo import market
from auditor.demo.codes import RefusedError
from auditor.demo.endpoint import Endpoint
from auditor.demo.model import Account, Row
from auditor.demo.modes import detail, summary
from auditor.demo.select import Query, check, select
from auditor.demo.valuation import details, valuation


@dataclass(frozen=True)
class Asked:
    """One request that has passed authentication: what is asked, by whom, and when (Unix milliseconds).

    Public endpoints are asked by an account without books. `status` are the rows of `system/status`.
    """

    endpoint: Endpoint
    account: Account
    query: Query
    now_ms: str
    status: Sequence[Row] = ()

    def rows(self) -> list[Row]:
        """Select the rows of the endpoint's own book that the query asks for."""
        return select(self.endpoint, self.account.rows(self.endpoint.path), self.query)


def answer(asked: Asked) -> list[Row]:
    """Give the `data` of the answer, or raise `RefusedError` where OKX answers with a code."""
    endpoint, account = asked.endpoint, asked.account
    if endpoint.path in account.refuses:
        raise RefusedError(account.refuses[endpoint.path])
    if endpoint.unknown and not account.books.get(endpoint.path):
        raise RefusedError(endpoint.unknown)
    if endpoint.main_only and not account.is_main:
        raise RefusedError("59500")
    if account.mode not in endpoint.modes:
        raise RefusedError("51010")
    if endpoint.live_only and account.simulated:
        raise RefusedError("50038")
    query = check(endpoint, asked.query)
    shape = _SHAPES.get(endpoint.path, Asked.rows)
    return shape(Asked(endpoint, account, query, asked.now_ms, asked.status))


def _funding(asked: Asked) -> list[Row]:
    rows = [{"frozenBal": "0", "availBal": row.get("bal", ""), **row} for row in asked.rows()]
    return [row for row in rows if row.get("bal") not in ("", "0")]


def _trading(asked: Asked) -> list[Row]:
    account = asked.account
    book = details(account.rows(asked.endpoint.path))
    rows = [detail(row, account.mode, market.price) for row in select(asked.endpoint, book, asked.query)]
    return [summary([row for row in rows if (row["cashBal"], row["eq"]) != ("0", "0")], account.mode)]


def _sub_trading(asked: Asked) -> list[Row]:
    _check_sub(asked)
    rows = [detail(row, asked.account.mode, market.price) for row in asked.rows()]
    return [summary(rows, asked.account.mode)]


def _sub_funding(asked: Asked) -> list[Row]:
    _check_sub(asked)
    return _funding(asked)


def _sub_keys(asked: Asked) -> list[Row]:
    _check_sub(asked)
    return asked.rows()


def _check_sub(asked: Asked) -> None:
    known = {row.get("subAcct") for row in asked.account.rows("users/subaccount/list")}
    if asked.query["subAcct"] not in known:
        raise RefusedError("59510")


def _valuation(asked: Asked) -> list[Row]:
    return [valuation(asked.account, asked.query.get("ccy", "BTC"), asked.now_ms)]


def _max_withdrawal(asked: Asked) -> list[Row]:
    if asked.account.books.get(asked.endpoint.path):
        return asked.rows()
    book = [detail(row, asked.account.mode, market.price) for row in details(asked.account.rows("account/balance"))]
    blank = {"spotOffsetMaxWd": "", "spotOffsetMaxWdEx": ""}
    return [{"ccy": row["ccy"], "maxWd": row["availBal"], "maxWdEx": row["availBal"], **blank} for row in book]


def _stable_rewards(asked: Asked) -> list[Row]:
    return [{"details": details(asked.rows()), "ts": asked.now_ms}]


def _interest_limits(asked: Asked) -> list[Row]:
    times = {"nextDiscountTime": asked.now_ms, "nextInterestTime": asked.now_ms}
    return asked.rows() or [{"debt": "0", "interest": "0", "loanAlloc": "", **times, "records": []}]


def _repay(asked: Asked) -> list[Row]:
    kind = {} if asked.endpoint.path.endswith("-v2") else {"debtType": asked.query.get("debtType", "cross")}
    return asked.rows() or [{"debtData": [], **kind, "repayData": []}]


def _easy_convert(asked: Asked) -> list[Row]:
    return asked.rows() or [{"fromData": [], "toCcy": ["USDT", "BTC", "ETH", "OKB"]}]


def _copy_config(asked: Asked) -> list[Row]:
    nobody = {"copyTraderNum": "", "maxCopyTraderNum": "", "profitSharingRatio": "", "roleType": "0"}
    kinds = [{"instType": kind, **nobody} for kind in ("SWAP", "SPOT")]
    return asked.rows() or [{"details": kinds, "nickName": "", "portLink": "", "uniqueCode": ""}]


def _profit_share(asked: Asked) -> list[Row]:
    return asked.rows() or [{"profitSharingTs": asked.now_ms, "totalUnrealizedProfitSharingAmt": "0"}]


def _positions(asked: Asked) -> list[Row]:
    events = "EVENTS" in asked.query.get("instType", "")
    return [row for row in asked.rows() if events or row.get("instType") != "EVENTS"]


def _config(asked: Asked) -> list[Row]:
    account = asked.account
    settings = {"acctStpMode": "cancel_maker", "autoLoan": False, "ctIsoMode": "automatic", "enableSpotBorrow": False}
    settings |= {"greeksType": "PA", "feeType": "0", "level": "Lv1", "levelTmp": "", "liquidationGear": "-1"}
    settings |= {"mgnIsoMode": "automatic", "opAuth": "0", "posMode": "net_mode", "roleType": "0", "traderInsts": []}
    settings |= {"spotBorrowAutoRepay": False, "spotOffsetType": "", "spotRoleType": "0", "spotTraderInsts": []}
    settings |= {"stgyType": "0", "settleCcy": "USDT", "settleCcyList": ["USD", "USDC", "USDG"], "kycLv": "2"}
    ids = {"uid": account.uid, "mainUid": account.main_uid, "type": account.kind, "label": f"demo {account.name}"}
    key = {"acctLv": account.mode, "perm": account.perm, "ip": account.ip}
    given = asked.rows()
    return [settings | ids | key | (given[0] if given else {})]


def _instruments(asked: Asked) -> list[Row]:
    kind = asked.query["instType"]
    if kind == "OPTION" and not (asked.query.get("uly") or asked.query.get("instFamily")):
        raise RefusedError("50015", "uly", "instFamily")
    given = asked.account.rows(asked.endpoint.path)
    return select(asked.endpoint, given or [dict(row) for row in market.instruments()], asked.query)


def _tickers(asked: Asked) -> list[Row]:
    return select(asked.endpoint, market.tickers(asked.now_ms), asked.query)


def _currencies(asked: Asked) -> list[Row]:
    given = asked.account.rows(asked.endpoint.path)
    return select(asked.endpoint, given or [dict(row) for row in market.currencies()], asked.query)


def _status(asked: Asked) -> list[Row]:
    query = {"state": "scheduled,ongoing,pre_open", **asked.query}
    return select(asked.endpoint, [dict(row) for row in asked.status], query)


def _time(asked: Asked) -> list[Row]:
    return [{"ts": asked.now_ms}]


_SHAPES: dict[str, Callable[[Asked], list[Row]]] = {
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
}
