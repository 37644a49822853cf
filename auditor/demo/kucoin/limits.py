"""KuCoin's rate limits: pools of weight in windows of 30 s, for each user; public ones for each address.

Source: kucoin.com/docs-new, Rate Limit (lowest VIP level).
"""

from __future__ import annotations

from collections.abc import Mapping

from auditor.demo.kucoin.protocol import WORDS
from auditor.demo.limits import Limiter
from auditor.demo.venue import Answer, RefusedError

WINDOW = 30
POOLS = {"spot": 4000, "futures": 2000, "management": 2000, "earn": 2000, "public": 2000, "unified": 2000}


def spend(limiter: Limiter, pool: str, weight: int, user: str) -> Mapping[str, str]:
    """Count a request, and return the headers with what is left. Raises RefusedError above the limit."""
    left = POOLS[pool] - limiter.spend((pool, user), weight, WINDOW)
    headers = {
        "gw-ratelimit-limit": str(POOLS[pool]),
        "gw-ratelimit-remaining": str(max(left, 0)),
        "gw-ratelimit-reset": str(int(limiter.remaining(WINDOW) * 1000)),
    }
    if left < 0:
        raise RefusedError(Answer(429, {"code": "429000", "msg": WORDS["429000"]}, headers), "429000")
    return headers
