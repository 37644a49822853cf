"""What happens in the futures wallets of a demo account at Binance: transfers, a trade that is closed, funding fees.

Rows are as documented at https://developers.binance.com/docs/derivatives: income, account trade list, all orders of
USDⓈ-M and COIN-M futures, read in 2026.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from auditor.demo.binance.story_rows import Rows, text
from auditor.demo.model import Row

SECOND = 1000
"""Milliseconds."""
Balances = Mapping[str, defaultdict[str, Decimal]]
"""What is in each wallet."""


@dataclass(frozen=True)
class Market:
    """A kind of futures: the wallet, the contract that is traded, and the coin that it settles in."""

    wallet: str
    site: str
    symbol: str
    coin: str

    @property
    def income(self) -> str:
        """Return the path of its income."""
        return f"{self.site}/income"


USD_M = Market("usd-m", "fapi/v1", "BTCUSDT", "USDT")
COIN_M = Market("coin-m", "dapi/v1", "BTCUSD_PERP", "BTC")
ACCOUNTS = {"usd-m": "fapi/v3/account", "coin-m": "dapi/v1/account"}
RESULT, FEE, FUNDING = Decimal("0.031"), Decimal("0.0004"), Decimal("0.0001")


def trade_futures(rows: Rows, balances: Balances, time: int, market: Market) -> None:
    """Move a fifth of a coin from Spot to futures, trade there, and move a part of it back."""
    coin, part = market.coin, _fine(balances["spot"][market.coin] / 5)
    if part:
        _move(rows, balances, time, market, part)
        balances[market.wallet][coin] += _traded(rows, market, time + 2 * SECOND, part)
        _move(rows, balances, time + 4 * SECOND, market, -_fine(part / 2))


def _move(rows: Rows, balances: Balances, time: int, market: Market, amount: Decimal) -> None:
    """Write a transfer into futures, or out of them, and a little later the wallet's own row of it."""
    wallets = ("spot", market.wallet) if amount > 0 else (market.wallet, "spot")
    info = "TRANSFER" if market is USD_M else ("DEPOSIT" if amount > 0 else "WITHDRAW")
    rows.transfer(time, *wallets, market.coin, abs(amount))
    _income(rows, market, time + SECOND, "TRANSFER", amount, symbol="", info=info)
    balances["spot"][market.coin] -= amount
    balances[market.wallet][market.coin] += amount


def _traded(rows: Rows, market: Market, time: int, size: Decimal) -> Decimal:
    """Write a trade that is opened and closed with a profit, and a funding fee between. Return what it all came to."""
    opened, closed = _fill(rows, market, time, size, "BUY"), _fill(rows, market, time + SECOND, size, "SELL")
    profit, fee, funding = (_fine(size * part) for part in (RESULT, FEE, FUNDING))
    _income(rows, market, time, "COMMISSION", -fee, trade=opened)
    _income(rows, market, time + SECOND // 2, "FUNDING_FEE", -funding)
    _income(rows, market, time + SECOND, "COMMISSION", -fee, trade=closed)
    _income(rows, market, time + SECOND, "REALIZED_PNL", profit, trade=closed)
    return profit - fee - fee - funding


def accounts(balances: Mapping[str, Mapping[str, Decimal]]) -> dict[str, list[Row]]:
    """Return the books of both accounts."""
    return {
        path: [
            {"asset": coin, "walletBalance": text(size), "marginBalance": text(size)}
            for coin, size in sorted(balances[wallet].items())
            if size
        ]
        for wallet, path in ACCOUNTS.items()
    }


def _income(rows: Rows, market: Market, time: int, kind: str, amount: Decimal, *, trade: str = "", **more: str) -> None:
    known = {"symbol": market.symbol, "incomeType": kind, "income": text(amount), "asset": market.coin, "info": kind}
    rows.books[market.income].append({**known, "time": time, "tranId": rows.number(), "tradeId": trade, **more})


def _fill(rows: Rows, market: Market, time: int, size: Decimal, side: str) -> str:
    """Write a trade and its order, and return the number of the trade."""
    trade, order = rows.number(), rows.number()
    known = {"symbol": market.symbol, "pair": market.symbol.partition("_")[0], "side": side, "orderId": order}
    paid = {"commission": text(_fine(size * FEE)), "commissionAsset": market.coin, "marginAsset": market.coin}
    figures = {"id": trade, "price": "64000", "qty": "0.001", "quoteQty": "64", "positionSide": "BOTH"}
    rest = {"realizedPnl": "0", "buyer": side == "BUY", "maker": False, "time": time}
    rows.books[f"{market.site}/userTrades"].append({**known, **paid, **figures, **rest})
    sizes = {"price": "64000", "avgPrice": "64000", "origQty": "0.001", "executedQty": "0.001", "status": "FILLED"}
    kind = {"type": "LIMIT", "origType": "LIMIT", "clientOrderId": f"demo-{order}", "time": time, "updateTime": time}
    rows.books[f"{market.site}/allOrders"].append({**known, **sizes, **kind})
    return str(trade)


def _fine(size: Decimal) -> Decimal:
    return size.quantize(Decimal("1E-8"), ROUND_DOWN)
