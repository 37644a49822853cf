"""The allow-list, and the two checks of every request: before it is signed, and before it is sent.

Nothing else in the program can send a request: ccxt gets this session and cannot create another. A request that is not
a documented read of the exchange's table is refused by method, host and exact path, wherever it comes from.
"""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NoReturn

import aiohttp
from yarl import URL

from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.transport.connections import EACH
from auditor.transport.connector import OpenConnections
from auditor.transport.response import BoundedResponse
from auditor.transport.silence import PatientRequest


class NotAllowedError(Exception):
    """A request that is not on the allow-list.

    No network handler or retry catches its base class.
    """


@dataclass(frozen=True, slots=True)
class AllowList:
    """The requests that may be sent.

    ``calls``: (section, method, path) as ccxt names them; ``requests``: (method, origin, exact path).
    """

    calls: frozenset[tuple[str, str, str]]
    requests: frozenset[tuple[str, str, str]]

    @classmethod
    def of(
        cls, exchange: Exchange, origins: Iterable[str], services: Mapping[str, str] = MappingProxyType({})
    ) -> "AllowList":
        """Return the allow-list of the exchange's table at ``origins`` (scheme, host and port) only.

        ``services``: the origin of each service that has one of its own.
        """
        places = tuple(origins)
        endpoints, prefix = exchange.endpoints(), exchange.api.prefix
        return cls(
            frozenset((endpoint.ccxt_section, endpoint.method, endpoint.path) for endpoint in endpoints),
            frozenset(
                (endpoint.method, origin, endpoint.full_path(prefix))
                for endpoint in endpoints
                for origin in _origins_of(endpoint, places, services)
            ),
        )

    def check_call(self, section: str, method: str, path: str) -> None:
        """Raise NotAllowedError unless the table has this call."""
        if (section, method, path) not in self.calls:
            raise NotAllowedError(f"{method} {section} {path} is not a read that this program makes")

    def check_request(self, method: str, url: URL) -> None:
        """Raise NotAllowedError unless the table has exactly this request."""
        is_plain = not (url.user or url.password or url.raw_fragment)
        if not is_plain or (method, str(url.origin()), url.raw_path) not in self.requests:
            raise NotAllowedError(f"{method} {url.host}{url.raw_path} is not on the list of reads")


def _origins_of(endpoint: Endpoint, places: tuple[str, ...], services: Mapping[str, str]) -> tuple[str, ...]:
    own = services.get(endpoint.site.service) if endpoint.site else None
    return places if own is None else (own,)


_PASSED_ON = frozenset({"data", "timeout"})
# gzip can be read piece by piece; an answer from a cache would show an account as it was.
_HEADERS: Mapping[str, str] = MappingProxyType({"Accept-Encoding": "gzip", "Cache-Control": "no-cache"})


def _passed_on(allow: AllowList, method: str, url: URL, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options to send an allowed request with. Raises NotAllowedError for any other request."""
    allow.check_request(method.upper(), url)
    ours = {name.lower() for name in _HEADERS}
    headers = {name: value for name, value in (options.get("headers") or {}).items() if name.lower() not in ours}
    if options.get("proxy") is not None or "host" in {name.lower() for name in headers}:
        raise NotAllowedError("a proxy or host other than the program's own")
    kept = {name: value for name, value in options.items() if name in _PASSED_ON}
    return {**kept, "headers": {**headers, **_HEADERS}, "allow_redirects": False}


with warnings.catch_warnings():
    # aiohttp discourages subclassing, but any request can replace its public middlewares; `_request` it cannot.
    warnings.simplefilter("ignore", DeprecationWarning)

    class GuardedSession(aiohttp.ClientSession):
        """The only session that can send requests.

        All of aiohttp's, websockets too, go through ``_request``.
        """

        allow: AllowList

        async def _request(self, method: str, str_or_url: Any, **options: Any) -> aiohttp.ClientResponse:
            url = URL(str_or_url)
            return await super()._request(method, url, **_passed_on(self.__dict__["allow"], method, url, options))


def open_session(
    allow: AllowList, proxy: str | None, most: int = EACH, connections: OpenConnections | None = None
) -> aiohttp.ClientSession:
    """Open the guarded session of one account, with at ``most`` so many connections.

    ``proxy``: http:// (CONNECT) or socks5h:// (the proxy resolves names), with TLS end to end. ``connections``: those
    of all accounts at this address.
    """
    connector, jar = (connections or OpenConnections(most)).connector(proxy), aiohttp.DummyCookieJar()
    session = GuardedSession(
        connector=connector,
        request_class=PatientRequest,
        response_class=BoundedResponse,
        cookie_jar=jar,
        trust_env=False,
    )
    session.__dict__["allow"] = allow
    return session


def guarded_class(base: Any, allow: AllowList) -> Any:
    """Return ccxt's class ``base`` restricted to the guarded session."""

    class Guarded(base):  # type: ignore[misc]
        """Sends only requests on the allow-list."""

        async def fetch2(self, path: Any, api: Any, method: Any, *rest: Any, **named: Any) -> Any:
            """Check the call before it is signed."""
            sections = list(api) if isinstance(api, list | tuple) else [api]
            allow.check_call(".".join(map(str, sections)), str(method), str(path))
            return await super().fetch2(path, sections, method, *rest, **named)

        def open(self, *_lazy: Any) -> None:
            """Refuse any session except the guarded one, and never create one. ccxt calls this for every request."""
            if not isinstance(self.session, GuardedSession):
                raise NotAllowedError("the guarded session is closed, or it is another")

        def get_socks_proxy_session(self, *_args: Any) -> NoReturn:
            """Refuse: ccxt would create a session of its own."""
            raise NotAllowedError("a session beside the guarded one")

        def client(self, *_args: Any) -> NoReturn:
            """Refuse ccxt's websockets."""
            raise NotAllowedError("a websocket")

    Guarded.__name__ = Guarded.__qualname__ = base.__name__
    return Guarded
