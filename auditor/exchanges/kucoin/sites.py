"""KuCoin: the sites of its API, and the weight of a request in their rate limits.

Source: KuCoin API documentation, Rate Limit (October 2025): pools of weight for each user, public ones for each
address, in windows of 30 s at the lowest VIP level. ccxt's signing adds the version to the path.
"""

from auditor.spec.endpoint import Limit, Site

FUTURES_HOST = "futures"
V1 = Site("private", "/api/v1/", base="")
V2 = Site("private", "/api/v2/", base="")
V3 = Site("private", "/api/v3/", base="")
UNIFIED = Site("private", "/api/ua/v1/", base="")
UNIFIED_V2 = Site("private", "/api/ua/v2/", base="")
FUTURES = Site("futuresPrivate", "/api/v1/", FUTURES_HOST, base="")
PUBLIC = Site("public", "/api/v1/", base="")
PUBLIC_V2 = Site("public", "/api/v2/", base="")
PUBLIC_V3 = Site("public", "/api/v3/", base="")
PUBLIC_FUTURES = Site("futuresPublic", "/api/v1/", FUTURES_HOST, base="")

WINDOW = 30
MOST = 2000
MOST_SPOT = 4000


def spot(weight: int) -> Limit:
    """Spot and margin: 4000 of weight in 30 s for each user."""
    return Limit(MOST_SPOT, WINDOW, pool="spot", cost=weight)


def management(weight: int) -> Limit:
    """Accounts, deposits and withdrawals: 2000 of weight in 30 s for each user."""
    return Limit(MOST, WINDOW, pool="management", cost=weight)


def futures(weight: int) -> Limit:
    """Futures: 2000 of weight in 30 s for each user."""
    return Limit(MOST, WINDOW, pool="futures", cost=weight)


def earn(weight: int) -> Limit:
    """Earn: 2000 of weight in 30 s for each user."""
    return Limit(MOST, WINDOW, pool="earn", cost=weight)


def public(weight: int) -> Limit:
    """Public paths: 2000 of weight in 30 s for each address."""
    return Limit(MOST, WINDOW, pool="public", cost=weight, shared=True)


def unified(weight: int) -> Limit:
    """Unified accounts: a pool whose size no text states, so 400 of weight in 30 s."""
    return Limit(400, WINDOW, pool="unified", cost=weight)
