"""Gate: the source that the lists of an archive cite, and their endpoints in short.

``DOC``: Gate's APIv4 documentation. Limits are for each user and path: 200 in 10 seconds for wallet, spot, margin and
contracts, 150 for all else but totals, which have 80.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from auditor.spec.endpoint import Endpoint, Limit, Pagination, Query, RowSelector, Site, Windows
from auditor.spec.rows import list_rows

DOC = "Gate APIv4 documentation, June 2026"
OFTEN, SELDOM, TOTALS = Limit(200, 10), Limit(150, 10), Limit(80, 10)
# Gate began, under another name, in 2013: no row is older.
FIRST_DAY = datetime(2013, 1, 1, tzinfo=UTC)
MONTH = timedelta(days=30)
"""The longest time that one request may ask for."""


def documented(
    path: str,
    page: str,
    *,
    limit: Limit = OFTEN,
    rows: RowSelector = list_rows,
    pages: Pagination | None = None,
    windows: Windows | None = None,
    asking: Mapping[str, str] | None = None,
) -> Endpoint:
    """Return a signed GET. ``path``: with the part of the API that it begins with; ``page``: of the documentation."""
    part, _slash, rest = path.partition("/")
    return Endpoint(
        path=rest,
        # ccxt writes the part of the API itself, behind the version.
        site=Site(f"private.{part}", f"/api/v4/{part}/", base="/api/v4"),
        limit=limit,
        queries=(Query(params=asking or {}),),
        rows=rows,
        pagination=pages,
        windows=windows,
        source=f"{DOC}, {page}",
    )


def months(*, start: str = "from", end: str = "to") -> Windows:
    """Return time windows of 30 days, in Unix seconds."""
    return Windows(start=start, end=end, span=MONTH, first=FIRST_DAY, unit="s")
