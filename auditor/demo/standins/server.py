"""A stand-in on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import importlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from auditor.demo.loopback import on_loopback
from auditor.demo.standins.model import Asked, Holder, RefusedError, Reply, Sent, Venue
from auditor.demo.standins.named import listed

_NOBODY = Holder("", "", "")
Fault = Callable[["Call"], Reply | None]


@dataclass(frozen=True)
class Call:
    """One request that reached the stand-in, with its parameters and whose it was."""

    method: str
    path: str
    params: dict[str, str]
    account: str | None


class StandIn:
    """A running stand-in at ``url``; ``calls``: every request so far; ``fault`` may be set at any time."""

    def __init__(self, venue: Venue, holders: Iterable[Holder], listed: Mapping[str, Any]) -> None:
        """Take what `serve` was given; it alone starts one."""
        self.url = ""
        self.name = venue.name
        self.fault: Fault | None = None
        self._venue = venue
        self._keys = {holder.apikey: holder for holder in holders}
        self._listed = listed
        self._calls: list[Call] = []
        self._lock = threading.Lock()

    @property
    def calls(self) -> list[Call]:
        """Every request so far; a copy."""
        with self._lock:
            return list(self._calls)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request, and take note of it."""
        body = await request.text()
        sent = Sent(
            request.method, request.path, request.raw_path, dict(request.query), request.headers, body, time.time()
        )
        call, status, answer = self._answered(sent)
        reply = self.fault(call) if self.fault else None
        if reply is None:
            return _response(Reply(status, answer))
        await asyncio.sleep(reply.delay)
        if reply.cut:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return _response(reply if reply.edit is None else replace(reply, status=status, body=reply.edit(answer)))

    def _answered(self, sent: Sent) -> tuple[Call, int, Any]:
        call = Call(sent.method, sent.path, dict(self._venue.params(sent)), None)
        try:
            status, answer, holder = self._real(sent, call.params)
        except RefusedError as refused:
            status, answer, holder = refused.status, refused.body, _NOBODY
        call = Call(call.method, call.path, call.params, holder.name or None)
        with self._lock:
            self._calls.append(call)
        return call, status, answer

    def _real(self, sent: Sent, params: dict[str, str]) -> tuple[int, Any, Holder]:
        read = self._venue.answer(sent.method, sent.path)
        if read is None:
            raise RefusedError(404, self._venue.unknown)
        holder = _NOBODY if sent.path in self._venue.public else self._venue.signed_by(sent, self._keys)
        refusal = holder.refuses.get(sent.path)
        if refusal is not None:
            return refusal.status, refusal.body, holder
        return 200, read(Asked(sent.path, params, holder, self._listed)), holder


def _response(reply: Reply) -> web.Response:
    body = reply.body
    raw = body if isinstance(body, str | bytes) else json.dumps(body, ensure_ascii=False)
    encoded = raw if isinstance(raw, bytes) else raw.encode("utf-8")
    return web.Response(status=reply.status, body=encoded, headers=reply.headers, content_type="application/json")


@contextmanager
def serve(exchange: str, holders: Iterable[Holder]) -> Iterator[StandIn]:
    """Run the stand-in of ``exchange`` on a free port of 127.0.0.1 for as long as the block lasts."""
    venue: Venue = importlib.import_module(f"auditor.demo.standins.{exchange}").VENUE
    with running(StandIn(venue, holders, listed(exchange))) as standin:
        yield standin


@contextmanager
def running(standin: StandIn) -> Iterator[StandIn]:
    """Run a stand-in that was made by hand."""
    with on_loopback(standin.handle, f"standin-{standin.name}") as standin.url:
        yield standin
