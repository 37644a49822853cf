"""How to send one request: address, rate limit, parameters, and the pagination of its list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from auditor.spec.rows import list_rows

RowSelector = Callable[[object], list[object]]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``requests`` in any ``seconds``, for each user and path (public paths: for each address).

    Endpoints with the same ``pool`` share one limit, and each request uses ``cost`` of it. ``shared``: by all accounts
    at one address; ``header``: the answer's header with the amount used, including other programs.
    """

    requests: int
    seconds: float
    pool: str = ""
    cost: int = 1
    shared: bool = False
    header: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A part of an exchange's API, at exchanges with several.

    ``section``: ccxt's name of it; ``prefix``: the path before the endpoint's; ``service``: may have its own host;
    ``base``: the beginning of ``prefix`` that ccxt must be given where its signature adds the rest, None for all of it.
    """

    section: str
    prefix: str
    service: str = ""
    base: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The parameters of one list. ``back``: how far into the past to read it; None is all of it."""

    params: Mapping[str, str] = field(default_factory=dict)
    back: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A list from new to old; the next page is requested with ``cursor`` just above the last row's ``key``.

    ``key`` is a numeric id or a time in milliseconds; ``size`` rows fill a page, for which ``limit`` asks.
    """

    cursor: str
    key: str
    size: int = 100
    limit: str = "limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A list by page number from 1.

    ``total``: the dotted path of the answer's row count, or None; ``may_lack_total``: texts differ on whether the
    answer has it, so a list without it is read to a page that brings nothing new. ``most``: rows beyond which no page
    is given, 0 without such a limit: an archive then asks for a shorter time.
    """

    number: str = "current"
    limit: str = "size"
    size: int = 100
    total: str | None = "total"
    may_lack_total: bool = False
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A list by the number of rows to skip.

    ``limit`` empty: the exchange chooses the page size; ``total``: the dotted path of the answer's row count, or None.
    """

    skip: str = "offset"
    limit: str = "limit"
    size: int = 1000
    total: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A list by a token in each answer, sent as ``parameter`` to get the next page; a blank one ends the list.

    ``next``, ``more``: the dotted paths of the token, and of a flag that says whether another page exists;
    ``may_lack``: whether the token is missing on the last page: an archive does not believe that of a full page of a
    time window, and asks for shorter ones; ``all_rows``: the dotted path of the list that is full then, where only some
    of its rows are read; ``last``: the token that ends a list as a blank does; ``limit`` empty: the exchange chooses
    the page size.
    """

    parameter: str = "cursor"
    next: str = "nextPageCursor"
    limit: str = "limit"
    size: int = 50
    more: str | None = None
    may_lack: bool = False
    all_rows: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """A list by time windows, each at most ``span`` long. No row is older than ``first``.

    ``unit``: how times are written: Unix milliseconds, Unix seconds, or ISO 8601 in UTC.
    """

    start: str = "startTime"
    end: str = "endTime"
    span: timedelta
    first: datetime
    unit: Literal["ms", "s", "iso"] = "ms"


Pagination = Cursor | Numbered | Offset | Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One read-only request of an exchange's API, as its documentation describes it.

    ``section``: ccxt's name of the part of the API, where the exchange has one site; ``queries``: the lists to read,
    the unfiltered one last; ``rows``: selects the rows of an answer; ``limit_by``: a parameter whose values have rate
    limits of their own; ``numbers``: parameters that a JSON body carries as numbers; ``rpc``: the method that the body
    of a JSON-RPC request names, which is then the only one that may leave there; ``source``: page and date of the
    documentation.
    """

    path: str
    limit: Limit
    source: str
    method: str = "GET"
    section: str = "private"
    site: Site | None = None
    queries: tuple[Query, ...] = (Query(),)
    pagination: Pagination | None = None
    windows: Windows | None = None
    rows: RowSelector = list_rows
    limit_by: str | None = None
    numbers: frozenset[str] = frozenset()
    rpc: str = ""

    @property
    def name(self) -> str:
        """Method and path, as the exchange's documentation names them."""
        return f"{self.method} {self.site.prefix if self.site else ''}{self.path}"

    @property
    def public(self) -> bool:
        """Whether the answer is the same for every account, so that accounts at one address can share it."""
        return self.section == "public"

    @property
    def ccxt_section(self) -> str:
        """The part of ccxt's API that sends it."""
        return self.site.section if self.site else self.section

    @property
    def wait(self) -> float:
        """The seconds that its rate limit needs for one reading, without further pages: an estimate."""
        return len(self.queries) * self.limit.seconds * self.limit.cost / self.limit.requests

    def typed(self, params: Mapping[str, str]) -> dict[str, str | int]:
        """Return the parameters as a JSON body carries them."""
        return {name: int(value) if name in self.numbers else value for name, value in params.items()}

    def full_path(self, prefix: str) -> str:
        """Return the whole path of a request. ``prefix``: of an exchange with one site."""
        return (self.site.prefix if self.site else prefix) + self.path
