"""Binance: the sources that its table cites.

DOC is the documentation inside Binance's own Python connector of August 2026. SEEN marks what real accounts answered,
as third parties reported in July and August 2026.
"""

from auditor.spec.endpoint import Endpoint, Limit, Pagination, Query, RowSelector, Site, Windows
from auditor.spec.rows import list_rows

DOC = "Binance API documentation (official Python connector, August 2026)"
SEEN = "seen on real accounts, August 2026; not in Binance's documentation"
CCXT = "ccxt 4.5.90; no longer in Binance's documentation"

ONE_QUERY = (Query(),)


def documented(
    site: Site,
    path: str,
    limit: Limit,
    *,
    method: str = "GET",
    queries: tuple[Query, ...] = ONE_QUERY,
    pagination: Pagination | None = None,
    windows: Windows | None = None,
    rows: RowSelector = list_rows,
) -> Endpoint:
    """Return an endpoint whose source is its own entry in Binance's documentation."""
    return Endpoint(
        path=path,
        site=site,
        limit=limit,
        method=method,
        queries=queries,
        pagination=pagination,
        windows=windows,
        rows=rows,
        source=f"{DOC}, {method} {site.prefix}{path}",
    )
