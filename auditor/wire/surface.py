"""The vocabulary of an exchange's table: what to ask, how often, how to page, and how to read a row.

Everything else follows from a table: the allow-list, the coverage, `audit surfaces`, the tests' matrix.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from auditor.snapshot import Area, Key, Reading, Record, Standing, Trouble
from auditor.wire.fields import Field, Malformed, Row


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``requests`` in any ``seconds``, for each user and path (public paths: each address)."""

    requests: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Parameters of one list to read. ``back``: how far into the past it is read; None is all of it."""

    params: Mapping[str, str] = field(default_factory=dict)
    back: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """How a list goes on: newest first, the next page asked by ``cursor`` set just above the last row's ``key``.

    ``key`` is a numeric id or a time in milliseconds; ``size`` rows fill a page.
    """

    cursor: str
    key: str
    size: int = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """One asking of a surface: for which sub-account (``owner``), with which further parameters."""

    owner: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What a row reader may know beside its row. ``market``: ccxt's own reading of a market row."""

    mode: str | None
    now: datetime
    scope: Scope
    market: Callable[[Mapping[str, object]], Mapping[str, Any] | None]


Reader = Callable[[Row, Context], Iterable[Record]]
# None: what it depends on was not read, so that nobody can say what to ask.
Plan = Callable[[Mapping[str, Sequence[Reading]]], Sequence[Scope] | None]


def only(data: object) -> list[object]:
    """The rows of an answer that is a list."""
    if not isinstance(data, list):
        raise Malformed("the data is not a list")
    return data


def single(data: object) -> list[object]:
    """The one row of an answer that always has one."""
    found = only(data)
    if len(found) != 1:
        raise Malformed(f"one object is due, {len(found)} came")
    return found


def within(name: str) -> Callable[[object], list[object]]:
    """The rows in list ``name`` of an answer's single object."""

    def rows(data: object) -> list[object]:
        outer = single(data)[0]
        if not isinstance(outer, dict) or not isinstance(outer.get(name), list):
            raise Malformed(f"{name} is not a list")
        return list(outer[name])

    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One place that can hold something, and the request that reads it.

    ``proves``: the strict fields; ``read``: their row to records; ``modes``, ``kinds``: the account modes and kinds
    (main, sub) that can have it, None for all; ``absent``: error codes that the exchange documents for a product never
    used, with what they say; ``services``: maintenance services that take it down; ``after`` and ``plan``: surfaces to
    be read first, and what to ask given them; ``right``: the right its reading needs; ``value``: whether money can sit
    there, so that it is read again before an account is called clean; ``source``: page and date.
    """

    id: str
    area: Area
    title: str
    path: str
    limit: Limit
    proves: tuple[Field, ...]
    read: Reader
    source: str
    section: str = "private"
    method: str = "GET"
    queries: tuple[Query, ...] = (Query(),)
    paging: Paging | None = None
    rows: Callable[[object], list[object]] = only
    standing: Standing = Standing.DOCUMENTED
    modes: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    plan: Plan | None = None
    right: str = "Read"
    limit_by: str | None = None
    value: bool = True

    @property
    def endpoint(self) -> str:
        """Method and path, as the exchange's documentation names them."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Fact:
    """What an error code means for an audit: the kind of trouble, whether to try again, what to tell the person."""

    trouble: Trouble
    advice: str
    retry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a key belongs to and what it may do, as the exchange says. ``kind``: main or sub."""

    uid: str
    main_uid: str
    kind: str
    mode: str
    key: Key


@dataclass(frozen=True, slots=True)
class Outage:
    """A service under maintenance: ``service`` None takes everything down."""

    service: str | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One exchange: its surfaces and how to speak with it. ``id`` is ccxt's.

    ``identity``: the surface that says who the key is, read first and by itself; ``clock``: server time; ``outages``:
    reads the rows of ``status``; ``unwrap``: an answer's data, raising `Refusal` for an error in the body;
    ``ledgers``: lists of everything that ever moved, newest first, whose first row tells whether something did;
    ``sandbox_codes``: codes that the exchange documents for what its paper trading lacks; ``beyond``: areas of a
    sub-account that its main account's key cannot see.
    """

    id: str
    name: str
    credentials: tuple[str, ...]
    prefix: str
    surfaces: tuple[Surface, ...]
    identity: Surface
    identify: Callable[[Row], Identity]
    clock: Surface
    status: Surface
    ledgers: tuple[Surface, ...]
    outages: Callable[[Row, datetime], Outage | None]
    unwrap: Callable[[object], object]
    code: Callable[[object], tuple[str, str] | None]
    errors: Mapping[str, Fact]
    sandbox_codes: Mapping[str, str]
    beyond: tuple[Area, ...]

    def all(self) -> tuple[Surface, ...]:
        """Everything that may be asked."""
        return (self.clock, self.status, self.identity, *self.ledgers, *self.surfaces)
