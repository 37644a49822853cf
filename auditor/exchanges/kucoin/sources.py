"""KuCoin: the sources that its table cites.

DOC is KuCoin's OpenAPI description (universal SDK, November 2025); UTA the unified account's paths as the official SDK
1.3.2 (September 2026), ccxt 4.5.90 and tiagosiebler/kucoin-api (July 2026) have them; ABANDONED marks what KuCoin's
documentation calls abandoned.
"""

from auditor.spec.endpoint import Endpoint, Limit, Pagination, Query, RowSelector, Site
from auditor.spec.rows import list_rows

DOC = "KuCoin API documentation (OpenAPI description of the universal SDK, November 2025)"
UTA = "KuCoin unified account API (universal SDK 1.3.2, September 2026; kucoin-api, July 2026)"
CONVERT = "KuCoin API documentation, Convert (July 2026)"
ABANDONED = "KuCoin API documentation (November 2025), which calls it abandoned"
UNCERTAIN = "kucoin-api (July 2026); other sources name another filter"

ONE_QUERY = (Query(),)


def documented(
    site: Site,
    path: str,
    limit: Limit,
    *,
    queries: tuple[Query, ...] = ONE_QUERY,
    pagination: Pagination | None = None,
    rows: RowSelector = list_rows,
    source: str = DOC,
) -> Endpoint:
    """Return an endpoint whose source is its own entry in KuCoin's documentation."""
    return Endpoint(
        path=path,
        site=site,
        limit=limit,
        queries=queries,
        pagination=pagination,
        rows=rows,
        source=f"{source}, GET {site.prefix}{path}",
    )


def queries(name: str, *values: str, **more: str) -> tuple[Query, ...]:
    """Return a query for each value of parameter ``name``."""
    return tuple(Query(params={name: value, **more}) for value in values)
