"""Binance: what its lists of an archive have in common: wallets, reaches, windows, and rows as they come."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial

from auditor.exchanges.binance.pages import OPENED, QUARTER
from auditor.i18n import _, mark
from auditor.model.amounts import ZERO
from auditor.spec import table_rows
from auditor.spec.endpoint import Numbered, Query, RowSelector, Windows
from auditor.spec.fields import MalformedError, time
from auditor.spec.paged_list import Reach
from auditor.spec.parsed_row import Row
from auditor.spec.rows import object_row, rows_in
from auditor.spec.second_list import SecondList
from auditor.spec.summed import Change, ChangeList

SPOT, FUNDING, USD_M, COIN_M = "spot", "funding", "UMFUTURE", "CMFUTURE"
BOTH = (SPOT, FUNDING)
OF_BOTH = "spot-and-funding"
"""Some rows do not say which of the two they changed, so that both are added up together, too."""
OTHERS = {
    "MARGIN": mark("Cross Margin"),
    "isolated-margin": mark("Isolated Margin"),
    "OPTION": mark("Options"),
    "PORTFOLIO_MARGIN": mark("Portfolio Margin"),
    "pay-fiat": mark("Binance Pay out of the fiat wallet"),
    "pay-card": mark("Binance Pay by card"),
    "pay-earn": mark("Binance Pay out of Earn"),
    "pay-other": mark("Binance Pay out of a wallet without a name"),
}
"""Wallets whose own changes are in no list of an archive, or in lists that do not say how they add up."""
HALF_YEAR = timedelta(days=178)
"""Six months, less a few days: a month has 28 of them at least, and the edge moves while it is read."""
QUARTER_YEAR = timedelta(days=88)
"""Three months, or 90 days, likewise."""
YEAR_AND_A_HALF = timedelta(days=540)
WEEK = timedelta(days=6, hours=23)
"""Less than the 7 days that Binance states as the longest window of some lists."""
WEEKLY = Windows(span=WEEK, first=OPENED)
MONTHLY = Windows(span=timedelta(days=29), first=OPENED)
"""Less than the 30 days that Binance states as the longest."""
QUARTERLY = Windows(span=QUARTER, first=OPENED)
FOR_EVER = Reach(words=mark("no end is stated"))
of_both = partial(ChangeList, wallets=BOTH, reach=FOR_EVER, ordered=False)
explaining = partial(SecondList, wallet=SPOT, reach=FOR_EVER, ordered=False, explains=True)
"""A list on which no proof rests."""
in_table = partial(table_rows.in_table, moment=time)
FIAT_PAGES = Numbered(number="page", limit="rows", size=100)


def the_last(words: str, back: timedelta) -> Reach:
    """Return the reach of a list that Binance gives for some time only."""
    return Reach(words=words, back=back)


def within(back: timedelta, **params: str) -> tuple[Query, ...]:
    """Return the query of a list that is not asked for further back."""
    return (Query(params=params, back=back),)


def counted_rows(name: str, total: str = "total") -> Callable[[object], list[object]]:
    """Select the rows in list ``name`` of an answer; it may be missing or null where the answer counts none."""

    def rows(data: object) -> list[object]:
        (answer,) = object_row(data)
        if isinstance(answer, dict) and answer.get(name) is None and answer.get(total) == "0":
            return []
        return rows_in(name)(data)

    return rows


def named_rows(rows: RowSelector, *names: str) -> RowSelector:
    """Return of each row only these fields, and a time of 0: of rows that name something, and have no time."""

    def selected(data: object) -> list[object]:
        found = rows(data)
        if not all(isinstance(row, dict) for row in found):
            raise MalformedError(_("a row is not an object"))
        return [{**{name: row.get(name) for name in names}, "time": "0"} for row in found if isinstance(row, dict)]

    return selected


def change(wallet: str, asset: str, amount: Decimal, kind: str, *, fee: str = "", description: str = "") -> Change:
    """Return one change of one balance."""
    return Change(wallet=wallet, asset=asset, amount=amount, kind=kind, fee=fee, description=description)


def moment_of(row: Row, name: str) -> int:
    """Return a strict time of a row in Unix milliseconds."""
    return int(row.hint(name))


def amount_or_zero(row: Row, name: str) -> Decimal:
    """Return the amount in an optional field, 0 without one."""
    found = row.amount_or_none(name)
    return ZERO if found is None else found


def moment_without_zone(text: str) -> int:
    """Return a time such as 2019-10-12 11:12:02 in Unix milliseconds. Its zone is not stated: it is read as UTC."""
    return int(datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC).timestamp()) * 1000
