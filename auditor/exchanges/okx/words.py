"""OKX: words for the states, kinds and sides of its answers.

Source: API v5 documentation (2026-06, read in a copy): Trade, Algo trading, Spread trading, Block trading, Trading bot,
Recurring buy, On-chain earn, Dual investment, Stable rewards; the states of fixed-term Simple Earn: OKX's agent kit.
"""

from collections.abc import Mapping

from auditor.i18n import mark

SIDES: Mapping[str, str] = {
    "buy": mark("buy"),
    "sell": mark("sell"),
    "long": mark("long"),
    "short": mark("short"),
    # A net position: the sign of its amount is its side.
    "net": "",
}
ORDER_KINDS: Mapping[str, str] = {
    "limit": mark("limit"),
    "market": mark("market"),
    "post_only": mark("post-only"),
    "fok": mark("fill or kill"),
    "ioc": mark("immediate or cancel"),
    "optimal_limit_ioc": mark("market, immediate or cancel"),
    "mmp": mark("market maker protection"),
    "mmp_and_post_only": mark("market maker protection, post-only"),
    "op_fok": mark("fill or kill"),
    "elp": mark("enhanced liquidity"),
    "conditional": mark("conditional"),
    "oco": mark("OCO"),
    "conditional,oco": mark("conditional"),
    "trigger": mark("trigger"),
    "chase": mark("chase"),
    "move_order_stop": mark("trailing stop"),
    "iceberg": mark("iceberg"),
    "twap": mark("TWAP"),
    "smart_iceberg": mark("smart iceberg"),
    "order": mark("order"),
    "spread": mark("spread order"),
    "rfq": mark("request for quote"),
    "quote": mark("quote"),
}
ORDER_STATES: Mapping[str, str] = {
    "live": mark("open"),
    "active": mark("open"),
    "partially_filled": mark("partly filled"),
    "partially_effective": mark("partly in effect"),
    "effective": mark("in effect"),
    "pause": mark("paused"),
    "pending_fill": mark("being filled"),
    "mmp_canceled": mark("cancelled by market maker protection"),
    "order_failed": mark("failed"),
}
POSITION_KINDS: Mapping[str, str] = {
    "MARGIN": mark("margin trading"),
    "SWAP": mark("perpetual swap"),
    "FUTURES": mark("expiry futures"),
    "OPTION": mark("option"),
    "EVENTS": mark("event contract"),
}
BOT_STATES: Mapping[str, str] = {
    "starting": mark("starting"),
    "running": mark("running"),
    "stopping": mark("stopping"),
    "stopped": mark("stopped"),
    "no_close_position": mark("stopped"),
    "pending_signal": mark("waiting for its signal"),
    "pause": mark("paused"),
}
EARN_STATES: Mapping[str, str] = {
    "pending": mark("pending"),
    "processing": mark("being processed"),
    "earning": mark("earning"),
    "expired": mark("at its end, not paid out yet"),
    "initial": mark("being placed"),
    "live": mark("earning"),
    "pending_settle": mark("being settled"),
    "settling": mark("being settled"),
    "pending_redeem": mark("being redeemed"),
    "redeeming": mark("being redeemed"),
}
