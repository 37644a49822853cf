"""A SOCKS5 proxy at an address of its own: what asks through it comes from there."""

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

HELLO, CONNECT, BY_ADDRESS, GRANTED = b"\x05\x00", 1, 1, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"


@contextmanager
def proxy_at(address: str) -> Iterator[int]:
    """Run a proxy that connects from this address; yield its port."""

    class Handler(_Relay):
        source = (address, 0)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


class _Relay(socketserver.BaseRequestHandler):
    source: ClassVar[tuple[str, int]]

    def handle(self) -> None:
        """Connect to what is asked for, and hand on what both say until one of them ends."""
        self._take(self._take(2)[1])
        self.request.sendall(HELLO)
        _version, command, _reserved, kind = self._take(4)
        assert (CONNECT, BY_ADDRESS) == (command, kind)
        target = (socket.inet_ntoa(self._take(4)), int.from_bytes(self._take(2)))
        with socket.create_connection(target, source_address=self.source) as asked:
            self.request.sendall(GRANTED)
            ends = {self.request: asked, asked: self.request}
            while all(_carry(one, ends[one]) for one in select.select(list(ends), [], [])[0]):
                pass

    def _take(self, number: int) -> bytes:
        return bytes(self.request.recv(number, socket.MSG_WAITALL))


def _carry(reader: socket.socket, writer: socket.socket) -> bool:
    """Hand on what was said; return whether there was anything."""
    try:
        data = reader.recv(65_536)
        writer.sendall(data)
    except ConnectionError:
        return False
    return bool(data)
