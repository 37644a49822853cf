"""Kraken Futures: the sources that its table cites, its sites and its rate limits.

ccxt's signature writes the version of a path itself. Source of the limits: docs.kraken.com/api, Futures REST API, rate
limits, June 2026.
"""

from auditor.spec.endpoint import Endpoint, Limit, Query, RowSelector, Site

DOC = "Kraken Futures API, docs.kraken.com/api, June 2026"
TRADING = Site("private", "/derivatives/api/v3/", base="/derivatives/api/")
HISTORY = Site("history", "/api/history/v3/", base="/api/history/")
AUTH = Site("auth", "/api/auth/v1/", base="/api/auth/")
ONE_QUERY = (Query(),)
_OF_ACCOUNT = ("account-log", "executions", "orders", "triggers", "positions")
# What ccxt must know of paths that it does not list: that they are signed, and their version.
SIGNED = {
    "versions": {
        "auth": {"GET": {"api-keys/v3/check": "v1"}},
        "history": {"GET": dict.fromkeys(_OF_ACCOUNT, "v3")},
    },
    "access": {
        "auth": {"GET": {"api-keys/v3/check": "private"}},
        "history": {"GET": dict.fromkeys(_OF_ACCOUNT, "private")},
    },
}


def derivatives(cost: int = 2) -> Limit:
    """Return the limit of a trading request: 500 in 10 seconds together."""
    return Limit(500, 10, pool="derivatives", cost=cost)


# 100 in 10 minutes together.
HISTORY_LIMIT = Limit(100, 600, pool="history")


def trading(path: str, page: str, *, rows: RowSelector, cost: int = 2) -> Endpoint:
    """Return a read of the trading API. ``page``: of the documentation."""
    return Endpoint(path=path, site=TRADING, limit=derivatives(cost), rows=rows, source=f"{DOC}, {page}")
