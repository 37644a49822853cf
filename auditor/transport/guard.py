"""The allow-list, and the two gates that every request passes: before it is signed, and as it leaves.

Nothing else in the program can send anything: ccxt is given this session and no means to make another. What is not a
documented read of the exchange's own table is refused, by method, host and exact path, whatever asked for it.
"""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NoReturn

import aiohttp
from aiohttp_socks import ProxyConnector
from yarl import URL

from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.transport.connections import EACH


class Refused(Exception):  # noqa: N818 - it is what the request was
    """A request that is not on the list. Of no family that a network handler or a retry would catch."""


@dataclass(frozen=True, slots=True)
class AllowList:
    """``calls``: (section, method, path) as ccxt names them; ``requests``: (method, origin, exact path)."""

    calls: frozenset[tuple[str, str, str]]
    requests: frozenset[tuple[str, str, str]]

    @classmethod
    def of(
        cls, exchange: Exchange, origins: Iterable[str], services: Mapping[str, str] = MappingProxyType({})
    ) -> "AllowList":
        """What the exchange's table asks, at ``origins`` (scheme, host and port) and nowhere else.

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
        """Raise Refused unless the table asks this."""
        if (section, method, path) not in self.calls:
            raise Refused(f"{method} {section} {path} is not a read that this program makes")

    def check_request(self, method: str, url: URL) -> None:
        """Raise Refused unless this very request is one of the table's."""
        plain = not (url.user or url.password or url.raw_fragment)
        if not plain or (method, str(url.origin()), url.raw_path) not in self.requests:
            raise Refused(f"{method} {url.host}{url.raw_path} is not on the list of reads")


def _origins_of(endpoint: Endpoint, places: tuple[str, ...], services: Mapping[str, str]) -> tuple[str, ...]:
    own = services.get(endpoint.site.service) if endpoint.site else None
    return places if own is None else (own,)


_PASSED_ON = frozenset({"data", "headers", "timeout"})


def _passed_on(allow: AllowList, method: str, url: URL, options: Mapping[str, Any]) -> dict[str, Any]:
    """What goes on with a request that is on the list. Raises Refused for any other."""
    allow.check_request(method.upper(), url)
    if options.get("proxy") is not None or "host" in {name.lower() for name in options.get("headers") or {}}:
        raise Refused("a proxy or host other than the program's own")
    kept = {name: value for name, value in options.items() if name in _PASSED_ON}
    return {**kept, "allow_redirects": False}


with warnings.catch_warnings():
    # aiohttp discourages subclassing; its public middlewares can be replaced by each request, `_request` cannot.
    warnings.simplefilter("ignore", DeprecationWarning)

    class GuardedSession(aiohttp.ClientSession):
        """The program's one way out. Every aiohttp request, websockets included, goes through ``_request``."""

        allow: AllowList

        async def _request(self, method: str, str_or_url: Any, **options: Any) -> aiohttp.ClientResponse:
            url = URL(str_or_url)
            return await super()._request(method, url, **_passed_on(self.__dict__["allow"], method, url, options))


def open_session(allow: AllowList, proxy: str | None, most: int = EACH) -> aiohttp.ClientSession:
    """The guarded session, with at ``most`` so many connections.

    ``proxy``: http:// (CONNECT) or socks5h:// (names resolved there), TLS end to end.
    """
    connector = (
        ProxyConnector.from_url(proxy.replace("socks5h://", "socks5://"), rdns=True, limit=most)
        if proxy
        else aiohttp.TCPConnector(limit=most)
    )
    session = GuardedSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False)
    session.__dict__["allow"] = allow
    return session


def guarded(base: Any, allow: AllowList) -> Any:
    """ccxt's class ``base`` with every way out but the guarded session closed."""

    class Guarded(base):  # type: ignore[misc]
        """Asks only what is on the list."""

        async def fetch2(self, path: Any, api: Any, method: Any, *rest: Any, **named: Any) -> Any:
            """Check before anything is signed."""
            sections = list(api) if isinstance(api, list | tuple) else [api]
            allow.check_call(".".join(map(str, sections)), str(method), str(path))
            return await super().fetch2(path, sections, method, *rest, **named)

        def open(self, *_lazy: Any) -> None:
            """Never make a session, nor use another than the guarded one that was given. Every request asks this."""
            if not isinstance(self.session, GuardedSession):
                raise Refused("the guarded session is closed, or it is another")

        def get_socks_proxy_session(self, *_args: Any) -> NoReturn:
            """ccxt would make a session of its own."""
            raise Refused("a session beside the guarded one")

        def client(self, *_args: Any) -> NoReturn:
            """ccxt's websockets."""
            raise Refused("a websocket")

    Guarded.__name__ = Guarded.__qualname__ = base.__name__
    return Guarded
