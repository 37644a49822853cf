"""No test reaches another computer, whatever it patches or starts."""

import asyncio
import socket
import subprocess
import sys
import urllib.request

import aiohttp
import pytest

from tests.loopback_only.sitecustomize import BeyondLoopbackError

# TEST-NET-1 (RFC 5737) belongs to nobody.
NOBODY = ("192.0.2.1", 443)
CHILD = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=1)"


def test_a_connection_beyond_this_computer_is_refused() -> None:
    with socket.socket() as connection, pytest.raises(BeyondLoopbackError):
        connection.connect(NOBODY)
    with socket.socket() as connection, pytest.raises(BeyondLoopbackError):
        connection.connect_ex(NOBODY)


def test_a_name_of_another_computer_is_not_even_looked_up() -> None:
    with pytest.raises(BeyondLoopbackError):
        urllib.request.urlopen("https://www.okx.com/api/v5/public/time", timeout=1)


async def test_the_programs_own_way_out_is_shut_too() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises((BeyondLoopbackError, aiohttp.ClientError)):
            await session.get("https://www.okx.com/api/v5/public/time")
        with pytest.raises((BeyondLoopbackError, aiohttp.ClientError)):
            await session.get("http://192.0.2.1/")


def test_a_process_that_a_test_starts_is_held_back_as_well() -> None:
    ended = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=False)
    assert (1, True) == (ended.returncode, "BeyondLoopbackError" in ended.stderr)


async def test_this_computer_itself_can_be_reached() -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
