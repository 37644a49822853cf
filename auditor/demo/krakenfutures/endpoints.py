"""Kraken Futures' endpoints (docs.kraken.com/api) that an audit reads."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from auditor.demo.krakenfutures.protocol import TIME, refusal, success
from auditor.demo.pages import newest_first, page_by_offset
from auditor.demo.venue import Handler, Query

TRADING = "/derivatives/api/v3/"
MOST_ENTRIES = 1000
"""Of one answer; more are cut off without a word."""
_CASH = {"type": "cashAccount", "balances": {}}
_FLEX_TOTALS = dict.fromkeys(("initialMargin", "balanceValue", "portfolioValue", "pnl", "unrealizedFunding"), 0)
_FLEX = {"type": "multiCollateralMarginAccount", "currencies": {}, **_FLEX_TOTALS}


def _permitted(handler: Handler) -> Handler:
    """Answer only a key whose general right is not NO_ACCESS."""

    def check(query: Query) -> Any:
        if query.account.key["permissions"].get("general") == "NO_ACCESS":
            raise refusal("insufficientPrivileges")
        return handler(query)

    return check


def _key(query: Query) -> Any:
    return {"apiKey": query.account.apikey, "accountUid": query.account.uid, **query.account.key}


def _wallets(query: Query) -> Any:
    """Answer the wallets by name; each account has one in cash and one for many collaterals."""
    books = {row.pop("name"): row for row in query.rows()}
    return success(accounts={"cash": _CASH, "flex": _FLEX, **books})


def _listed(field: str) -> Handler:
    """Answer the rows of the path's book in a list."""
    return lambda query: success(**{field: query.rows()})


def _sub_accounts(query: Query) -> Any:
    return success(masterAccountUid=query.account.uid, subaccounts=query.rows())


def _log(query: Query) -> Any:
    """Answer the newest entries up to a number, that one included; this answer has no envelope."""
    count = min(int(query.params.get("count", "500")), MOST_ENTRIES)
    rows = newest_first(query.rows(), lambda row: row["id"])
    upto = query.params.get("to")
    if upto is not None:
        rows = [row for row in rows if row["id"] <= int(upto)]
    return {"accountUid": query.account.uid, "logs": page_by_offset(rows, 0, count)}


def _events(query: Query) -> Any:
    """Answer the newest events; the token leads to the next page of the same order, and the last page has none."""
    rows = newest_first(query.rows(), lambda row: row["timestamp"])
    since, before = (query.params.get(name) for name in ("since", "before"))
    rows = [row for row in rows if (since is None or row["timestamp"] >= int(since))]
    rows = [row for row in rows if before is None or row["timestamp"] <= int(before)]
    order = query.params.get("sort", "desc")
    rows = rows if order == "desc" else rows[::-1]
    skipped = _skipped(query.params.get("continuation_token"), order)
    page = page_by_offset(rows, skipped, min(int(query.params.get("count", "500")), MOST_ENTRIES))
    upto = skipped + len(page)
    token = {"continuationToken": _token(order, upto)} if upto < len(rows) else {}
    return {"accountUid": query.account.uid, "len": len(page), "serverTime": TIME, "elements": page, **token}


def _token(order: str, skipped: int) -> str:
    return b64encode(f"{order}/{skipped}".encode()).decode()


def _skipped(token: str | None, order: str) -> int:
    """Return how many rows are before a page. Raises RefusedError for a token of another order."""
    if token is None:
        return 0
    given, _slash, skipped = b64decode(token).decode().partition("/")
    if given != order:
        raise refusal("invalidArgument")
    return int(skipped)


EVENTS = ("executions", "orders", "triggers", "positions")
READS: dict[tuple[str, str], Handler] = {
    ("GET", "/api/auth/v1/api-keys/v3/check"): _key,
    ("GET", "/api/history/v3/account-log"): _permitted(_log),
    **{("GET", f"/api/history/v3/{name}"): _permitted(_events) for name in EVENTS},
    ("GET", f"{TRADING}accounts"): _permitted(_wallets),
    ("GET", f"{TRADING}openorders"): _permitted(_listed("openOrders")),
    ("GET", f"{TRADING}openpositions"): _permitted(_listed("openPositions")),
    ("GET", f"{TRADING}assignmentprogram/current"): _permitted(_listed("participants")),
    ("GET", f"{TRADING}subaccounts"): _permitted(_sub_accounts),
    ("GET", f"{TRADING}notifications"): _permitted(_listed("notifications")),
}
