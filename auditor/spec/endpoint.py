"""How to ask one place: where, within which limit, with which parameters, and how its list goes on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from auditor.spec.rows import list_rows

RowSelector = Callable[[object], list[object]]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``requests`` in any ``seconds``, for each user and path (public paths: each address).

    Endpoints that name a ``pool`` share one limit, and each request takes ``cost`` of it. ``shared``: by all accounts
    at one address; ``header``: the answer's header with the amount used, by other programs too.
    """

    requests: int
    seconds: float
    pool: str = ""
    cost: int = 1
    shared: bool = False
    header: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where endpoints live, at exchanges with several places.

    ``section``: ccxt's name of it; ``prefix``: the path before the endpoint's own; ``service``: may have its own host.
    """

    section: str
    prefix: str
    service: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Parameters of one list to read. ``back``: how far into the past it is read; None is all of it."""

    params: Mapping[str, str] = field(default_factory=dict)
    back: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A list from new to old, whose next page is asked by ``cursor`` set just above the last row's ``key``.

    ``key`` is a numeric id or a time in milliseconds; ``size`` rows fill a page.
    """

    cursor: str
    key: str
    size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A list asked by page number from 1. ``total``: where the answer counts all rows (dots within), or None."""

    number: str = "current"
    limit: str = "size"
    size: int = 100
    total: str | None = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A list asked by the number of rows to skip."""

    skip: str = "offset"
    limit: str = "limit"
    size: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """A list asked in windows of time, each at most ``span`` long. Nothing is older than ``first``."""

    start: str = "startTime"
    end: str = "endTime"
    span: timedelta
    first: datetime


Pagination = Cursor | Numbered | Offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One request of an exchange's API that only reads, as its documentation describes it.

    ``section``: ccxt's name of the part of the API, where the exchange has one site; ``queries``: the lists to read,
    the one without a filter last; ``rows``: selects the rows of an answer; ``limit_by``: a parameter whose values have
    limits of their own; ``source``: page and date.
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

    @property
    def name(self) -> str:
        """Method and path, as the exchange's documentation names them."""
        return f"{self.method} {self.site.prefix if self.site else ''}{self.path}"

    @property
    def public(self) -> bool:
        """Whether everybody gets the same answer, so that all accounts at one address can share it."""
        return self.section == "public"

    @property
    def ccxt_section(self) -> str:
        """The part of ccxt's API through which it is asked."""
        return self.site.section if self.site else self.section

    @property
    def wait(self) -> float:
        """Seconds that its limit takes for one reading, roughly: pages are not counted."""
        return len(self.queries) * self.limit.seconds * self.limit.cost / self.limit.requests

    def full_path(self, prefix: str) -> str:
        """The whole path of a request. ``prefix``: of an exchange with one site."""
        return (self.site.prefix if self.site else prefix) + self.path
