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
from auditor.transport.paths import fits
from auditor.transport.response import BoundedResponse
from auditor.transport.rpc import method_in
from auditor.transport.silence import PatientRequest


class NotAllowedError(Exception):
    """A request that is not on the allow-list.

    No network handler or retry catches its base class.
    """


@dataclass(frozen=True, slots=True)
class AllowList:
    """The requests that may be sent.

    ``calls``: (section, method, path) as ccxt names them; ``requests``: (method, origin, exact path, but for the parts
    that an exchange fills in: see `auditor.transport.paths`); ``rpc``: (origin, path, JSON-RPC method) of the requests
    whose body says what they ask for.
    """

    calls: frozenset[tuple[str, str, str]]
    requests: frozenset[tuple[str, str, str]]
    rpc: frozenset[tuple[str, str, str]] = frozenset()

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
            frozenset(
                (origin, endpoint.full_path(prefix), endpoint.rpc)
                for endpoint in endpoints
                if endpoint.rpc
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
        if not is_plain or not self._is_listed(method, str(url.origin()), url.raw_path):
            raise NotAllowedError(f"{method} {url.host}{url.raw_path} is not on the list of reads")

    def check_body(self, method: str, url: URL, body: object) -> None:
        """Raise NotAllowedError for a body that asks for something else than its path.

        A server of JSON-RPC does what the body says: there it names exactly the method that the table has. A GET has
        no body, since a server may do what that says.
        """
        origin = str(url.origin())
        named = frozenset(name for own, path, name in self.rpc if (own, path) == (origin, url.raw_path))
        if method == "GET" and body:
            raise NotAllowedError(f"GET {url.host}{url.raw_path} with a body")
        if named and (url.raw_query_string or method_in(body) not in named):
            raise NotAllowedError(f"{method} {url.host}{url.raw_path} whose body names another method")

    def _is_listed(self, method: str, origin: str, path: str) -> bool:
        if (method, origin, path) in self.requests:
            return True
        if method != "GET":
            # What a part of the path says may decide what such a request does.
            return False
        near = (known for verb, own, known in self.requests if (verb, own) == (method, origin))
        return any(fits(known, path) for known in near)


def _origins_of(endpoint: Endpoint, places: tuple[str, ...], services: Mapping[str, str]) -> tuple[str, ...]:
    own = services.get(endpoint.site.service) if endpoint.site else None
    return places if own is None else (own,)


_PASSED_ON = frozenset({"data", "timeout"})
# gzip can be read piece by piece; an answer from a cache would show an account as it was.
_HEADERS: Mapping[str, str] = MappingProxyType({"Accept-Encoding": "gzip", "Cache-Control": "no-cache"})
# Headers by which a server may take a request for another one than it is.
_REFUSED = frozenset({"host", "content-encoding", "x-http-method", "x-http-method-override", "x-method-override"})


def _passed_on(allow: AllowList, method: str, url: URL, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options to send an allowed request with. Raises NotAllowedError for any other request."""
    allow.check_request(method.upper(), url)
    allow.check_body(method.upper(), url, options.get("data"))
    ours = {name.lower() for name in _HEADERS}
    headers = {name: value for name, value in (options.get("headers") or {}).items() if name.lower() not in ours}
    if options.get("proxy") is not None or _REFUSED & {name.lower() for name in headers}:
        raise NotAllowedError("a proxy or host other than the program's own, or a header that changes the request")
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
            """Check the call before it is signed. A section such as ``v3.private`` is one within another."""
            section = ".".join(map(str, api)) if isinstance(api, list | tuple) else str(api)
            allow.check_call(section, str(method), str(path))
            return await super().fetch2(path, section.split("."), method, *rest, **named)

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
