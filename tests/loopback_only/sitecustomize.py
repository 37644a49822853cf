"""Refuse every connection beyond this computer, in the tests and in each Python process that they start.

Python imports this module at start when its folder is on PYTHONPATH. Written here because pytest-socket guards the test
process alone, while many tests start the program as a user does.
"""

import ipaddress
import socket
from typing import Any

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class BeyondLoopbackError(AssertionError):
    """A test tried to reach another computer."""


def _check_host(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        local = name in {None, "", "localhost"} or ipaddress.ip_address(name).is_loopback
    except ValueError:
        local = False
    if not local:
        raise BeyondLoopbackError(f"a test asked for {name!r}, which is not this computer")


def _check_address(connection: socket.socket, address: Any) -> None:
    if connection.family in {socket.AF_INET, socket.AF_INET6}:
        _check_host(address[0])


def connect(self: socket.socket, address: Any) -> None:
    """Connect within this computer only."""
    _check_address(self, address)
    _connect(self, address)


def connect_ex(self: socket.socket, address: Any) -> int:
    """Connect within this computer only; return an error code as `socket.connect_ex` does."""
    _check_address(self, address)
    return _connect_ex(self, address)


def getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
    """Look up this computer's own names only."""
    _check_host(host)
    return _getaddrinfo(host, *rest, **named)


socket.socket.connect = connect  # type: ignore[method-assign, assignment]
socket.socket.connect_ex = connect_ex  # type: ignore[method-assign, assignment]
socket.getaddrinfo = getaddrinfo
