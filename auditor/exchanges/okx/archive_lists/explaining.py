"""OKX: what lists that only explain the ledgers have in common: how each is asked, and how far back it goes."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TypedDict

from auditor.exchanges.okx.sources import DOC
from auditor.i18n import mark
from auditor.spec import table_rows
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query
from auditor.spec.fields import time
from auditor.spec.paged_list import Reach
from auditor.spec.second_list import SecondList

FUNDING, TRADING = "funding", "trading"

ALL = Reach(words=mark("without a stated limit"))
# A day less than documented, so that nothing is expected too early.
YEAR = Reach(words=mark("the last year"), back=timedelta(days=364))
QUARTER = Reach(words=mark("the last 3 months"), back=timedelta(days=89))
MONTH = Reach(words=mark("the last month"), back=timedelta(days=27))
DAYS_30 = Reach(words=mark("the last 30 days"), back=timedelta(days=29))
WEEK = Reach(words=mark("the last 7 days"), back=timedelta(days=6))
DAYS_3 = Reach(words=mark("the last 3 days"), back=timedelta(days=2))

explaining = partial(SecondList, wallet=TRADING, reach=ALL, explains=True)
shape, in_table = partial(table_rows.shape, moment=time), partial(table_rows.in_table, moment=time)


class Asked(TypedDict):
    """How a list is asked for, and the field by which it is paged."""

    endpoint: Endpoint
    key: str


def asked(
    path: str,
    page: str,
    limit: Limit,
    *,
    by: str,
    cursor: str = "after",
    params: Mapping[str, str] | None = None,
    copy: str = DOC,
) -> Asked:
    """Return how a list is asked for, paged by the field ``by``. ``copy``: of the documentation, which has the page."""
    endpoint = Endpoint(
        path=path,
        limit=limit,
        queries=(Query(params=params or {}),),
        pagination=Cursor(cursor=cursor, key=by),
        source=f"{copy}, {page}",
    )
    return {"endpoint": endpoint, "key": by}
