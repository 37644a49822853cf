"""Requests to a demo exchange of this process, handed to it without a connection: half of an audit is HTTP.

What a connection decides goes over HTTP all the same: rate limits, delays, answers that are cut off or packed. Folders
in `CONNECTED` test connections, and an audit of each exchange over HTTP is compared with one without.
"""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

import aiohttp
from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from auditor.demo import loopback, server
from auditor.demo.faults import Call, Reply
from auditor.demo.server import DemoExchange
from auditor.demo.venue import Answer
from auditor.transport.guard import GuardedSession
from tests import standing

CONNECTED = ("benchmarks", "demo", "transport", "test_cassettes.py", "test_loopback_only.py")
"""Tests whose audits go over HTTP."""
PLAIN_HEADERS = frozenset({"age", "cf-cache-status", "date", "retry-after", "x-cache"})
LARGE = 1_000_000
"""Signs of a body that may be too long for the program. One in bytes may be no text."""

_served: dict[int, Callable[[Any], Awaitable[web.StreamResponse]]] = {}
_decided: dict[str, deque[Reply]] = defaultdict(deque)
"""Answers of faults that were chosen without a connection and need one, by target."""


class _Switch:
    on = False


def switch(*, on: bool) -> None:
    """Hand requests over directly from now on, or send them over HTTP."""
    _Switch.on = on


@contextmanager
def over_http() -> Iterator[None]:
    """Within the block every request goes over HTTP."""
    before = _Switch.on
    switch(on=False)
    try:
        yield
    finally:
        switch(on=before)


def is_on() -> bool:
    """Whether requests are handed over directly."""
    return _Switch.on


def served_at(port: int) -> DemoExchange | None:
    """The demo exchange of this process at a port whose requests are handed over, None where there is none."""
    handle = _served.get(port)
    return None if handle is None or _has_limits(handle) else _exchange(handle)


@dataclass(frozen=True)
class Decision:
    """What the fault made of a request: its answer, and the parameters that it left."""

    reply: Reply | None
    query: Mapping[str, str]

    def is_real(self, query: Mapping[str, str]) -> bool:
        """Whether the fault left the request and its answer alone."""
        return self.reply is None and self.query == query

    def change(self, call: Call, before: Mapping[str, str]) -> None:
        """Change the parameters of a call as the fault changed those ``before``."""
        for name in before.keys() | self.query.keys():
            if name not in self.query:
                call.query.pop(name, None)
            elif before.get(name) != self.query[name]:
                call.query[name] = self.query[name]


STRIKES: ContextVar[list[Decision] | None] = ContextVar("strikes", default=None)
"""Where to note the decisions that changed something."""
_decision: ContextVar[tuple[Decision, Mapping[str, str]] | None] = ContextVar("decision", default=None)


def decide(exchange: DemoExchange, call: Call) -> Decision:
    """Ask the fault what it makes of a call."""
    return Decision(exchange.fault(call) if exchange.fault else None, call.query)


@contextmanager
def decided(decision: Decision, query: Mapping[str, str]) -> Iterator[None]:
    """Within the block the fault, which has decided already, is not asked again. ``query``: what it was asked of."""
    token = _decision.set((decision, query))
    try:
        yield
    finally:
        _decision.reset(token)


class NeedsConnectionError(Exception):
    """The answer of a fault that only a connection can give."""

    def __init__(self, reply: Reply) -> None:
        super().__init__("an answer that only a connection can give")
        self.reply = reply


class DirectRequest:
    """As much of aiohttp's server request as the demo exchange reads."""

    remote = "127.0.0.1"
    transport = None

    def __init__(self, method: str, url: URL, headers: Mapping[str, str], body: Any) -> None:
        self.method, self.path, self.raw_path, self.query = method.upper(), url.path, url.raw_path_qs, url.query
        self.headers = CIMultiDictProxy(CIMultiDict(headers))
        self._body = body

    async def text(self) -> str:
        return self._body.decode() if isinstance(self._body, bytes) else self._body or ""


class DirectResponse:
    """As much of aiohttp's client response as ccxt reads."""

    def __init__(self, answered: web.Response) -> None:
        self.status, self.reason, self.headers = answered.status, answered.reason, CIMultiDictProxy(answered.headers)
        assert isinstance(answered.body, bytes)
        self._body = answered.body

    async def text(self, errors: str = "strict") -> str:
        return self._body.decode("utf-8", errors)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Leave nothing open."""


def install() -> None:
    """Let requests of this process find the demo exchanges that run in it."""
    setattr(server, "on_loopback", _noted(loopback.on_loopback))  # noqa: B010 - it is not exported there
    DemoExchange._reply = _deciding(DemoExchange._reply)  # type: ignore[method-assign]
    aiohttp.ClientSession._request = _direct(aiohttp.ClientSession._request)  # type: ignore[method-assign]


def _noted(real: Any) -> Any:
    @contextmanager
    def on_loopback(handle: Any, name: str) -> Iterator[str]:
        with standing.standing(handle) if _Switch.on and standing.is_on() else real(handle, name) as url:
            port = URL(url).port
            assert port is not None
            _served[port] = handle
            try:
                yield url
            finally:
                del _served[port]

    return on_loopback


def _direct(real: Any) -> Any:
    async def _request(session: aiohttp.ClientSession, method: str, url: URL, **options: Any) -> Any:
        is_ours = _Switch.on and isinstance(session, GuardedSession)
        handle = _served.get(url.port or 0) if is_ours else None
        if handle is None or options.get("proxy") or _has_limits(handle):
            return await real(session, method, url, **options)
        before = _nonces(handle)
        try:
            return DirectResponse(
                await _handled(handle, DirectRequest(method, url, options["headers"], options["data"]))
            )
        except NeedsConnectionError as needed:
            _restore(handle, before)
            _decided[url.raw_path_qs].append(needed.reply)
            return await real(session, method, url, **options)

    return _request


def _exchange(handle: Any) -> DemoExchange:
    whole: Any = handle.func if isinstance(handle, partial) else handle
    found: DemoExchange = whole.__self__
    return found


def _nonces(handle: Any) -> dict[str, dict[str, int]]:
    return {venue: dict(state.nonces) for venue, state in _exchange(handle)._states.items()}


def _restore(handle: Any, nonces: Mapping[str, dict[str, int]]) -> None:
    """Forget the nonce of a request that is sent once more."""
    for venue, state in _exchange(handle)._states.items():
        state.nonces.clear()
        state.nonces.update(nonces[venue])


def _has_limits(handle: Any) -> bool:
    exchange = _exchange(handle)
    return exchange._latency > 0 or any(state.limiter is not None for state in exchange._states.values())


async def _handled(handle: Any, request: DirectRequest) -> web.Response:
    try:
        response: web.Response = await handle(request)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError):
        # What aiohttp makes of an error in a handler.
        return web.Response(status=500, body=b"500 Internal Server Error")
    return response


def _deciding(real: Any) -> Any:
    async def _reply(exchange: DemoExchange, request: Any, call: Call, answer: Callable[[], Answer]) -> Any:
        if isinstance(request, DirectRequest):
            reply = _reply_of_fault(exchange, call)
            if reply is not None and _needs_connection(reply):
                raise NeedsConnectionError(reply)
        elif _decided.get(request.raw_path):
            reply = _decided[request.raw_path].popleft()
        else:
            return await real(exchange, request, call, answer)
        return await real(_Decided(exchange, reply), request, call, answer)

    return _reply


class _Decided:
    """The exchange with the answer of its fault, which is not asked again."""

    def __init__(self, exchange: DemoExchange, reply: Reply | None) -> None:
        self._exchange, self._reply = exchange, reply

    def fault(self, _call: Call) -> Reply | None:
        return self._reply

    def __getattr__(self, name: str) -> Any:
        return getattr(self._exchange, name)


def _reply_of_fault(exchange: DemoExchange, call: Call) -> Reply | None:
    made = _decision.get()
    if made is not None:
        decision, query = made
        decision.change(call, query)
        return decision.reply
    before, strikes = dict(call.query), STRIKES.get()
    decision = decide(exchange, call)
    if strikes is not None and not decision.is_real(before):
        strikes.append(decision)
    return decision.reply


def _needs_connection(reply: Reply) -> bool:
    plain = {name.lower() for name in reply.headers} <= PLAIN_HEADERS
    raw = isinstance(reply.body, bytes) or (isinstance(reply.body, str) and len(reply.body) > LARGE)
    return reply.cut or bool(reply.behind) or reply.delay > 0 or not plain or raw or not 200 <= reply.status < 600
