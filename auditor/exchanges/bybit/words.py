"""Bybit: words for the states, kinds and sides of its answers.

Source: V5 API documentation, Enums, and the pages of Earn, Order, Strategy, RFQ and Position (July 2026).
"""

from collections.abc import Mapping

from auditor.i18n import mark

SIDES: Mapping[str, str] = {"Buy": mark("buy"), "Sell": mark("sell")}
POSITION_SIDES: Mapping[str, str] = {"Buy": mark("long"), "Sell": mark("short")}
ORDER_KINDS: Mapping[str, str] = {
    "Limit": mark("limit"),
    "Market": mark("market"),
    "order": mark("order"),
    "UNKNOWN": mark("order"),
    "Stop": mark("conditional"),
    "StopLoss": mark("stop-loss"),
    "TakeProfit": mark("take-profit"),
    "PartialTakeProfit": mark("take-profit"),
    "PartialStopLoss": mark("stop-loss"),
    "TrailingStop": mark("trailing stop"),
    "tpslOrder": mark("take-profit or stop-loss"),
    "OcoOrder": mark("OCO"),
    "BidirectionalTpslOrder": mark("take-profit or stop-loss"),
    "MmRateClose": mark("close at a margin rate"),
    "twap": mark("TWAP"),
    "iceberg": mark("iceberg"),
    "chaseOrder": mark("chase"),
    "pov": mark("POV"),
    "spread": mark("spread order"),
    "rfq": mark("request for quote"),
    "quote": mark("quote"),
}
ORDER_STATES: Mapping[str, str] = {
    "New": mark("open"),
    "PartiallyFilled": mark("partly filled"),
    "Untriggered": mark("waiting for its trigger"),
    "Triggered": mark("triggered"),
    "Active": mark("open"),
    "PendingFill": mark("being filled"),
}
STRATEGY_STATES: Mapping[str, str] = {
    "2": mark("running"),
    "4": mark("stopped, with orders still open"),
    "5": mark("paused"),
    "6": mark("waiting for its trigger"),
}
EARN_STATES: Mapping[str, str] = {
    "Active": mark("earning"),
    "Success": mark("held"),
    "Processing": mark("being processed"),
    "Pending": mark("pending"),
    "Redeeming": mark("being redeemed"),
    "Settling": mark("being settled"),
    "EarlyRedemptionProcessing": mark("being redeemed"),
    "Liquidating": mark("in liquidation"),
    "Fail": mark("failed, being refunded"),
    "PendingSubscription": mark("set up, not subscribed yet"),
}
