"""Bitget: the source that an archive's lists cite, and its requests in short.

``DOC``: Bitget's API documentation, www.bitget.com/api-doc. Limits are for each user and path, in a second.
"""

from datetime import UTC, datetime, timedelta

from auditor.exchanges.bitget.identity import SPOT_SITE, UNIFIED_SITE
from auditor.i18n import _, mark
from auditor.spec.endpoint import Endpoint, Limit, Pagination, Query, RowSelector, Site, Windows
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import Partition, Reach
from auditor.spec.rows import list_rows, object_row

DOC = "Bitget API documentation, December 2025 and August 2026"
MIX_SITE, MARGIN_SITE = Site("private.mix", "/api/"), Site("private.margin", "/api/")
CONVERT_SITE = Site("private.convert", "/api/")
TAX_SITE, EARN_SITE = Site("private.tax", "/api/"), Site("private.earn", "/api/")
SITES = {
    "v3": UNIFIED_SITE,
    "mix": MIX_SITE,
    "margin": MARGIN_SITE,
    "convert": CONVERT_SITE,
    "tax": TAX_SITE,
    "earn": EARN_SITE,
}
ONE, TEN, TWENTY = Limit(1, 1), Limit(10, 1), Limit(20, 1)
# Bitget began in 2018: no row is older.
FIRST_DAY = datetime(2018, 1, 1, tzinfo=UTC)
# Bitget refuses a request that begins more than about 90 days ago (25200, 40704): half a day is left for a run that is
# broken off and gone on with.
ASKED = timedelta(days=89, hours=12)
# A day less than documented, so that nothing is expected too early.
KEPT = timedelta(days=89)
CATEGORIES = ("SPOT", "MARGIN", "USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
PRODUCTS = ("USDT-FUTURES", "COIN-FUTURES", "USDC-FUTURES")
NINETY_DAYS = mark("the last 90 days")
DOWNLOADED = mark("the last 90 days; older rows can be downloaded on Bitget's site")


def documented(
    path: str,
    page: str,
    limit: Limit = TWENTY,
    *queries: Query,
    rows: RowSelector = list_rows,
    pages: Pagination | None = None,
    windows: Windows | None = None,
) -> Endpoint:
    """Return a signed request. ``page``: of the documentation."""
    version, area = path.split("/")[:2]
    return Endpoint(
        path=path,
        site=SITES.get(version) or SITES.get(area, SPOT_SITE),
        limit=limit,
        queries=queries or (Query(),),
        rows=rows,
        pagination=pages,
        windows=windows,
        source=f"{DOC}, {page}",
    )


def windows(days: int) -> Windows:
    """Return time windows of so many days."""
    return Windows(span=timedelta(days=days), first=FIRST_DAY)


def asking(**params: str) -> Query:
    """Return the query of a list with these parameters, as far back as Bitget answers."""
    return Query(params=params, back=ASKED)


def kept(page: str, words: str = NINETY_DAYS) -> Reach:
    """Return the reach of a list: 90 days."""
    return Reach(words=words, source=f"{DOC}, {page}", back=KEPT)


def by(parameter: str, *values: str) -> Partition:
    """Return the values of a parameter without which a list cannot be asked."""
    return Partition(parameter=parameter, values=values, shared=True)


def rows_or_none(name: str) -> RowSelector:
    """Select the rows in list ``name``, which real answers have as null where there are none."""

    def rows(data: object) -> list[object]:
        (outer,) = object_row(data)
        found = outer.get(name, "") if isinstance(outer, dict) else ""
        if found is not None and not isinstance(found, list):
            raise MalformedError(_("{name} is not a list").format(name=name))
        return list(found or ())

    return rows


def rows_or_null(data: object) -> list[object]:
    """Return the rows of an answer that is a list, or null where there are none."""
    return [] if data is None else list_rows(data)


def in_capitals(select: RowSelector) -> RowSelector:
    """Select rows with their coins in capitals, as a wallet's balances have them.

    Documentation has coins in small letters, and tokens of shares are written so (``rTOWN``, October 2026).
    """
    return lambda data: [_in_capitals(row) for row in select(data)]


def _in_capitals(row: object) -> object:
    coin = row.get("coin") if isinstance(row, dict) else None
    return {**row, "coin": coin.upper()} if isinstance(row, dict) and isinstance(coin, str) else row
