"""Bybit: the source that its table cites, and its endpoints in short.

``DOC``: Bybit's V5 API documentation. Limits are for each user and path, in a second unless a page says otherwise;
where it states none, five in a second.
"""

from datetime import UTC, datetime, timedelta

from auditor.i18n import _
from auditor.model import amounts
from auditor.spec.endpoint import Endpoint, Limit, Pagination, Query, RowSelector, Site, Token, Windows
from auditor.spec.fields import MalformedError
from auditor.spec.rows import object_row, rows_in

DOC = "Bybit V5 API documentation, July 2026"
PRIVATE, PUBLIC = Site("private", "/"), Site("public", "/")
LIST, ROWS = rows_in("list"), rows_in("rows")
UNSTATED = Limit(5, 1)
# Bybit began to trade in 2018: no row is older.
FIRST_DAY = datetime(2018, 1, 1, tzinfo=UTC)
# A deposit or withdrawal can wait for long; its page limits one request, not how far back it reaches.
LONG = timedelta(days=400)
# What moves inside Bybit is done in seconds: further back there is nothing to wait for.
SHORT = timedelta(days=28)
# What ends a list: blank, or "0" at lists of members.
LAST_PAGES: tuple[object, ...] = (None, "", "0")
PAGES_OF_20, PAGES_OF_50, PAGES_OF_100 = Token(size=20), Token(size=50), Token(size=100)


def rows_of_one_page(select: RowSelector) -> RowSelector:
    """Select the rows of a list that is documented without pages; one that names another page may lack some."""

    def rows(data: object) -> list[object]:
        found = select(data)
        following = data.get("nextPageCursor") if isinstance(data, dict) else None
        if following not in LAST_PAGES:
            raise MalformedError(_("the exchange names another page of a list without pages")).beside(found)
        return found

    return rows


def rows_with_total(name: str, figure: str, total: str) -> RowSelector:
    """Select the rows in list ``name``, whose ``figure`` must show something where the answer's ``total`` does."""
    select = rows_in(name)

    def rows(data: object) -> list[object]:
        found = select(data)
        if _shows(data, total) and not any(_shows(row, figure) for row in found):
            raise MalformedError(_("no row of this answer explains its total")).beside(found)
        return found

    return rows


def _shows(row: object, name: str) -> bool:
    return isinstance(row, dict) and bool(amounts.parse(row.get(name)))


def documented(
    path: str,
    page: str,
    limit: Limit = UNSTATED,
    *queries: Query,
    rows: RowSelector = LIST,
    pages: Pagination | None = None,
    windows: Windows | None = None,
    method: str = "GET",
    numbers: frozenset[str] = frozenset(),
) -> Endpoint:
    """Return a signed request. ``page``: of the documentation."""
    is_whole = pages is None and rows is not object_row and not any("limit" in query.params for query in queries)
    return Endpoint(
        path=path,
        site=PRIVATE,
        method=method,
        limit=limit,
        queries=queries or (Query(),),
        rows=rows_of_one_page(rows) if is_whole else rows,
        pagination=pages,
        windows=windows,
        numbers=numbers,
        source=f"{DOC}, {page}",
    )


def public(path: str, page: str, *queries: Query, pages: Pagination | None = None) -> Endpoint:
    """Return a request whose answer is the same for every account: 600 in 5 seconds for an address, over all paths."""
    return Endpoint(
        path=path,
        site=PUBLIC,
        section="public",
        limit=Limit(50, 1),
        queries=queries or (Query(),),
        rows=LIST,
        pagination=pages,
        source=f"{DOC}, {page}",
    )


def asking(back: timedelta | None = None, **params: str) -> Query:
    """Return the query with these parameters. ``back``: how far it is asked for."""
    return Query(params=params, back=back)


def windows(days: int, *, start: str = "startTime", end: str = "endTime", seconds: bool = False) -> Windows:
    """Return time windows of so many days."""
    return Windows(start=start, end=end, span=timedelta(days=days), first=FIRST_DAY, unit="s" if seconds else "ms")
