"""The demo exchange on loopback, in its own thread: one server for all venues."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from email.utils import formatdate
from functools import partial
from typing import Any

from aiohttp import web

from auditor.demo.faults import Call, Fault, Reply
from auditor.demo.limits import Limiter
from auditor.demo.loopback import on_loopback
from auditor.demo.model import Account, Row
from auditor.demo.venue import Answer, RefusedError, Request, State, Venue, find_venue

_WORTH_COMPRESSING = 1024
"""Bytes of a body."""


class DemoExchange:
    """A running demo exchange.

    `url` is its base address, `services` those of services with an address of their own, `calls` every request so far
    in the order of their answers. `fault` may be set at any time: see `Fault`.
    """

    def __init__(
        self, new_state: Callable[[], State], venues: Iterable[Venue], clock: Callable[[], float], latency: float
    ) -> None:
        """Keep the initial state of the venues, and further venues without a folder.

        Use `serve` to start one.
        """
        self.url = ""
        self.services: dict[str, str] = {}
        self.fault: Fault | None = None
        self._new_state = new_state
        self._given = {venue.id: venue for venue in venues}
        self._venues: dict[str, Venue] = {}
        self._states: dict[str, State] = {}
        self._clock = clock
        self._latency = latency
        self._calls: list[Call] = []
        self._lock = threading.Lock()

    @property
    def calls(self) -> list[Call]:
        """Every request so far; a copy."""
        with self._lock:
            return list(self._calls)

    def put(self, account: Account) -> None:
        """Add or replace the account with this key, and serve its exchange's protocol.

        Raises ValueError for an exchange whose paths conflict with those of another served here.
        """
        if account.exchange not in self._states:
            self._add(self._given.get(account.exchange) or find_venue(account.exchange))
        self._states[account.exchange].accounts[account.apikey] = account

    def _add(self, venue: Venue) -> None:
        for other in self._venues.values():
            if set(other.prefixes) & set(venue.prefixes):
                raise ValueError(f"{other.id} and {venue.id} have paths in common: serve them apart")
        self._states[venue.id] = self._new_state()
        self._venues[venue.id] = venue

    def find_services(self) -> tuple[str, ...]:
        """Return the services of the venues so far that need an address of their own."""
        return tuple(dict.fromkeys(service for venue in self._venues.values() for service in venue.services))

    async def handle(self, request: web.Request, service: str = "") -> web.StreamResponse:
        """Answer one HTTP request, and log it. `service`: the one at whose address it arrived."""
        received = await self._received(request, service)
        venues = [venue for venue in self._venues.values() if not service or service in venue.services]
        venue = _venue_of(received.path, venues)
        if venue is None:
            return self._send(Call(received.method, received.path, dict(received.query), None), Answer(404, ""))
        state = self._states[venue.id]
        path, query = venue.describe(received)
        call = Call(received.method, path, query, None, address=received.address, at=received.now)
        try:
            account = venue.authenticate(received, state)
            call = replace(call, account=account.name or None)
            headers = venue.admit(received, account, state)
        except RefusedError as refused:
            return self._send(call, refused.answer)
        return await self._reply(request, call, lambda: self._real(venue, received, call, account, headers))

    async def _received(self, request: web.Request, service: str) -> Request:
        return Request(
            method=request.method,
            path=request.path,
            target=request.raw_path,
            query=dict(request.query),
            headers=request.headers,
            body=await request.text(),
            address=request.remote or "",
            now=self._clock(),
            service=service,
        )

    async def _reply(self, request: web.Request, call: Call, real: Callable[[], Answer]) -> web.StreamResponse:
        reply = self.fault(call) if self.fault else None
        await asyncio.sleep(self._latency + (reply.delay if reply else 0))
        if reply and reply.cut:
            return self._cut(request, call)
        behind = self._follow(request, reply) if reply else b""
        if reply and reply.body is not None:
            return self._send(call, _replied(reply), behind)
        answer = real()
        body = reply.edit(json.loads(json.dumps(answer.body))) if reply and reply.edit else answer.body
        headers = {**answer.headers, **(reply.headers if reply else {})}
        return self._send(call, Answer(answer.status, body, headers), behind)

    def _real(self, venue: Venue, request: Request, call: Call, account: Account, headers: Mapping[str, str]) -> Answer:
        refusal = account.refuses.get(call.path)
        if isinstance(refusal, Reply):
            return _replied(refusal)
        try:
            asked = replace(request, query=call.query, now=self._clock())
            answer = venue.answer(asked, account, self._states[venue.id])
        except RefusedError as refused:
            answer = refused.answer
        return Answer(answer.status, answer.body, {**headers, **answer.headers})

    def _follow(self, request: web.Request, reply: Reply) -> bytes:
        """Return the bytes that follow the answer at once; those that follow later are sent then."""
        if reply.behind_delay and request.transport is not None:
            asyncio.get_running_loop().call_later(reply.behind_delay, request.transport.write, reply.behind)
        return b"" if reply.behind_delay else reply.behind

    def _cut(self, request: web.Request, call: Call) -> web.StreamResponse:
        self._log(call)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _send(self, call: Call, answer: Answer, behind: bytes = b"") -> web.Response:
        code = answer.body.get("code") if isinstance(answer.body, dict) else None
        self._log(replace(call, status=answer.status, code=None if code is None else str(code)))
        raw = _encoded(answer.body)
        if behind:
            # The length is that of the answer alone; both leave in one piece.
            headers = {**answer.headers, "Content-Length": str(len(raw)), "Content-Type": "application/json"}
            return web.Response(status=answer.status, body=raw + behind, headers=headers)
        dated = {"Date": formatdate(self._clock(), usegmt=True), **answer.headers}
        response = web.Response(status=answer.status, body=raw, headers=dated)
        if "Content-Type" not in answer.headers:
            response.content_type = "text/html" if isinstance(answer.body, str) else "application/json"
        if len(raw) > _WORTH_COMPRESSING and "Content-Encoding" not in answer.headers:
            response.enable_compression()
        return response

    def _log(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)


@contextmanager
def serve(
    accounts: Iterable[Account],
    *,
    limits: bool = True,
    clock: Callable[[], float] = time.time,
    latency: float = 0.0,
    status_rows: Sequence[Row] = (),
    fault: Fault | None = None,
    venues: Iterable[Venue] = (),
) -> Iterator[DemoExchange]:
    """Run a demo exchange with these accounts on a free port of 127.0.0.1 until the block ends.

    It serves the protocols of the accounts' exchanges, from the folders here or from `venues`. `limits` enables the
    documented rate limits, `clock` is the exchange's own (Unix seconds), `latency` delays every answer by so many
    seconds, `status_rows` are the announcements at OKX's `system/status`, `fault` the first value of `.fault`.
    Raises ValueError for exchanges whose paths conflict on one server.
    """

    def new_state() -> State:
        return State(limiter=Limiter(clock) if limits else None, status_rows=status_rows)

    exchange = DemoExchange(new_state, venues, clock, latency)
    for account in accounts:
        exchange.put(account)
    exchange.fault = fault
    with ExitStack() as stack:
        exchange.url = stack.enter_context(on_loopback(exchange.handle, "demo-exchange"))
        for service in exchange.find_services():
            handle = partial(exchange.handle, service=service)
            exchange.services[service] = stack.enter_context(on_loopback(handle, f"demo-{service}"))
        yield exchange


def _venue_of(path: str, venues: Collection[Venue]) -> Venue | None:
    """Find the venue with the longest prefix of a path, the first one for a path that none has.

    None without venues.
    """
    prefixes = {prefix: venue for venue in venues for prefix in venue.prefixes if path.startswith(prefix)}
    return prefixes[max(prefixes, key=len)] if prefixes else next(iter(venues), None)


def _replied(reply: Reply) -> Answer:
    return Answer(reply.status, reply.body, reply.headers)


def _encoded(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode("utf-8")
