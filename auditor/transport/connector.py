"""The connections of one account: no other account's request goes through them, and nothing comes that was not asked.

aiohttp keeps what a server sends behind an answer, and hands it out as the answer to the next request on the same
connection (aio-libs/aiohttp issue 13656, of 2026-09). Here a connection is closed when anything came while it was idle.
The names with an underscore are aiohttp's: no public one tells either, and `tests/security` fails when they change.
"""

import asyncio
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp_socks import ProxyConnector

if TYPE_CHECKING:
    from aiohttp import ClientRequest
    from aiohttp.client_proto import ResponseHandler
    from aiohttp.connector import Connection

# Rounds of the event loop: one finds that bytes have come, the next one hands them to their connection.
ROUNDS = 2


class OpenConnections:
    """All connections to one address: of all accounts together, at most ``most`` are open, idle ones included."""

    def __init__(self, most: int) -> None:
        """Start with none."""
        self.most = most
        self.connectors: list[_OneAccount] = []

    def connector(self, proxy: str | None) -> aiohttp.TCPConnector:
        """Return the connector of one more account.

        ``proxy``: http:// (CONNECT) or socks5h:// (the proxy resolves names), with TLS end to end.
        """
        if proxy:
            address = proxy.replace("socks5h://", "socks5://")
            return _joined(AccountProxyConnector.from_url(address, rdns=True, limit=self.most), self)
        return _joined(AccountConnector(limit=self.most), self)

    @property
    def free(self) -> int:
        """Return how many more connections may be in use."""
        return self.most - sum(len(connector._acquired) for connector in self.connectors)  # noqa: SLF001

    def make_room(self) -> None:
        """Close as many of the connections that are idle for longest as must give way to those in use."""
        idle = sorted(
            ((since, protocol) for connector in self.connectors for protocol, since in connector.idle()),
            key=lambda one: one[0],
        )
        for _since, protocol in idle[: max(0, len(idle) - self.free)]:
            protocol.close()


class _OneAccount(aiohttp.TCPConnector):
    """Connects for one account; ``shared``: the connections of all accounts at this address."""

    shared: OpenConnections

    def idle(self) -> list[tuple["ResponseHandler", float]]:
        """Return the open connections that wait for a request, and since when."""
        pooled = (one for connections in self._conns.values() for one in connections)
        return [(protocol, since) for protocol, since in pooled if protocol.is_connected()]

    async def connect(self, req: "ClientRequest", traces: Any, timeout: Any) -> "Connection":  # noqa: ASYNC109 - aiohttp's
        """Return a connection, once whatever has come on the idle ones was noticed."""
        for _round in range(ROUNDS if req.connection_key in self._conns else 0):
            await asyncio.sleep(0)
        return await super().connect(req, traces, timeout)

    async def _get(self, key: Any, traces: Any) -> "Connection | None":
        """Return an idle connection on which nothing came since its last answer.

        Nothing is awaited here: others would take what `connect` saw to be free.
        """
        for protocol, _since in self._conns.get(key, ()):
            if protocol.should_close:
                protocol.close()
        return await super()._get(key, traces)

    async def _create_connection(self, *request: Any) -> "ResponseHandler":
        self.shared.make_room()
        return await super()._create_connection(*request)

    def _available_connections(self, key: Any) -> int:
        return min(super()._available_connections(key), self.shared.free)

    def _release_waiter(self) -> None:
        """Let a request go on that waits for a connection, of any account: the bound is for all."""
        for connector in self.shared.connectors:
            if connector._waiters:  # noqa: SLF001 - a connector of the same class
                super(_OneAccount, connector)._release_waiter()


class AccountConnector(_OneAccount):
    """Connects directly."""


class AccountProxyConnector(_OneAccount, ProxyConnector):
    """Connects through the user's proxy."""


def _joined(connector: Any, shared: OpenConnections) -> _OneAccount:
    """Return ``connector``, from now on one of ``shared``."""
    account: _OneAccount = connector
    account.shared = shared
    shared.connectors.append(account)
    return account
