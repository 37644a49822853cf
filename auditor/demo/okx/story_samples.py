"""Rows of the lists that no ledger row is needed for: one of each, which a generated history has as often as it likes.

Shapes are those of the bodies at https://www.okx.com/docs-v5/en/ (June 2026).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.demo.model import Row

MINUTE = 60_000
"""Milliseconds."""
FIRST_ID = 500_000


@dataclass(frozen=True)
class Sample:
    """A row of a list. Fields of `ids` and `times` differ from row to row, and fall as the rows get older."""

    row: Row
    ids: tuple[str, ...] = ()
    times: tuple[str, ...] = ("ts",)

    def rows(self, count: int, now: int) -> Iterator[Row]:
        """Return so many rows, the oldest first, the newest a minute before a time in Unix ms."""
        for number in range(count, 0, -1):
            ids = {name: str(FIRST_ID - number) for name in self.ids}
            yield {**self.row, **ids, **{name: str(now - number * MINUTE) for name in self.times}}


_CREATED = ("cTime", "uTime")
_FIAT = {"paymentMethod": "SEPA", "paymentAcctId": "20", "amt": "250", "fee": "0", "ccy": "EUR", "clientId": ""}
_ALGO = {
    "instId": "BTC-USDT",
    "instType": "SPOT",
    "ordType": "trigger",
    "side": "buy",
    "sz": "0.001",
    "ordPx": "-1",
    "actualSz": "",
    "actualPx": "",
    "triggerPx": "61000.5",
    "algoClOrdId": "",
    "ordId": "",
}
_STAKING = {"completedTime": "", "estCompletedTime": "", "amt": "0.62666630", "redeemingAmt": "", "status": "success"}
_BOT_ORDER = {
    "algoId": "565849588",
    "instId": "BTC-USDT",
    "instType": "SPOT",
    "ordType": "limit",
    "side": "sell",
    "sz": "0.0004",
    "accFillSz": "0.0004",
    "px": "30404.3",
    "avgPx": "30404.3",
    "fee": "-0.01",
    "feeCcy": "USDT",
    "state": "filled",
}
_BOT = {"state": "stopped", "totalPnl": "1.25", "algoClOrdId": "", "algoId": "565849588"}
_LEG = {"instId": "BTC-USDT", "side": "sell", "sz": "0.666", "px": "100", "tradeId": "43", "fee": "-0.0333"}
_SPREAD = {"sprdId": "BTC-USDT_BTC-USDT-SWAP", "side": "buy", "clOrdId": "b16", "tag": "", "state": "filled"}
_COPIED = {"instId": "BTC-USDT-SWAP", "instType": "SWAP", "ccy": "USDT", "posSide": "net", "type": "2", "subPos": "3"}

SAMPLES: dict[str, Sample] = {
    "trade/orders-algo-history": Sample({**_ALGO, "state": "canceled"}, ("algoId",), _CREATED),
    "fiat/deposit-order-history": Sample({**_FIAT, "state": "failed"}, ("ordId",), _CREATED),
    "fiat/withdrawal-order-history": Sample({**_FIAT, "state": "canceled"}, ("ordId",), _CREATED),
    "fiat/buy-sell/history": Sample(
        {
            "side": "buy",
            "fromCcy": "USD",
            "toCcy": "BTC",
            "fillFromAmt": "30",
            "fillToAmt": "0.01",
            "fillPx": "2932.401",
            "state": "failed",
            "rfqAmt": "30",
            "rfqCcy": "USD",
        },
        ("ordId", "quoteId"),
        _CREATED,
    ),
    "trade/one-click-repay-history": Sample(
        {
            "debtCcy": "USDC",
            "fillDebtSz": "6950.4865447900000000",
            "fillRepaySz": "4.3067975995094930",
            "repayCcy": "ETH",
            "status": "filled",
        },
        times=("uTime",),
    ),
    "trade/one-click-repay-history-v2": Sample(
        {"debtCcy": "USDC", "fillDebtSz": "9.079631989", "ordIdInfo": [], "repayCcyList": ["BTC"], "status": "filled"}
    ),
    "account/spot-borrow-repay-history": Sample(
        {"accBorrowed": "0", "amt": "6764.802661157592", "ccy": "USDT", "type": "auto_repay"}
    ),
    "account/move-positions-history": Sample(
        {"clientId": "moved", "state": "filled", "fromAcct": "0", "toAcct": "demo-sub", "legs": []}, ("blockTdId",)
    ),
    "finance/flexible-loan/loan-history": Sample(
        {"amt": "-0.001", "ccy": "DOT", "type": "collateral_locked"}, ("refId",)
    ),
    "finance/flexible-loan/interest-accrued": Sample(
        {"ccy": "USDC", "interest": "0.00004054", "interestRate": "0.41", "loan": "0.86599309"}, ("refId",)
    ),
    "finance/savings/lending-history": Sample(
        {"ccy": "USDT", "amt": "600", "earnings": "0.000410958904109589", "rate": "0.006"}
    ),
    "finance/staking-defi/orders-history": Sample(
        {
            "ccy": "DOT",
            "productId": "101",
            "protocol": "Polkadot",
            "protocolType": "defi",
            "state": "3",
            "term": "0",
            "apy": "0.1704",
            "investData": [{"ccy": "DOT", "amt": "2"}],
            "earningData": [{"ccy": "DOT", "earningType": "0", "realizedEarnings": "0.004"}],
        },
        ("ordId",),
        ("purchasedTime", "redeemedTime"),
    ),
    "finance/staking-defi/eth/purchase-redeem-history": Sample(
        {**_STAKING, "type": "purchase"}, times=("requestTime",)
    ),
    "finance/staking-defi/sol/purchase-redeem-history": Sample({**_STAKING, "type": "redeem"}, times=("requestTime",)),
    "finance/sfp/dcd/order-history": Sample(
        {
            "state": "settled",
            "productId": "BTC-USDT-260327-77000-C",
            "notionalSz": "1.5",
            "notionalCcy": "BTC",
            "annualizedYield": "0.1834",
            "yieldSz": "0.01209057",
            "yieldCcy": "BTC",
            "settleSz": "1.51209057",
            "settleCcy": "BTC",
        },
        ("ordId",),
        _CREATED,
    ),
    "finance/stable-rewards/subscribe-redeem-history": Sample(
        {
            "type": "subscribe",
            "status": "success",
            "ccy": "USDG",
            "settleCcy": "USDT",
            "ccyAmt": "998.88",
            "settleCcyAmt": "1000",
            "fee": "0.3",
        },
        ("ordId", "quoteId"),
    ),
    "tradingBot/grid/orders-algo-history": Sample(
        {**_BOT, "algoOrdType": "grid", "instId": "BTC-USDT", "investment": "25", "fee": "-0.02", "direction": ""},
        times=_CREATED,
    ),
    "tradingBot/dca/history-list": Sample(
        {**_BOT, "algoOrdType": "spot_dca", "instId": "ETH-USDT", "investmentAmt": "500", "investmentCcy": "USDT"},
        times=_CREATED,
    ),
    "tradingBot/recurring/orders-algo-history": Sample(
        {**_BOT, "algoOrdType": "recurring", "investmentAmt": "80", "investmentCcy": "USDC", "recurringList": []},
        times=_CREATED,
    ),
    "tradingBot/signal/orders-algo-history": Sample(
        {**_BOT, "algoOrdType": "contract", "instIds": ["BTC-USDT-SWAP"], "investAmt": "100"}, times=_CREATED
    ),
    "tradingBot/grid/sub-orders": Sample({**_BOT_ORDER, "algoOrdType": "grid", "type": "filled"}, ("ordId",), _CREATED),
    "tradingBot/dca/orders": Sample(
        {
            "algoId": "565849588",
            "algoOrdType": "spot_dca",
            "cycleId": "9876543",
            "instId": "ETH-USDT",
            "side": "buy",
            "ordType": "init_order",
            "px": "2600",
            "sz": "10",
            "filledSz": "10",
            "avgFillPx": "2600.5",
            "fee": "-0.2",
            "state": "filled",
        },
        ("ordId",),
        _CREATED,
    ),
    "tradingBot/recurring/sub-orders": Sample({**_BOT_ORDER, "algoOrdType": "recurring"}, ("ordId",), _CREATED),
    "tradingBot/signal/sub-orders": Sample({**_BOT_ORDER, "algoOrdType": "contract"}, ("ordId",), _CREATED),
    "tradingBot/signal/positions-history": Sample(
        {
            "algoId": "565849588",
            "instId": "ETH-USDT-SWAP",
            "direction": "net",
            "openAvgPx": "220",
            "closeAvgPx": "200",
            "pnl": "-2.021",
            "lever": "5.0",
        },
        times=_CREATED,
    ),
    "copytrading/subpositions-history": Sample(
        {**_COPIED, "openAvgPx": "37410", "closeAvgPx": "37617.5", "pnl": "0.6225"},
        ("subPosId",),
        ("openTime", "closeTime"),
    ),
    "copytrading/profit-sharing-details": Sample(
        {"ccy": "USDT", "nickName": "demo", "profitSharingAmt": "0.00536", "instType": "SWAP"}, ("profitSharingId",)
    ),
    "sprd/orders-history-archive": Sample(
        {**_SPREAD, "px": "999", "sz": "3", "ordType": "limit", "accFillSz": "3", "avgPx": "999"}, ("ordId",), _CREATED
    ),
    "sprd/trades": Sample({**_SPREAD, "fillPx": "999", "fillSz": "3", "ordId": "123445", "legs": []}, ("tradeId",)),
    "rfq/trades": Sample(
        {"rfqId": "123456", "clRfqId": "", "legs": [{**_LEG, "feeCcy": "USDT"}], "isSuccessful": True},
        ("blockTdId",),
        ("cTime",),
    ),
    "rfq/rfqs": Sample({"clRfqId": "", "state": "filled", "legs": [_LEG], "traderCode": "demo"}, ("rfqId",), _CREATED),
}
"""A row of each such list by its path."""
