"""OKX: maintenance services, by the numbers of ``serviceType``.

Source: API v5 documentation, Status, Get status.
"""

WEBSOCKET = "0"
TRADING = frozenset({"5", "8", "9", "99"})
BLOCK_TRADING = frozenset({"6"})
BOTS = frozenset({"7"}) | TRADING
SPREAD_TRADING = frozenset({"10"})
COPY_TRADING = frozenset({"11"})
KNOWN = BOTS | BLOCK_TRADING | SPREAD_TRADING | COPY_TRADING
