"""The demo exchange on loopback, in a thread of its own: OKX's v5 REST protocol, and Binance's beside it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from aiohttp import web

from auditor.demo import codes
from auditor.demo.answers import Asked, answer
from auditor.demo.auth import Request, authenticate
from auditor.demo.binance import speaker as binance
from auditor.demo.binance.speaker import SERVICES, Answer
from auditor.demo.codes import RefusedError
from auditor.demo.endpoint import Endpoint
from auditor.demo.limits import Limiter
from auditor.demo.loopback import on_loopback
from auditor.demo.model import Account, Call, Fault, Row
from auditor.demo.table import ENDPOINTS, WRITES

PREFIX = "/api/v5/"
"""What every path begins with."""

_NOBODY = Account("")
_WORTH_COMPRESSING = 1024


class DemoExchange:
    """A running demo exchange.

    `url` is its base address, `calls` every request so far in the order of their answers. `fault` may be set at any
    time: see `Fault`.
    """

    def __init__(self, accounts: Iterable[Account], limits: bool, clock: Callable[[], float], latency: float) -> None:
        """Take what `serve` was given; it alone starts one."""
        self.url = ""
        self.fault: Fault | None = None
        self.status_rows: Sequence[Row] = ()
        self._keys = {account.apikey: account for account in accounts}
        self._clock = clock
        self._latency = latency
        self._limiter = Limiter(clock) if limits else None
        self._binance = binance.Speaker(self._keys, clock, limits=limits)
        self._calls: list[Call] = []
        self._lock = threading.Lock()

    @property
    def calls(self) -> list[Call]:
        """Every request so far; a copy."""
        with self._lock:
            return list(self._calls)

    def put(self, account: Account) -> None:
        """Let the account with this key be ``account`` from now on."""
        self._keys[account.apikey] = account

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request, and take note of it."""
        if request.path.startswith(SERVICES):
            return await self._at_binance(request)
        path = request.path.removeprefix(PREFIX)
        call = Call(request.method, path, dict(request.query), None)
        body = await request.text()
        try:
            account = self._account(request, body, path)
            call = replace(call, account=account.name or None)
            _permit(account, call)
            self._admit(account, call, request.remote)
        except RefusedError as refused:
            return self._send(call, *_refusal(refused))
        return await self._reply(request, call, lambda: (*self._real(call, account), {}))

    async def _at_binance(self, request: web.Request) -> web.StreamResponse:
        target, _mark, query = request.raw_path.partition("?")
        sent = binance.Request(
            request.method, target, query, await request.text(), request.headers, request.remote or ""
        )
        call = Call(request.method, target.lstrip("/"), binance.shown(sent), None)
        try:
            account, headers = self._binance.admit(sent)
        except binance.RefusedError as refused:
            return self._send(call, *binance.refusal(refused))
        call = replace(call, account=account.name or None)
        return await self._reply(request, call, lambda: self._binance.answer(sent, account, headers))

    def _account(self, request: web.Request, body: str, path: str) -> Account:
        endpoint = ENDPOINTS.get(path)
        if endpoint.public if endpoint else path not in WRITES:
            return _NOBODY
        sent = Request(request.method, request.raw_path, request.headers, body, request.remote or "")
        return authenticate(sent, self._keys, self._clock())

    def _admit(self, account: Account, call: Call, address: str | None) -> None:
        endpoint = ENDPOINTS.get(call.path)
        if endpoint is None or self._limiter is None:
            return
        who = address if endpoint.public else account.uid
        key = (endpoint.path, who, call.query.get(endpoint.split_by))
        if not self._limiter.admit(key, *endpoint.limit):
            raise RefusedError("50011")

    async def _reply(self, request: web.Request, call: Call, real: Callable[[], Answer]) -> web.StreamResponse:
        reply = self.fault(call) if self.fault else None
        await asyncio.sleep(self._latency + (reply.delay if reply else 0))
        if reply and reply.cut:
            return self._cut(request, call)
        if reply and reply.body is not None:
            return self._send(call, reply.status, reply.body, reply.headers)
        status, body, headers = real()
        if reply and reply.edit:
            body = reply.edit(json.loads(json.dumps(body)))
        return self._send(call, status, body, {**headers, **(reply.headers if reply else {})})

    def _real(self, call: Call, account: Account) -> tuple[int, Row]:
        endpoint = ENDPOINTS.get(call.path)
        if endpoint is None:
            return _refusal(RefusedError("50005" if call.path in WRITES else "404"))
        try:
            return 200, {"code": "0", "data": self._data(endpoint, call, account), "msg": ""}
        except RefusedError as refused:
            return _refusal(refused)

    def _data(self, endpoint: Endpoint, call: Call, account: Account) -> list[Row]:
        now_ms = str(int(self._clock() * 1000))
        return answer(Asked(endpoint, account, call.query, now_ms, self.status_rows))

    def _cut(self, request: web.Request, call: Call) -> web.StreamResponse:
        self._note(call)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _send(
        self, call: Call, status: int, body: Any, headers: Mapping[str, str] = MappingProxyType({})
    ) -> web.Response:
        code = body.get("code") if isinstance(body, dict) else None
        self._note(replace(call, status=status, code=None if code is None else str(code)))
        raw = _encoded(body)
        response = web.Response(status=status, body=raw, headers=headers)
        if "Content-Type" not in headers:
            response.content_type = "text/html" if isinstance(body, str) else "application/json"
        if len(raw) > _WORTH_COMPRESSING and "Content-Encoding" not in headers:
            response.enable_compression()
        return response

    def _note(self, call: Call) -> None:
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
) -> Iterator[DemoExchange]:
    """Run a demo exchange with these accounts on a free port of 127.0.0.1 for as long as the block lasts.

    `limits` keeps the documented rate limits, `clock` is the exchange's own (Unix seconds), `latency` delays every
    answer by so many seconds, `status_rows` are what `system/status` has, `fault` the first value of `.fault`.
    """
    exchange = DemoExchange(accounts, limits, clock, latency)
    exchange.status_rows, exchange.fault = status_rows, fault
    with on_loopback(exchange.handle, "demo-exchange") as exchange.url:
        yield exchange


def _permit(account: Account, call: Call) -> None:
    known = call.path in ENDPOINTS or call.path in WRITES
    if known and call.method != ("POST" if call.path in WRITES else "GET"):
        raise RefusedError("50115")
    if account is not _NOBODY and WRITES.get(call.path, "read_only") not in account.rights:
        raise RefusedError("50120")


def _refusal(refused: RefusedError) -> tuple[int, Row]:
    if refused.code == "404":
        return 404, {"code": "404", "data": [], "msg": "Not Found"}
    return codes.body(refused.code, *refused.names)


def _encoded(body: Any) -> bytes:
    if isinstance(body, bytes):
        return body
    return (body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)).encode("utf-8")
