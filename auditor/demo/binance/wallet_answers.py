"""Binance's answers about wallets, coins and small balances."""

from __future__ import annotations

from auditor.demo.amounts import read_amount
from auditor.demo.binance import market
from auditor.demo.binance.query import BinanceQuery, first_row
from auditor.demo.binance.valuation import FIGURES, totals
from auditor.demo.model import Row

_FUTURES = "walletBalance unrealizedProfit marginBalance maintMargin initialMargin positionInitialMargin"
_FUTURES += " openOrderInitialMargin crossWalletBalance crossUnPnl availableBalance maxWithdrawAmount"


def spot_account(query: BinanceQuery) -> Row:
    """Return the spot account, its balances taken from the book of user assets."""
    rows = query.account.rows("sapi/v3/asset/getUserAsset")
    balances = [{"asset": r["asset"], "free": r.get("free", "0"), "locked": r.get("locked", "0")} for r in rows]
    may = {"canTrade": True, "canWithdraw": True, "canDeposit": True, "accountType": "SPOT", "permissions": ["SPOT"]}
    return {
        **may,
        "updateTime": query.now_ms,
        "balances": balances,
        "uid": query.account.uid,
        **first_row(query.book()),
    }


def user_assets(query: BinanceQuery) -> list[Row]:
    """Return the assets with any amount."""
    rows = [{**dict.fromkeys((*FIGURES, "btcValuation"), "0"), **row} for row in query.select()]
    return [row for row in rows if any(str(row[name]).strip("0.") for name in FIGURES)]


def wallet_totals(query: BinanceQuery) -> list[Row]:
    """Return each wallet's value, with its assets if they are requested."""
    rows = totals(query.account, query.params.get("quoteAsset", "BTC"))
    if query.params.get("needBalanceDetail") == "true":
        return rows
    return [{name: value for name, value in row.items() if name != "assetBalances"} for row in rows]


def margin_account(query: BinanceQuery) -> Row:
    """List every asset that there is, most of them with nothing."""
    zero = dict.fromkeys(("free", "locked", "borrowed", "interest", "netAsset"), "0")
    held = {row["asset"]: {**zero, **row} for row in query.book()}
    assets = [held.pop(name, {"asset": name, **zero}) for name in market.assets()]
    return {"created": True, "borrowEnabled": True, "accountType": "MARGIN_1", "userAssets": [*assets, *held.values()]}


def futures_account(query: BinanceQuery) -> Row:
    """Return the futures account with every figure of an asset."""
    zero = dict.fromkeys(_FUTURES.split(), "0.00000000")
    return {"assets": [{**zero, **row} for row in query.book()], "positions": [], "canTrade": True}


def coins(query: BinanceQuery) -> list[Row]:
    """List every coin, with what the account has of it."""
    given = {row["coin"]: row for row in query.select()}
    return [{**row, **given.pop(row["coin"], {})} for row in market.coins()] + list(given.values())


def dust(query: BinanceQuery) -> Row:
    """List the assets worth less than ten dollars, which Binance converts."""
    spot = query.params.get("accountType", "SPOT") == "SPOT"
    rows = query.account.rows("sapi/v3/asset/getUserAsset" if spot else "sapi/v1/margin/account")
    small = [row for row in rows if _is_small(row)]
    details = [{"asset": row["asset"], "assetFullName": row["asset"], "amountFree": row["free"]} for row in small]
    return {"details": details, "dribbletPercentage": "0.02"}


def _is_small(row: Row) -> bool:
    value = market.price(row["asset"], "USDT")
    return value is not None and 0 < read_amount(row.get("free")) * value < 10  # noqa: PLR2004 - dollars
