"""How to ask: within which limit, at which place, with which parameters, and how a list goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``requests`` in any ``seconds``, for each user and path (public paths: each address).

    Of those that name a ``pool`` all share one limit, and each takes ``cost`` of it. ``shared``: by all accounts at one
    address; ``header``: the answer's header that says how much of it is used, by other programs too.
    """

    requests: int
    seconds: float
    pool: str = ""
    cost: int = 1
    shared: bool = False
    header: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """Where a surface lives, at exchanges with several places.

    ``section``: ccxt's name of it; ``prefix``: the path before the surface's own; ``service``: may have its own host.
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
class Paging:
    """How a list goes on: newest first, the next page asked by ``cursor`` set just above the last row's ``key``.

    ``key`` is a numeric id or a time in milliseconds; ``size`` rows fill a page.
    """

    cursor: str
    key: str
    size: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A list asked by page number from 1. ``total``: where the answer counts all rows (within.it), or None."""

    number: str = "current"
    limit: str = "size"
    size: int = 100
    total: str | None = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """A list asked by how many rows to skip."""

    skip: str = "offset"
    limit: str = "limit"
    size: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """A list asked in stretches of time, at most ``span`` long. Nothing is older than ``first``."""

    start: str = "startTime"
    end: str = "endTime"
    span: timedelta
    first: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """One asking of a surface: for which sub-account (``owner``), with which further parameters.

    ``known``: what the plan found that the reader needs; never sent.
    """

    owner: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
