"""Binance: words for the states, kinds and sides of its answers.

Source: Binance API documentation (2026-08): Spot enums, USD-M and COIN-M common definitions, Options, Algo trading,
Convert, Simple Earn, Dual Investment, Staking; Auto-Invest: ccxt.
"""

from collections.abc import Mapping

from auditor.i18n import mark

SIDES: Mapping[str, str] = {
    "BUY": mark("buy"),
    "SELL": mark("sell"),
    "LONG": mark("long"),
    "SHORT": mark("short"),
    # One-way mode: the sign of the amount is the side.
    "BOTH": "",
}
ORDER_KINDS: Mapping[str, str] = {
    "LIMIT": mark("limit"),
    "MARKET": mark("market"),
    "LIMIT_MAKER": mark("post-only"),
    "STOP": mark("stop limit"),
    "STOP_LOSS": mark("stop loss"),
    "STOP_LOSS_LIMIT": mark("stop loss limit"),
    "STOP_MARKET": mark("stop market"),
    "TAKE_PROFIT": mark("take profit"),
    "TAKE_PROFIT_LIMIT": mark("take profit limit"),
    "TAKE_PROFIT_MARKET": mark("take profit market"),
    "TRAILING_STOP_MARKET": mark("trailing stop market"),
    "LIQUIDATION": mark("liquidation"),
    "CONDITIONAL": mark("conditional order"),
    "OCO": mark("OCO"),
    "OTO": mark("OTO"),
    "OTOCO": mark("OTOCO"),
    "TWAP": mark("TWAP"),
    "VP": mark("volume participation"),
    "order": mark("order"),
}
ORDER_STATES: Mapping[str, str] = {
    "NEW": mark("open"),
    "ACCEPTED": mark("open"),
    "EXECUTING": mark("open"),
    "EXEC_STARTED": mark("open"),
    "WORKING": mark("open"),
    "RUNNING": mark("running"),
    "PROCESS": mark("open"),
    "PENDING_NEW": mark("pending"),
    "PENDING": mark("pending"),
    "PENDING_CANCEL": mark("being cancelled"),
    "PARTIALLY_FILLED": mark("partly filled"),
    "TRIGGERING": mark("being triggered"),
    "TRIGGERED": mark("triggered"),
    "RESPONSE": mark("open"),
    "NEW_INSURANCE": mark("liquidation by the insurance fund"),
    "NEW_ADL": mark("being deleveraged"),
}
EARN_STATES: Mapping[str, str] = {
    "HOLDING": mark("earning"),
    "REDEEMING": mark("being redeemed"),
    "PURCHASING": mark("being bought"),
    "CREATED": mark("being bought"),
    "PENDING": mark("pending"),
    "PROCESSING": mark("being processed"),
    "PURCHASE_SUCCESS": mark("earning"),
    "SETTLING": mark("being settled"),
    "REFUNDING": mark("being refunded"),
    "NEW_TRANSFERRED": mark("earning"),
}
PLAN_STATES: Mapping[str, str] = {"ONGOING": mark("running"), "PAUSED": mark("paused")}
