"""Bybit's answers about the key, the wallets, what all is worth, and the sub-accounts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from auditor.demo.amounts import read_amount, write_amount
from auditor.demo.bybit.market import price
from auditor.demo.bybit.protocol import refusal, result
from auditor.demo.model import Account, Row
from auditor.demo.venue import Query

COINS_BALANCE = "/v5/asset/transfer/query-account-coins-balance"
UNIFIED, OVERVIEW = "/v5/account/wallet-balance", "/v5/asset/asset-overview"
_CLASSIC = 1
_OLD_WALLETS = frozenset({"CONTRACT", "SPOT", "OPTION", "INVESTMENT"})


def status_of(account: Account) -> int:
    """Return the account's `unifiedMarginStatus`: 1 classic, 3 and 4 UTA 1.0, 5 and 6 UTA 2.0."""
    return int(account.key.get("_unifiedMarginStatus", 6))


def is_isolated(account: Account) -> bool:
    """Return whether the account trades with isolated margin."""
    return bool(account.key.get("_marginMode") == "ISOLATED_MARGIN")


def key(query: Query) -> Any:
    """Answer what the key may do."""
    shown = {name: value for name, value in query.account.key.items() if not name.startswith("_")}
    return result({"apiKey": query.account.apikey, **shown})


def account_info(query: Query) -> Any:
    """Answer how the account is set up."""
    modes = {"unifiedMarginStatus": status_of(query.account), "marginMode": "REGULAR_MARGIN", "isMasterTrader": False}
    key = query.account.key
    set_up = {name.removeprefix("_"): key[name] for name in key if name.startswith("_") and name != "_registerTime"}
    (shown, *_more) = query.rows() or [{}]
    return result({**modes, "updatedTime": "0", "dcpStatus": "OFF", **set_up, **shown})


def wallet_balance(query: Query) -> Any:
    """Answer the coins of the unified account, with their worth in USD."""
    if query.params.get("accountType") != "UNIFIED":
        raise refusal(10001, "accountType only support UNIFIED.")
    if status_of(query.account) == _CLASSIC:
        raise refusal(10001, "accountType only support CONTRACT, SPOT.")
    coins = query.rows()
    totals = {name: write_amount(_worth(coins, field)) for name, field in _TOTALS.items()}
    return result({"list": [{"accountType": "UNIFIED", "totalInitialMargin": "0", **totals, "coin": coins}]})


_TOTALS = {"totalEquity": "equity", "totalWalletBalance": "walletBalance", "totalMarginBalance": "walletBalance"}


def coins_balance(query: Query) -> Any:
    """Answer the coins of one wallet, of the account or of one of its sub-accounts."""
    wallet, member = query.params.get("accountType", ""), query.params.get("memberId", "")
    if wallet != "FUND" and wallet not in _OLD_WALLETS:
        raise refusal(10001, "params error: accountType is invalid")
    rows = [
        row for row in query.rows() if row.get("_accountType", "FUND") == wallet and row.get("_memberId", "") == member
    ]
    shown = {"memberId": member or str(query.account.key.get("userID", "")), "accountType": wallet}
    return result({**shown, "balance": [_shown(row) for row in rows]})


def wallet_types(query: Query) -> Any:
    """Answer which wallets the account has."""
    own = ["FUND"] if status_of(query.account) == _CLASSIC else ["UNIFIED", "FUND"]
    named = [row["accountType"] for row in query.rows()]
    return result({"accounts": [{"uid": str(query.account.key.get("userID", "")), "accountType": [*own, *named]}]})


def overview(query: Query) -> Any:
    """Answer what each account and product is worth in USD: those without value are left out."""
    member = query.params.get("memberId", "")
    rows = [_shown(row) for row in query.rows() if row.get("_memberId", "") == member]
    derived = [] if member else list(_derived(query.account))
    total = sum((read_amount(row.get("totalEquity")) for row in (*rows, *derived)), Decimal(0))
    return result({"totalEquity": write_amount(total), "list": [*derived, *rows]})


def _derived(account: Account) -> Iterable[Row]:
    funding = [row for row in account.rows(COINS_BALANCE) if "_memberId" not in row and "_accountType" not in row]
    for name, coins, field in (
        ("FundingAccount", funding, "walletBalance"),
        ("UnifiedTradingAccount", account.rows(UNIFIED), "equity"),
    ):
        worth = _worth(coins, field)
        if worth:
            detail = [{"coin": row["coin"], "equity": str(row.get(field) or "0")} for row in coins]
            yield {
                "totalEquity": write_amount(worth),
                "valuationCurrency": "USD",
                "accountType": name,
                "coinDetail": detail,
                "snapshotTime": "0",
            }


def _worth(coins: Iterable[Row], field: str) -> Decimal:
    """Return what coins are worth in USD; one without a price is worth nothing here."""
    return sum((read_amount(row.get(field)) * (price(str(row.get("coin"))) or 0) for row in coins), Decimal(0))


def _shown(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.startswith("_")}


def members(query: Query) -> Any:
    """Answer what the main account and all accounts under it are worth."""
    own: Row = {"uid": query.account.key.get("userID"), "isM": True, "stat": 0, "origb": "0", "items": []}
    rows = query.rows()
    total = sum((read_amount(row.get("origb")) for row in rows), Decimal(0))
    return result({"total": write_amount(total), "stat": 0, "quoteTotal": "0", "list": [own, *rows]})


def registered(query: Query) -> Any:
    """Answer when the account was opened, in Unix seconds."""
    return result({"registerTime": str(query.account.key.get("_registerTime", "1634515200"))})


def loan_position(query: Query) -> Any:
    """Answer the crypto loans, their collateral, and what is lent out."""
    rows = query.rows()
    lists: Row = {name: [] for name in ("borrowList", "collateralList", "supplyList")}
    nothing = {**lists, "ltv": "0", "totalCollateral": "0", "totalDebt": "0", "totalSupply": "0", "colRes": "0"}
    return result({**nothing, **(rows[0] if rows else {})})


def byusdt(query: Query) -> Any:
    """Answer what is held in BYUSDT."""
    if query.params.get("coin") != "BYUSDT":
        raise refusal(10001, "params error: coin is invalid")
    rows = query.rows()
    nothing = {"totalAmount": "0", "totalYield": "0", "yesterdayYield": "0", "hasQuota": True}
    return result({**nothing, **(rows[0] if rows else {})})
