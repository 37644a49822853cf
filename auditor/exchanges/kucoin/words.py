"""KuCoin: words for the states, kinds and sides of its answers.

Source: KuCoin API documentation (November 2025): Spot, Margin and Futures orders, Earn; kucoin-skills-hub (March 2026)
for structured products.
"""

from collections.abc import Mapping

from auditor.i18n import mark

# States that no page names, and whose words end a transfer or an order in any reader's English.
PLAINLY_FINAL = frozenset({"rejected", "failed", "cancelled", "canceled", "expired"})
SIDES: Mapping[str, str] = {
    "buy": mark("buy"),
    "sell": mark("sell"),
    "BUY": mark("buy"),
    "SELL": mark("sell"),
    "LONG": mark("long"),
    "SHORT": mark("short"),
    # One-way mode: the sign of the amount is the side.
    "BOTH": "",
}
ORDER_KINDS: Mapping[str, str] = {
    "limit": mark("limit"),
    "market": mark("market"),
    "limit_stop": mark("stop limit"),
    "market_stop": mark("stop market"),
    "LIMIT": mark("limit"),
    "MARKET": mark("market"),
    "stop": mark("stop"),
    "oco": "OCO",
    "convert limit": mark("convert limit"),
    "order": mark("order"),
    "trigger": mark("trigger"),
}
ORDER_STATES: Mapping[str, str] = {
    "open": mark("open"),
    "NEW": mark("waiting for its trigger"),
    "OPEN": mark("open"),
    "TRIGGERED": mark("triggered"),
    # Numbers of the unified account.
    "0": mark("waiting for its trigger"),
    "1": mark("triggered"),
    "2": mark("open"),
    "4": mark("partly filled"),
}
EARN_PRODUCTS: Mapping[str, str] = {
    "DEMAND": mark("Savings"),
    "ACTIVITY": mark("Promotions"),
    "PROMOTION": mark("Promotions"),
    "STAKING": mark("Staking"),
    "KCS_STAKING": mark("KCS Staking"),
    "ETH2": mark("ETH Staking"),
    "ETH_STAKING": mark("ETH Staking"),
}
EARN_STATES: Mapping[str, str] = {
    "LOCKED": mark("locked"),
    "REDEEMING": mark("being redeemed"),
    "PENDING": mark("pending"),
    "ONGOING": mark("running"),
    "UNSOLD": mark("not sold"),
    "SETTLING": mark("being settled"),
}
