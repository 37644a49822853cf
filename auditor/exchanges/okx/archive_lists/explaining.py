"""OKX: how to declare a list that only explains the ledgers: which field of a row fills which column."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from auditor.exchanges.okx.sources import DOC
from auditor.i18n import mark
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Query
from auditor.spec.fields import Field, Row, optional_amount, text, time
from auditor.spec.history import LedgerEntry, ListedRow, Reach, SecondList
from auditor.spec.history_tables import AMOUNTS, TABLES

FUNDING, TRADING = "funding", "trading"
CONSTANT = "="
"""Begins the value of a column that no field has."""


@dataclass(frozen=True, slots=True)
class Span:
    """How far back a list goes. ``back``: a day less than documented, so that nothing is expected too early."""

    words: str
    back: timedelta | None = None


ALL = Span(mark("without a stated limit"))
YEAR = Span(mark("the last year"), timedelta(days=364))
QUARTER = Span(mark("the last 3 months"), timedelta(days=89))
MONTH = Span(mark("the last month"), timedelta(days=27))
DAYS_30 = Span(mark("the last 30 days"), timedelta(days=29))
WEEK = Span(mark("the last 7 days"), timedelta(days=6))
DAYS_3 = Span(mark("the last 3 days"), timedelta(days=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the rows of a list are.

    ``number``: the fields that are a row's id together; ``time``: its Unix milliseconds; ``table``: where it is
    written, as ``kind``; ``columns``: the field of each column, ``=word`` for one that no field has, ``list.field`` for
    one within a list of objects.
    """

    number: tuple[str, ...]
    time: str
    table: str
    kind: str
    columns: Mapping[str, str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The strict fields: an id, a time, and amounts, which may be blank."""
        amounts = {name for column, name in self.columns.items() if column in AMOUNTS and _is_field(name)}
        return (text(self.number[0]), time(self.time), *map(optional_amount, sorted(amounts)))

    def read(self, row: Row) -> ListedRow:
        """Read a row."""
        return ListedRow(
            id="-".join(map(row.hint, self.number)),
            time=int(row.hint(self.time)),
            cells=tuple(self._cell(row, column) for column in TABLES[self.table]),
        )

    def _cell(self, row: Row, column: str) -> str:
        name = self.columns.get(column, f"{CONSTANT}{self.kind}" if column == "kind" else CONSTANT)
        if name.startswith(CONSTANT):
            return name.removeprefix(CONSTANT)
        return row.hint(name) if _is_field(name) else _inner(row, name, is_amount=column in AMOUNTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a list is asked for.

    ``key``: the field by which it is paged; ``cursor``: its parameter, "" for a list of one page; ``ties``,
    ``ordered``: as in `PagedList`.
    """

    id: str
    title: str
    path: str
    limit: Limit
    page: str
    key: str
    cursor: str = "after"
    params: Mapping[str, str] = field(default_factory=dict)
    span: Span = ALL
    ties: bool = False
    ordered: bool = True
    main_only: bool = False
    used_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parent: str = ""
    by: str = ""


def explaining(
    listing: Listing,
    shape: Shape,
    *,
    read: Callable[[Row], ListedRow] | None = None,
    types: frozenset[str] = frozenset(),
    mark: Callable[[LedgerEntry], Hashable] = lambda _entry: None,
    group: str = "",
) -> SecondList:
    """Return a list that only explains.

    ``types``, ``mark``, ``group``: the ledger's rows that it shows, in whose terms ``read`` reads a row.
    """
    source = f"{DOC}, {listing.page}"
    endpoint = Endpoint(
        path=listing.path,
        limit=listing.limit,
        queries=(Query(params=listing.params),),
        pagination=Cursor(cursor=listing.cursor, key=listing.key) if listing.cursor else None,
        source=source,
    )
    return SecondList(
        id=listing.id,
        title=listing.title,
        wallet=TRADING,
        endpoint=endpoint,
        reach=Reach(words=listing.span.words, source=source, back=listing.span.back),
        key=listing.key,
        time=shape.time,
        ties=listing.ties,
        ordered=listing.ordered,
        fields=shape.fields,
        read=read or shape.read,
        table=shape.table,
        types=types,
        mark=mark,
        group=group,
        shared=bool(group),
        main_only=listing.main_only,
        explains=True,
        used_by=listing.used_by,
        parent=listing.parent,
        by=listing.by,
    )


def _is_field(name: str) -> bool:
    return "." not in name and not name.startswith(CONSTANT)


def _inner(row: Row, name: str, *, is_amount: bool) -> str:
    """Return a value within a list of objects: of all of them, or of the only one where it is an amount."""
    outer, _dot, inner = name.partition(".")
    items = row.raw.get(outer)
    found = [str(item.get(inner, "")) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if is_amount:
        return found[0] if len(found) == 1 else ""
    return ", ".join(dict.fromkeys(found))
