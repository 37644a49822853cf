"""The vocabulary of an exchange's table: what to ask, how often, how to page, and how to read a row.

Everything else follows from a table: the allow-list, the coverage, `audit surfaces`, the tests' matrix.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from auditor.i18n import Message, _
from auditor.model.records import Area, Record
from auditor.model.snapshot import Key, Reading, Standing, Trouble
from auditor.spec.fields import Field, Malformed, Row
from auditor.spec.request import Limit, Numbered, Offset, Paging, Query, Scope, Site, Windows

__all__ = [
    "Context",
    "Exchange",
    "Fact",
    "Identity",
    "Limit",
    "Numbered",
    "Offset",
    "Outage",
    "Paging",
    "Plan",
    "Query",
    "Reader",
    "Rights",
    "Scope",
    "Site",
    "SubOnly",
    "Surface",
    "Windows",
    "listed",
    "only",
    "single",
    "whole",
    "within",
]


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
        raise Malformed(_("the data is not a list"))
    return data


def single(data: object) -> list[object]:
    """The one row of an answer that always has one."""
    found = only(data)
    if len(found) != 1:
        raise Malformed(_("one object is due, {count} came").format(count=len(found)))
    return found


def whole(data: object) -> list[object]:
    """The answer itself, an object, as the one row."""
    if not isinstance(data, dict):
        raise Malformed(_("the data is not an object"))
    return [data]


def listed(name: str) -> Callable[[object], list[object]]:
    """The rows in list ``name`` of an answer that is an object."""

    def rows(data: object) -> list[object]:
        (outer,) = whole(data)
        if not isinstance(outer, dict) or not isinstance(outer.get(name), list):
            raise Malformed(_("{name} is not a list").format(name=name))
        return list(outer[name])

    return rows


def within(name: str) -> Callable[[object], list[object]]:
    """The rows in list ``name`` of an answer's single object."""

    def rows(data: object) -> list[object]:
        outer = single(data)[0]
        if not isinstance(outer, dict) or not isinstance(outer.get(name), list):
            raise Malformed(_("{name} is not a list").format(name=name))
        return list(outer[name])

    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """One place that can hold something, and the request that reads it.

    ``proves``: the strict fields; ``read``: their row to records; ``modes``, ``kinds``: the account modes and kinds
    (main, sub) that can have it, None for all; ``absent``: error codes that the exchange documents for a product never
    used, with what they say, and ``absent_in`` the account modes in which they are believed, None for all;
    ``services``: maintenance services that take it down; ``after`` and ``plan``: surfaces to be read first, and what to
    ask given them; ``nothing``: why, when the plan has nothing to ask; ``right``: the right its reading needs;
    ``by_eye``: codes of a refusal that no key that only reads escapes, so that a person must look;
    ``some``: documented for some accounts only, so that a refusal says nothing of others, and a person must look;
    ``named``: the kind of name by which alone the exchange shows it, asked once for each that the user gives;
    ``value``: whether money can sit there, so that it is read again before an account is called clean; ``source``: page
    and date; ``site``: where it lives, at exchanges with several places.
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
    site: Site | None = None
    paging: Paging | Numbered | Offset | None = None
    windows: Windows | None = None
    rows: Callable[[object], list[object]] = only
    standing: Standing = Standing.DOCUMENTED
    modes: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
    absent_in: frozenset[str] | None = None
    services: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    plan: Plan | None = None
    nothing: str = ""
    right: str = "Read"
    by_eye: frozenset[str] = frozenset()
    some: bool = False
    named: str = ""
    limit_by: str | None = None
    value: bool = True

    @property
    def endpoint(self) -> str:
        """Method and path, as the exchange's documentation names them."""
        return f"{self.method} {self.site.prefix if self.site else ''}{self.path}"

    @property
    def wait(self) -> float:
        """Seconds for which its limit lets one asking of it wait, about."""
        return len(self.queries) * self.limit.seconds * self.limit.cost / self.limit.requests

    @property
    def via(self) -> str:
        """The section through which ccxt asks it."""
        return self.site.section if self.site else self.section


@dataclass(frozen=True, slots=True)
class Fact:
    """What an error code means for an audit: the kind of trouble, whether to try again, what to tell the person."""

    trouble: Trouble
    advice: str
    retry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a key belongs to and what it may do, as the exchange says. ``kind``: main or sub.

    ``uid`` is empty when a key that may do too much was asked no further; ``main_uid`` when a sub-account's key is not
    told whose it is. ``proven`` False: the exchange has no way to say what the key may do; ``nameless``: nor whose it
    is; ``doubts``: sentences on what this very key does not show.
    """

    uid: str
    main_uid: str
    kind: str
    mode: str | None
    key: Key
    proven: bool = True
    nameless: bool = False
    doubts: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class Outage:
    """A service under maintenance: ``service`` None takes everything down. ``paper``: in paper trading only."""

    service: str | None
    title: str
    paper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """A question of its own for what a key may do, asked before any other."""

    surface: Surface
    read: Callable[[Row], Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubOnly:
    """A question that only a sub-account's key may ask: refused with one of ``codes``, the key is a main account's."""

    surface: Surface
    codes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One exchange: its surfaces and how to speak with it. ``id`` is ccxt's.

    ``identity``: the surface that says who the key is, read first and by itself; ``clock``: server time; ``outages``:
    reads the rows of ``status``; ``unwrap``: an answer's data, raising `Refusal` for an error in the body;
    ``ledgers``: lists of everything that ever moved, newest first, whose first row tells whether something did;
    ``paper``: whether it has paper trading in which a key can prove itself, ``sandbox_codes``: codes that the exchange
    documents for what that lacks; ``beyond``: areas of a sub-account that its main account's key cannot see;
    ``rights``, ``sub_only``: questions of their own for what ``identity`` does not answer; ``clock_codes``: codes that
    mean a clock that is wrong; ``line``: what asks in place of `wire.client.Client`, by the same methods.
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
    paper: bool = False
    rights: Rights | None = None
    sub_only: SubOnly | None = None
    clock_codes: frozenset[str] = frozenset()
    ccxt: Mapping[str, object] = field(default_factory=dict)
    line: Callable[..., Any] | None = None

    def all(self) -> tuple[Surface, ...]:
        """Everything that may be asked."""
        asked_first = [question.surface for question in (self.rights, self.sub_only) if question is not None]
        return (self.clock, self.status, *asked_first, self.identity, *self.ledgers, *self.surfaces)

    def first(self) -> frozenset[str]:
        """Ids of what everything else of an account waits for, its wallets among them."""
        later = {s.id for s in self.surfaces if s.area is not Area.BALANCES or s.plan is not None}
        return frozenset(surface.id for surface in self.all()) - later

    def kinds_of_names(self) -> tuple[str, ...]:
        """What it shows only to who names it."""
        return tuple(dict.fromkeys(surface.named for surface in self.surfaces if surface.named))

    def prefix_of(self, surface: Surface) -> str:
        """The path before the surface's own."""
        return surface.site.prefix if surface.site else self.prefix
