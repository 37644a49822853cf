"""HTX: the source that its lists of an archive cite, and their requests in short."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from auditor.exchanges.htx.envelope import NEXT, paged_rows
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query, RowSelector, Site, Token, Windows

DOC = "HTX API pages, Spot, November 2025"
SPOT = Site("spot.private", "/")
# HTX began, as Huobi, in 2013: no row is older.
FIRST_DAY = datetime(2013, 9, 1, tzinfo=UTC)
OFTEN = Limit(100, 2)


def documented(
    path: str,
    page: str,
    limit: Limit,
    *,
    site: Site = SPOT,
    params: Mapping[str, str] | None = None,
    back: timedelta | None = None,
    rows: RowSelector = paged_rows,
    pages: Cursor | Token | None = None,
    windows: Windows | None = None,
) -> Endpoint:
    """Return a signed read. ``page``: of HTX's documentation; ``back``: how far into the past it is asked for."""
    return Endpoint(
        path=path,
        site=site,
        limit=limit,
        queries=(Query(params=params or {}, back=back),),
        rows=rows,
        pagination=pages,
        windows=windows,
        source=f"{DOC}, {page}",
    )


def windows_of(span: timedelta, start: str = "start-time", end: str = "end-time") -> Windows:
    """Return time windows of a length."""
    return Windows(start=start, end=end, span=span, first=FIRST_DAY)


def pages_by_id(parameter: str, limit: str, size: int) -> Token:
    """Return the pages of a list whose answer names the first row of the next one, where there is a next one."""
    return Token(parameter=parameter, next=NEXT, limit=limit, size=size, may_lack=True, last="0")
