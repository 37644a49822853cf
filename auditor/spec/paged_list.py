"""A list of an account's history: how it is asked for and paged, and how far back it goes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import quote, unquote

from auditor.spec.endpoint import Cursor, Endpoint
from auditor.spec.times import Unit

OF_ROW = "--"
"""Between the id of a list that is asked for each row of another, or for each value, and that row's id or value."""
RowsOf = Callable[[str], Iterable[Mapping[str, object]]]
"""Returns the rows of a list of the archive as they came, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far back the exchange gives a list, in its own words and as a time, with the source.

    ``back``: None where the list goes back to the day that ``words`` name, before which the exchange has nothing;
    ``first``: that day, None where none is stated; ``source``: "" where the page of the list's request says so.
    """

    words: str
    source: str = ""
    back: timedelta | None = None
    first: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascending:
    """Pages from old to new: the next is asked from the last row's ``key`` on, which it repeats.

    ``key``: a whole number; ``cursor``: the parameter, which begins at ``first``, or in time windows where each starts.
    """

    cursor: str
    key: str
    limit: str = "limit"
    size: int = 1000
    first: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One answer has all rows, if fewer than ``size`` came; else a time window is asked in halves."""

    limit: str = "limit"
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A list that is asked once for each value of a parameter, such as a symbol.

    ``values``: known ones; ``find``: further ones out of the rows of the lists ``of``, which are read before and may
    be the list itself: it is asked until nothing new is found. ``field``: the name under which a row is read with its
    value, "" for none; a row that has it must have the same. ``shared``: several parts may show the same row.
    ``about``: how many values an account has to be asked for, where they are found, for an estimate of the time.
    """

    parameter: str
    values: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    find: Callable[[RowsOf], Iterable[str]] = lambda _rows: ()
    field: str = ""
    about: int = 1
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedList:
    """A list that is read from its newest row to its end, or from its oldest one.

    ``key``, ``time``: the fields with a row's id and time, which is written in ``unit``; ``ties``: whether rows may
    have one key; ``ordered``: whether keys, or times, fall from row to row; ``asset``, ``balance``: the fields with the
    coin and its balance after the row, "" without.

    Paged by `Cursor`, ids are whole numbers that fall. Every other list is read by time (``timed``, which only one
    without pages must say): ids may be text, times may tie, and without a ``key`` a row is known by its content.
    ``oldest_first``: windows and rows rise; ``paging``: in place of the endpoint's pagination, where an audit has no
    such; ``partition``: it is asked for each of several values.
    """

    id: str
    title: str
    endpoint: Endpoint
    reach: Reach
    key: str
    time: str
    ties: bool = False
    ordered: bool = True
    asset: str = ""
    balance: str = ""
    unit: Unit = "ms"
    timed: bool = False
    oldest_first: bool = False
    paging: Ascending | Single | None = None
    partition: Partition | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Cite the page of the request for a reach without a source of its own."""
        if not self.reach.source:
            object.__setattr__(self, "reach", replace(self.reach, source=self.endpoint.source))

    @property
    def by_time(self) -> bool:
        """Whether its rows are told apart and ordered by time and id, not by a number that is both."""
        pagination = self.endpoint.pagination
        is_paged_so = pagination is None or isinstance(pagination, Cursor)
        return self.timed or self.paging is not None or self.endpoint.windows is not None or not is_paged_so

    def part(self, value: str) -> Self:
        """Return the list of one value of its partition."""
        if self.partition is None:
            return self
        query = self.endpoint.queries[-1]
        query = replace(query, params={**query.params, self.partition.parameter: value})
        return replace(
            self,
            id=f"{self.id}{OF_ROW}{quote(value, safe='')}",
            endpoint=replace(self.endpoint, queries=(query,)),
            partition=None,
            given={self.partition.field: value} if self.partition.field else {},
        )

    def value_of(self, part_id: str) -> str:
        """Return the value of a part, whose id is that of the list and the value."""
        return unquote(part_id.removeprefix(f"{self.id}{OF_ROW}"))
