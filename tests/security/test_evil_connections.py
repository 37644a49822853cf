"""What comes on a connection beside the answer that was asked for, and answers that never end."""

import asyncio
import gzip
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Self

import aiohttp
import pytest

from auditor.model.account import Options
from auditor.transport import connections, response
from auditor.transport.ccxt.answer_errors import TooLargeError
from auditor.transport.connector import OpenConnections
from auditor.transport.guard import AllowList, open_session
from auditor.transport.session_pool import SessionPool

MB = 1024 * 1024
PATH = "/read"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes, *headers: str) -> bytes:
    lines = ("HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


async def question(reader: asyncio.StreamReader) -> bool:
    """Whether one more request has come."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        return bool(await reader.readuntil(b"\r\n\r\n"))
    return False


class Server:
    """A server on loopback that does with a connection whatever it likes. ``open``: connections, now and at most."""

    def __init__(self, serve: Serve) -> None:
        self._serve = serve
        self.open = self.most = 0
        self._under_way = set[asyncio.Future[None]]()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._count, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        self.home = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._server.close()
        for serving in self._under_way:
            serving.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await asyncio.sleep(0)

    async def _count(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.ensure_future(self._serve(reader, writer))
        self._under_way.add(serving)
        self.open += 1
        self.most = max(self.most, self.open)
        with suppress(ConnectionError, asyncio.CancelledError):
            await serving
        self.open -= 1
        self._under_way.discard(serving)
        writer.transport.abort()

    @property
    def allow(self) -> AllowList:
        return AllowList(frozenset(), frozenset({("GET", self.home, PATH)}))

    async def text(self, session: aiohttp.ClientSession) -> str:
        async with session.get(self.home + PATH) as got:
            return await got.text()


async def asked(serve: Serve, seconds: float = 5.0) -> str:
    patience = aiohttp.ClientTimeout(total=seconds)
    async with (
        Server(serve) as server,
        open_session(server.allow, None) as session,
        session.get(server.home + PATH, timeout=patience) as got,
    ):
        return await got.text()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(response, "LARGEST_BODY", MB)


async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await question(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        await writer.drain()


async def until_it_closes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await question(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b" " * 0x10000)
        await writer.drain()


async def a_gigabyte_announced(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await question(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
    await asyncio.sleep(3)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("serve", [endless, until_it_closes, a_gigabyte_announced])
async def test_an_answer_without_end_is_refused_at_the_bound(serve: Serve) -> None:
    with pytest.raises(TooLargeError, match="larger than 1 MB"):
        await asked(serve)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_bomb_takes_no_more_memory_than_the_bound(encoding: str) -> None:
    large = b" " * 30 * MB
    packed = gzip.compress(large, 9) if encoding == "gzip" else zlib.compress(large, 9)
    del large

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await question(reader)
        writer.write(answer(packed, f"Content-Encoding: {encoding}"))
        await writer.drain()

    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            await asked(serve)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * MB


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await question(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def headers_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await question(reader)
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: more\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def promises_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await question(reader)
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("serve", [drip, headers_without_end, promises_without_end])
async def test_an_answer_that_never_gets_anywhere_ends_with_its_time(serve: Serve) -> None:
    with pytest.raises((TimeoutError, aiohttp.ClientError)):
        await asked(serve, seconds=0.3)


def behind(more: bytes, delay: float) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await question(reader):
            writer.write(answer(b'"true"'))
            if delay:
                await asyncio.sleep(delay)
            writer.write(more)

    return serve


@pytest.mark.parametrize("delay", [0.0, 0.02])
@pytest.mark.parametrize(
    "more",
    [
        answer(b'"SMUGGLED"'),
        answer(b'"SMUGGLED"') * 3,
        b"\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n",
    ],
    ids=["an answer", "three", "a line end", "a promise", "half an answer"],
)
async def test_what_comes_behind_an_answer_answers_nothing(more: bytes, delay: float) -> None:
    async with Server(behind(more, delay)) as server, open_session(server.allow, None) as session:
        for _time in range(3):
            assert '"true"' == await server.text(session)
            await asyncio.sleep(delay * 2)


async def test_what_has_come_and_was_not_read_yet_answers_nothing() -> None:
    """The very next request meets bytes that lie in the socket still."""
    sent = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await question(reader):
            writer.write(answer(b'"true"'))
            await sent.wait()
            writer.write(answer(b'"SMUGGLED"'))

    async with Server(serve) as server, open_session(server.allow, None) as session:
        assert '"true"' == await server.text(session)
        sent.set()
        await asyncio.sleep(0)
        assert '"true"' == await server.text(session)


async def honest(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while await question(reader):
        await asyncio.sleep(0.005)
        writer.write(answer(b"{}"))


async def test_a_connection_on_which_nothing_came_is_used_again() -> None:
    async with Server(honest) as server, open_session(server.allow, None) as session:
        for _time in range(4):
            await server.text(session)
        assert (1, 1) == (server.open, server.most)


async def test_accounts_together_open_no_more_connections_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "_open_files", lambda: connections.OTHERS)
    monkeypatch.setattr(connections, "EACH", 3)
    counted = list[int]()

    async def counting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await question(reader):
            every = pool._host.connections.connectors
            counted.append(sum(len(one._acquired) + len(one.idle()) for one in every))
            writer.write(answer(b"{}"))

    async with Server(counting) as server:
        pool = SessionPool(server.home, Options(), accounts=6)
        sessions = [pool.session(server.allow) for _account in range(6)]
        await asyncio.gather(*(server.text(session) for session in sessions for _time in range(4)))
        for session in sessions:
            await server.text(session)
        await pool.close()
    assert (30, 3) == (len(counted), max(counted))


async def test_an_idle_connection_gives_way_and_the_longest_idle_first() -> None:
    async with Server(honest) as server:
        shared = OpenConnections(2)
        first, second, third = (open_session(server.allow, None, connections=shared) for _account in range(3))
        for session in (first, second, first, third, first):
            await server.text(session)
        counts: list[Any] = [len(connector.idle()) for connector in shared.connectors]
        for session in (first, second, third):
            await session.close()
        assert [1, 0, 1] == counts
