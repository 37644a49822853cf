"""KuCoin's answers about accounts: their balances and totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from auditor.demo.amounts import read_amount, write_amount
from auditor.demo.kucoin.protocol import data, refusal
from auditor.demo.model import Row
from auditor.demo.pages import is_whole
from auditor.demo.venue import Query

FIGURES = (
    "accountEquity",
    "unrealisedPNL",
    "marginBalance",
    "positionMargin",
    "orderMargin",
    "frozenFunds",
    "availableBalance",
)
OWN, ALL = "/api/v1/account-overview", "/api/v1/account-overview-all"
CLASSIC, UNIFIED = "CLASSIC", "UNIFIED"
MODE = "/api/ua/v1/account/mode"
ROBOT = 1


def mode(query: Query) -> Any:
    """Return the account's mode, and those of its sub-accounts."""
    uids = [row["uid"] for row in query.account.rows("/api/v2/sub/user")]
    state = {"selfAccountMode": CLASSIC, "unifiedSubAccount": [], "classicSubAccount": uids}
    own = query.account.rows(query.path)
    return data({**state, **own[0]} if own else state)


def is_unified(query: Query) -> bool:
    """Return whether the account is a unified one."""
    own = query.account.rows(MODE)
    return bool(own) and own[0].get("selfAccountMode") == UNIFIED


def _price(query: Query, currency: str) -> Decimal:
    if currency == "USDT":
        return Decimal(1)
    tickers = query.listed["/api/v1/market/allTickers"]["ticker"]
    last = next((row["last"] for row in tickers if row["symbol"] == f"{currency}-USDT"), "0")
    return read_amount(last)


def _worth(query: Query, assets: Iterable[Row], field: str) -> str:
    values = (read_amount(asset.get(field)) * _price(query, asset["currency"]) for asset in assets)
    return write_amount(sum(values, Decimal(0)))


def _totals(query: Query, assets: Sequence[Row]) -> Row:
    return {
        "totalAssetOfQuoteCurrency": _worth(query, assets, "total"),
        "totalLiabilityOfQuoteCurrency": _worth(query, assets, "liability"),
    }


def cross(query: Query) -> Any:
    """Return the cross margin account; without queryType only one of its two, which is empty here."""
    found = query.rows() if query.params.get("queryType") == "ALL" else []
    return data({**_totals(query, found), "debtRatio": "0", "status": "EFFECTIVE", "accounts": found})


def isolated(query: Query) -> Any:
    """Return the isolated margin accounts; the same holds."""
    found = query.rows() if query.params.get("queryType") == "ALL" else []
    assets = [row[side] for row in found for side in ("baseAsset", "quoteAsset")]
    return data({**_totals(query, assets), "timestamp": 0, "assets": found})


def _own(query: Query, currency: str) -> Row:
    own = [row for row in query.account.rows(OWN) if row["currency"] == currency]
    return {**dict.fromkeys(FIGURES, 0.0), "currency": currency, **(own[0] if own else {})}


def overview(query: Query) -> Any:
    """Return the futures account in one coin, bitcoin unless another is asked for."""
    return data({**_own(query, query.params.get("currency", "XBT")), "riskRatio": 0.0, "maxWithdrawAmount": 0.0})


def overview_all(query: Query) -> Any:
    """Return the futures accounts of the account and its sub-accounts in one coin.

    An account whose book of them is an empty list has no row of its own.
    """
    currency = query.params.get("currency", "XBT")
    given = [row for row in query.rows() if row["currency"] == currency]
    names = {row["accountName"] for row in given}
    is_listed = query.account.books.get(ALL) != []
    rest = [] if "main" in names or not is_listed else [{"accountName": "main", **_own(query, currency)}]
    found = [{**dict.fromkeys(FIGURES, 0), **row} for row in (*given, *rest)]
    summary = {f"{name}Total": float(sum(read_amount(row[name]) for row in found)) for name in FIGURES}
    return data({"summary": {**summary, "currency": currency}, "accounts": found})


def unified_balance(query: Query) -> Any:
    """Return the currencies of a unified account, or of one of its other accounts."""
    return data({"accountType": UNIFIED, "ts": 0, "accounts": [{"currencies": query.rows()}]})


def funding_balance(query: Query) -> Any:
    """Return the currencies of the funding account: those of the list of accounts unless a book has others."""
    main = [row for row in query.account.rows("/api/v1/accounts") if row["type"] == "main"]
    zero = {"equity": "0", "liability": "0"}
    own = [{**zero, **row, "hold": row["holds"]} for row in main]
    return data({"accountType": "FUNDING", "ts": 0, "accounts": [{"currencies": query.rows() or own}]})


def unified_overview(query: Query) -> Any:
    """Return the total of a unified account."""
    held = query.account.rows("/api/ua/v1/unified/account/balance")
    total = {"equity": _worth(query, held, "balance"), "liability": _worth(query, held, "liability")}
    own = query.rows()
    return data({"accountType": UNIFIED, "riskRatio": "0", **total, **(own[0] if own else {})})


def sub_account_balance(query: Query) -> Any:
    """Return all accounts of one sub-account."""
    uid = query.params.get("UID", "")
    if not is_whole(uid):
        raise refusal("400100", "UID is not a number")
    own = [row for row in query.rows() if str(row["uid"]) == uid]
    users = own or [{"uid": int(uid), "accountList": []}]
    return data({"ts": 0, "userList": users})


def sub_accounts(query: Query) -> list[Row]:
    """Return the classic accounts of every sub-account; those that have nothing are there all the same.

    No page says whether those of trading bots are, so they are only where the account's book has them.
    """
    empty: Row = {"mainAccounts": [], "tradeAccounts": [], "marginAccounts": [], "tradeHFAccounts": []}
    given = {row["subName"]: row for row in query.rows()}
    listed = [s for s in query.account.rows("/api/v2/sub/user") if s["type"] != ROBOT or s["subName"] in given]
    return [{"subUserId": s["userId"], "subName": s["subName"], **empty, **given.get(s["subName"], {})} for s in listed]
