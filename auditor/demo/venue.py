"""A venue: one exchange's protocol on the demo server.

Each folder of this package is a venue, named by its ccxt id and discovered by its `venue.py`, which defines `VENUE`.
Its `accounts/` has the named accounts.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from auditor.demo.limits import Limiter
from auditor.demo.model import NOBODY, Account, Row
from auditor.demo.pages import rows_with


@dataclass(frozen=True)
class Request:
    """One HTTP request as it arrived.

    `target` is its path with the query, as sent, which signatures cover; `now` the exchange's clock in Unix seconds.
    `service` is the one at whose own address it arrived, blank at the venue's address.
    """

    method: str
    path: str
    target: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    address: str = "127.0.0.1"
    now: float = 0.0
    service: str = ""

    @property
    def raw_query(self) -> str:
        """Return the query as it was sent."""
        return self.target.partition("?")[2]


@dataclass(frozen=True)
class Answer:
    """HTTP status, body (a value to encode as JSON, or a text to send unchanged) and headers."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)


class RefusedError(Exception):
    """The exchange answers with an error: `answer`, and `code` as it was raised."""

    def __init__(self, answer: Answer, code: object = None) -> None:
        """Keep the exchange's answer."""
        super().__init__(code if code is not None else answer.body)
        self.answer = answer
        self.code = code


@dataclass
class State:
    """The state of a venue while its server runs.

    `accounts` by their API keys, `limiter` (None where limits are off), the last nonce of each key, and the rows of
    announcements (`status_rows`).
    """

    accounts: dict[str, Account] = field(default_factory=dict)
    limiter: Limiter | None = None
    nonces: dict[str, int] = field(default_factory=dict)
    status_rows: Sequence[Row] = ()


class Venue(Protocol):
    """One exchange's protocol. `prefixes`: the beginnings of its paths; `services`: those with their own address."""

    @property
    def id(self) -> str:
        """Return the exchange's ccxt id."""

    @property
    def prefixes(self) -> tuple[str, ...]:
        """Return the beginnings of the exchange's paths.

        Of two matching venues the longer prefix wins.
        """

    @property
    def services(self) -> tuple[str, ...]:
        """Return the services whose paths are also those of something else, so that each has an address of its own."""

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return path and parameters as in the log and in an account's books."""

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public one. Raises RefusedError."""

    def admit(self, request: Request, account: Account, state: State) -> Mapping[str, str]:
        """Check rights and limits; return the headers about them. Raises RefusedError."""

    def answer(self, request: Request, account: Account, state: State) -> Answer:
        """Answer a request that was admitted. Raises RefusedError."""


@cache
def find_venue(exchange: str) -> Venue:
    """Load the venue of an exchange. Raises KeyError for one that has none."""
    name = f"auditor.demo.{exchange}.venue"
    try:
        venue: Venue = importlib.import_module(name).VENUE
    except ModuleNotFoundError as error:
        if error.name is not None and name.startswith(error.name):
            raise KeyError(f"no demo of {exchange!r}") from None
        raise
    return venue


@dataclass(frozen=True)
class Query:
    """An admitted request and its account. `listed`: the exchange's public data, by path."""

    path: str
    params: Mapping[str, str]
    account: Account
    listed: Mapping[str, Any] = field(default_factory=dict)

    def rows(self, *filters: str) -> list[Row]:
        """Return the rows of the path's own book that have the parameters' values in the fields of these names."""
        wanted = {name: self.params[name] for name in filters if name in self.params}
        return rows_with(self.account.rows(self.path), wanted)


Handler = Callable[[Query], Any]
"""Gives the body of an answer. Raises RefusedError."""


@dataclass(frozen=True)
class TableVenue:
    """A venue whose endpoints are a table of handlers.

    `reads` maps method and path to its handler, `*` standing for any one part of a path; `public` are the paths that
    need no signature; `unknown` is the answer for a path that is not in the table. A path at the address of one of
    `services` is written `service:path`; at the venue's address it is known too, unless that path is another's there.
    """

    id: str
    prefixes: tuple[str, ...]
    reads: Mapping[tuple[str, str], Handler]
    public: frozenset[str]
    signer: Callable[[Request, State], Account]
    unknown: Any
    listed: Mapping[str, Any] = field(default_factory=dict)
    parameters: Callable[[Request], Mapping[str, str]] = lambda request: request.query
    services: tuple[str, ...] = ()

    def describe(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return path and parameters as they were sent, the path with its service."""
        paths = self._paths(request)
        path = next((path for path in paths if self._handler_of(request.method, path)), paths[0])
        return path, dict(self.parameters(request))

    def authenticate(self, request: Request, state: State) -> Account:
        """Find the account that signed a request, `NOBODY` for a public or unknown path.

        Raises RefusedError.
        """
        unsigned = self.describe(request)[0] in self.public or self._handler(request) is None
        return NOBODY if unsigned else self.signer(request, state)

    def admit(self, _request: Request, _account: Account, _state: State) -> Mapping[str, str]:
        """Admit every request: no limit is imitated here, and nothing in the table changes anything."""
        return {}

    def answer(self, request: Request, account: Account, _state: State) -> Answer:
        """Answer by the path's handler. Raises RefusedError."""
        handler = self._handler(request)
        if handler is None:
            return Answer(404, self.unknown)
        path, params = self.describe(request)
        return Answer(200, handler(Query(path, params, account, self.listed)))

    def _paths(self, request: Request) -> tuple[str, ...]:
        """Return the ways to write a path in the table, the most exact first."""
        if request.service:
            return (f"{request.service}:{request.path}",)
        return (request.path, *(f"{service}:{request.path}" for service in self.services))

    def _handler(self, request: Request) -> Handler | None:
        return self._handler_of(request.method, self.describe(request)[0])

    def _handler_of(self, method: str, path: str) -> Handler | None:
        parts = path.split("/")
        starred = ("/".join([*parts[:place], "*", *parts[place + 1 :]]) for place in range(1, len(parts)))
        keys = ((method, path) for path in (path, *starred))
        return next((self.reads[key] for key in keys if key in self.reads), None)


def read_reference(file: str) -> dict[str, Any]:
    """Read an exchange's public data: the `reference.json` in the folder of the given file."""
    listed: dict[str, Any] = json.loads(Path(file).with_name("reference.json").read_text(encoding="utf-8"))
    return listed
