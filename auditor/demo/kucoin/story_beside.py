"""What lists that only explain say of a generated history at KuCoin: orders, margin, lending, the first platform.

Shapes: the examples of KuCoin's OpenAPI description (universal SDK, November 2025); trades before 2019 as KuCoin's own
SDKs have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from auditor.demo.kucoin.story_wallets import plain
from auditor.demo.model import Row

ORDERS, FUTURES_ORDERS = "/api/v1/hf/orders/done", "/api/v1/orders"
FUNDING = "/api/v1/funding-history"
MARGIN_FILLS, MARGIN_ORDERS = "/api/v3/hf/margin/fills", "/api/v3/hf/margin/orders/done"
BORROWED, REPAID, INTEREST = (f"/api/v3/margin/{name}" for name in ("borrow", "repay", "interest"))
LENT = "/api/v3/purchase/orders"
OLD_DEPOSITS, OLD_WITHDRAWALS, OLD_TRADES = (f"/api/v1/hist-{name}" for name in ("deposits", "withdrawals", "orders"))
CONVERSIONS = "/api/v1/convert/order/history"
CROSS, ISOLATED = "MARGIN_TRADE", "MARGIN_ISOLATED_TRADE"
PAIR = "BTC-USDT"


def order(time: int, symbol: str, side: str, size: Decimal, kind: str = "TRADE") -> Row:
    """Write an order that was filled."""
    number = f"{time:024x}"
    return {
        "id": number,
        "clientOid": f"demo-{number}",
        "symbol": symbol,
        "opType": "DEAL",
        "type": "limit",
        "side": side,
        "price": "50000",
        "size": plain(size),
        "dealSize": plain(size),
        "fee": "0",
        "feeCurrency": "USDT",
        "cancelExist": False,
        "tradeType": kind,
        "active": False,
        "createdAt": time,
        "lastUpdatedAt": time + 26,
    }


def futures_order(number: int, time: int) -> Row:
    """Write an order of a contract, whose sizes are JSON numbers."""
    return {
        "id": f"{284_000_000 + number}",
        "symbol": "XBTUSDTM",
        "type": "market",
        "side": "buy",
        "price": None,
        "size": 1,
        "filledSize": 1,
        "avgDealPrice": "86275.1",
        "clientOid": f"demo-{number}",
        "isActive": False,
        "createdAt": time,
        "updatedAt": time,
        "settleCurrency": "USDT",
        "status": "done",
    }


def funding_fee(number: int, time: int) -> Row:
    """Write a funding fee, whose figures are JSON numbers."""
    return {
        "id": 1_472_387_374_042_586 + number,
        "symbol": "XBTUSDTM",
        "timePoint": time,
        "fundingRate": 6.41e-4,
        "markPrice": 87139.92,
        "positionQty": 1,
        "positionCost": 87.13992,
        "funding": -0.05585669,
        "settleCurrency": "USDT",
        "marginMode": "ISOLATED",
    }


def on_margin(number: int, time: int, kind: str) -> Mapping[str, Row]:
    """Write what trading on one kind of margin leaves in each list."""
    symbol = PAIR if kind == ISOLATED else None
    amount = {"currency": "USDT", "status": "SUCCESS", "createdTime": time}
    made = order(time, PAIR, "buy", Decimal("0.00001"), kind)
    trade = {"orderId": made["id"], "tradeId": 11_040_911_994_273_793 + number, "liquidity": "taker"}
    figures = {"price": "67141.6", "size": "0.00001", "funds": "0.671416", "fee": "0.000671416"}
    about = {"symbol": PAIR, "side": "buy", "tradeType": kind, "feeCurrency": "USDT", "createdAt": time}
    interest: Row = {"currency": "USDT", "dayRatio": "0.000296", "interestAmount": "0.00000001", "createdTime": time}
    return {
        BORROWED: {**amount, "orderNo": f"b{number}", "symbol": symbol, "size": "10", "actualSize": "10"},
        REPAID: {
            **amount,
            "orderNo": f"r{number}",
            "symbol": symbol,
            "size": "10",
            "principal": "9.99986518",
            "interest": "0.00013482",
        },
        INTEREST: interest if symbol is None else {**interest, "_symbol": symbol},
        MARGIN_FILLS: {"id": 137_891_621_991 + number, **trade, **figures, **about},
        MARGIN_ORDERS: made,
    }


def lending(number: int, time: int) -> Row:
    """Write what was lent out."""
    lent = {"purchaseOrderNo": f"p{number}", "purchaseSize": "0.001", "matchSize": "0.001", "interestRate": "0.1"}
    return {"currency": "BTC", **lent, "incomeSize": "0.00000007", "applyTime": time, "status": "DONE"}


def conversion(number: int, time: int, given: Decimal, taken: Decimal) -> Row:
    """Write a conversion of ether to KCS."""
    return {
        "orderId": f"{73_000 + number}",
        "status": "SUCCESS",
        "fromCurrency": "ETH",
        "fromCurrencySize": plain(given),
        "toCurrency": "KCS",
        "toCurrencySize": plain(taken),
        "orderTime": time,
    }


def first_platform() -> Mapping[str, list[Row]]:
    """Write what happened before 2019. Times are Unix seconds."""
    moved: dict[str, Any] = {"currency": "BTC", "isInner": False, "status": "SUCCESS"}
    trade = {"symbol": "SNOV-ETH", "dealPrice": "0.0000246", "dealValue": "0.018942", "amount": "770"}
    return {
        OLD_DEPOSITS: [{**moved, "createAt": 1_528_536_998, "amount": "0.03266638", "walletTxId": "demo-tx-2018"}],
        OLD_WITHDRAWALS: [
            {**moved, "createAt": 1_526_723_468, "amount": "0.534", "address": "demo-address", "walletTxId": "demo-tx"}
        ],
        OLD_TRADES: [{**trade, "fee": "0.00001137", "side": "sell", "createdAt": 1_540_080_199}],
    }
