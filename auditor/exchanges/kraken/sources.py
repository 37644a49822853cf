"""Kraken: the sources that its table cites, its sites and its rate limit.

``DOC``: docs.kraken.com/api; ``SEEN``: what real accounts answered, by public bug reports.
"""

from collections.abc import Mapping

from auditor.spec.endpoint import Endpoint, Limit, Pagination, Query, RowSelector, Site

DOC = "Kraken REST API, docs.kraken.com/api, June 2026"
SEEN = "rotki/rotki#946, rotki/rotki#2443: an account that never had funding"
PRIVATE = Site("private", "/0/private/", base="")
PUBLIC = Site("public", "/0/public/", base="")
ONE_QUERY = (Query(),)
# The counter of the lowest tier: 15, going down by 0.33 a second. A key does not show its tier.
REQUESTS, SECONDS = 15, 46
# The pages of May and of June 2026 say 4 and 2.
LEDGER_COST = 4
# Public requests: about one a second from an address.
PUBLIC_LIMIT = Limit(1, 1)


def counted(cost: int = 1) -> Limit:
    """Return the rate limit of a private request: one counter for each key."""
    return Limit(REQUESTS, SECONDS, pool="private", cost=cost)


def private(
    name: str,
    page: str,
    *,
    rows: RowSelector,
    cost: int = 1,
    queries: tuple[Query, ...] = ONE_QUERY,
    pagination: Pagination | None = None,
    source: str = DOC,
) -> Endpoint:
    """Return a private read, which Kraken asks by POST. ``page``: of Kraken's documentation."""
    return Endpoint(
        method="POST",
        path=name,
        site=PRIVATE,
        limit=counted(cost),
        rows=rows,
        queries=queries,
        pagination=pagination,
        source=f"{source}, {page}",
    )


def public(name: str, page: str, *, rows: RowSelector, params: Mapping[str, str] | None = None) -> Endpoint:
    """Return a public read. ``page``: of Kraken's documentation."""
    return Endpoint(
        path=name,
        section="public",
        site=PUBLIC,
        limit=PUBLIC_LIMIT,
        rows=rows,
        queries=(Query(params=params or {}),),
        source=f"{DOC}, {page}",
    )
