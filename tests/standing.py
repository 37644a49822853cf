"""Servers on loopback that outlive the embedded exchanges of this process: a thread each takes longer than an audit."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from aiohttp import web

from auditor.demo import loopback


class _Standing:
    """A server on loopback that outlives the exchanges it serves, one after another."""

    def __init__(self) -> None:
        self.handle: Any = None
        self.url = _servers.enter_context(loopback.on_loopback(self._answer, "standing-server"))

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if self.handle is None:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        answer: web.StreamResponse = await self.handle(request)
        return answer


class _Switch:
    on = False


@contextmanager
def reused() -> Iterator[None]:
    """Within the block, embedded exchanges share the servers that stand already, one after another."""
    before, _Switch.on = _Switch.on, True
    try:
        yield
    finally:
        _Switch.on = before


def is_on() -> bool:
    """Whether the servers that stand already are used."""
    return _Switch.on


_servers = ExitStack()
_idle: list[_Standing] = []


@contextmanager
def standing(handle: Any) -> Iterator[str]:
    """Serve ``handle`` until the block ends: most of them are never asked over a connection."""
    server = _idle.pop() if _idle else _Standing()
    server.handle = handle
    try:
        yield server.url
    finally:
        server.handle = None
        _idle.append(server)


def stop() -> None:
    """Stop the servers that outlived their exchanges."""
    _idle.clear()
    _servers.close()
