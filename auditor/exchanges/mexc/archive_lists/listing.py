"""MEXC: what its lists of an archive have in common: sites, limits, wallets, reaches, windows.

DOC is MEXC's API documentation (spot-v3 of November 2025, futures of 2025 and 2026); SEEN marks what real accounts
answered, as a third party's client notes it in October 2026.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from auditor.exchanges.mexc.envelope import NEXT, ROWS
from auditor.i18n import _, mark
from auditor.model.amounts import plain
from auditor.spec.endpoint import Endpoint, Limit, Numbered, Pagination, Query, RowSelector, Site, Token, Windows
from auditor.spec.fields import MalformedError
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.rows import list_rows, object_row, rows_in
from auditor.spec.summed import Change

DOC = "MEXC API documentation (November 2025)"
SEEN = "seen on real accounts, October 2026; not in MEXC's documentation"
SPOT_SITE, PUBLIC_SITE = Site("spot.private", "/api/v3/", base=""), Site("spot.public", "/api/v3/", base="")
# ccxt puts only the host before these paths.
FUTURES_SITE, CONTRACT_SITE = Site("contract.private", "/"), Site("contract.public", "/")
SPOT, FUTURES = "spot", "futures"
OPENED = datetime(2018, 4, 1, tzinfo=UTC)
"""MEXC began in April 2018."""
DAYS = {days: timedelta(days=days) for days in (7, 90, 365)}
WEEK, QUARTER = timedelta(days=6, hours=23), timedelta(days=89)
"""Less than the 7 and 90 days that MEXC states as the longest window and the furthest back."""
MONTH = timedelta(days=27, hours=18)
"""One month, which may have 28 days, less some hours: four weeks as above, and the edge moves while they are read."""
WEEKLY = Windows(span=WEEK, first=OPENED)
QUARTERLY = Windows(start="start_time", end="end_time", span=QUARTER, first=OPENED)
FUTURES_PAGES = Numbered(number="page_num", limit="page_size", size=100, total="totalCount", may_lack_total=True)
FOR_EVER = Reach(words=mark("no end is stated"))
TWENTY = Limit(20, 2)
"""Futures: 20 requests in 2 s for each path."""


def weight(cost: int) -> Limit:
    """Spot: 300 of weight in 10 s for each address (2026; older texts say 500 for each path)."""
    return Limit(300, 10, pool="spot", cost=cost, shared=True)


def spot(
    path: str,
    cost: int,
    *,
    query: Query | None = None,
    windows: Windows | None = None,
    pagination: Pagination | None = None,
    rows: RowSelector = list_rows,
) -> Endpoint:
    """Return a request of the spot API."""
    return Endpoint(
        path=path,
        site=SPOT_SITE,
        limit=weight(cost),
        queries=(query or Query(),),
        windows=windows,
        pagination=pagination,
        rows=rows,
        source=f"{DOC}, GET /api/v3/{path}",
    )


def numbered_pages(size: int) -> Token:
    """Page by number, as far as the answer says that there are pages. ``size`` 0: the exchange chooses it."""
    return Token(parameter="page", next=NEXT, limit="limit" if size else "", size=size)


def listed_rows(name: str, total: str) -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of an answer, which may be null or missing where it counts none."""

    def rows(data: object) -> list[object]:
        (answer,) = object_row(data)
        if isinstance(answer, dict) and answer.get(name) is None and answer.get(total) == "0":
            return []
        return rows_in(name)(data)

    return rows


PAGE_ROWS, FUTURES_ROWS = listed_rows("data", "totalRecords"), listed_rows(ROWS, "totalCount")


def futures(
    path: str,
    *,
    query: Query | None = None,
    windows: Windows | None = None,
    pagination: Pagination | None = FUTURES_PAGES,
    rows: RowSelector = FUTURES_ROWS,
) -> Endpoint:
    """Return a request of the futures API."""
    path = f"api/v1/private/{path}"
    return Endpoint(
        path=path,
        site=FUTURES_SITE,
        limit=TWENTY,
        queries=(query or Query(),),
        windows=windows,
        pagination=pagination,
        rows=rows,
        source=f"{DOC}, GET /{path}",
    )


def counted_rows(name: str, total: str, size: int) -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of an answer that is to have all of them.

    Raises MalformedError where it counts more than came although there was room for ``size``.
    """

    def rows(data: object) -> list[object]:
        found, (answer,) = listed_rows(name, total)(data), object_row(data)
        count = str(answer.get(total)) if isinstance(answer, dict) else ""
        if count.isdigit() and len(found) < min(int(count), size):
            raise MalformedError(_("there are more rows than one answer holds"))
        return found

    return rows


def one_page(rows: RowSelector, size: int) -> Callable[[object], list[object]]:
    """Select the rows of an answer that is to have all of them.

    Raises MalformedError where it says that there is another page although there was room for ``size``.
    """

    def selected(data: object) -> list[object]:
        found = rows(data)
        if len(found) < size and isinstance(data, dict) and data.get(NEXT):
            raise MalformedError(_("there are more rows than one answer holds"))
        return found

    return selected


def change(
    wallet: str, asset: str, amount: Decimal, kind: str, *, fee: Decimal | None = None, words: str = ""
) -> Change:
    """Return one change of one balance. ``fee``: what of it was charged."""
    return Change(
        wallet=wallet, asset=asset, amount=amount, kind=kind, fee=plain(-fee) if fee else "", description=words
    )


def moment_of(row: Row, name: str) -> int:
    """Return a strict time of a row in Unix milliseconds."""
    return int(row.hint(name))


def coin_of(name: str) -> str:
    """Return the coin of a deposit or withdrawal, which stands beside its network: USDT of USDT-TRX."""
    return name.partition("-")[0]
