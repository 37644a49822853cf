"""A database that is far away: a proxy in a process of its own, which hands on each byte after a while."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy.engine import URL

from benchmarks.timing import environment

CHUNK = 65_536
SOCKET, PORT = ".s.PGSQL", 5432


@dataclass(slots=True)
class DelayProxy:
    """A running proxy: the way to the database through it, and, after its end, how often a client asked something."""

    url: URL
    round_trips: int = 0


@contextmanager
def away(url: URL, round_trip: float) -> Iterator[DelayProxy]:
    """Run a proxy in front of the PostgreSQL server of ``url``, whose answers take ``round_trip`` seconds longer."""
    server = f"{url.query['host']}/{SOCKET}.{url.port or PORT}"
    command, pipe = [sys.executable, "-m", "benchmarks.fleet.delay_proxy", server, str(round_trip)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment()) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError  # both are pipes
        port = int(process.stdout.readline())
        proxy = DelayProxy(url.set(host="127.0.0.1", port=port).difference_update_query(["host"]))
        yield proxy
        process.stdin.close()
        proxy.round_trips = int(process.stdout.read())


@dataclass(slots=True)
class _Relay:
    """What all connections have in common. ``one_way``: seconds by which each byte is late."""

    server: str
    one_way: float
    round_trips: int = 0

    async def connect(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        """Hand on what a client and the server say to each other until one of them ends."""
        server, to_server = await asyncio.open_unix_connection(self.server)
        ways = (self._carry(client, to_server, asks=True), self._carry(server, to_client, asks=False))
        tasks = [asyncio.create_task(way) for way in ways]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(2 * self.one_way)  # until what was said last has arrived
        for task in tasks:
            task.cancel()
        for writer in (to_server, to_client):
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, asks: bool) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while data := await reader.read(CHUNK):
                self.round_trips += asks
                loop.call_later(self.one_way, writer.write, data)


async def serve(server: str, round_trip: float) -> int:
    """Relay connections to the server's socket until stdin is closed; return how often a client asked something."""
    relay = _Relay(server, round_trip / 2)
    listening = await asyncio.start_server(relay.connect, "127.0.0.1", 0)
    sys.stdout.write(f"{listening.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)
    listening.close()
    return relay.round_trips


def main(arguments: Sequence[str]) -> None:
    """Run a proxy, and write its round trips to stdout in the end."""
    server, round_trip = arguments
    sys.stdout.write(str(asyncio.run(serve(server, float(round_trip)))))


if __name__ == "__main__":
    main(sys.argv[1:])
