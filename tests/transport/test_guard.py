"""Nothing leaves that is not on the list, whatever asks for it and however."""

import inspect
import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiohttp_socks import ProxyConnector, ProxyType
from pydantic import SecretStr
from yarl import URL

from auditor.audit.audit_once import _open_sessions
from auditor.exchanges.registry import load, table_ids
from auditor.model.account import Options
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.client import TableClient
from auditor.transport.guard import AllowList, NotAllowedError, guarded_class, open_session
from auditor.transport.response import BoundedResponse
from tests.exchanges.witness import CREDENTIAL, read_requests, root
from tests.transport.conftest import Network, real_account, table_client

HOME = "https://www.okx.com"
LISTED = f"{HOME}/api/v5/asset/balances"
NOTHING_LISTED = AllowList(frozenset(), frozenset())
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
WRITES = (
    ("private", "POST", "trade/order"),
    ("private", "POST", "asset/withdrawal"),
    ("private", "POST", "asset/transfer"),
    ("private", "POST", "asset/balances"),
    ("private", "DELETE", "asset/balances"),
    ("public", "GET", "asset/balances"),
    ("private", "GET", "asset/balances/"),
    ("private", "GET", "asset//balances"),
    ("private", "GET", "/asset/balances"),
    ("private", "GET", "asset/../asset/balances"),
    ("private", "GET", "asset/%62alances"),
    ("private", "GET", "Asset/balances"),
    ("private", "GET", "asset/balances?ccy=BTC"),
    ("private", "get", "asset/balances"),
)


def endpoints(api: Any, section: str = "", method: str = "") -> Iterator[tuple[str, str, str]]:
    """Section, method and path of everything in ccxt's ``api``."""
    if isinstance(api, list) or method:
        yield from ((section, method, path) for path in api)
    else:
        for name, inner in api.items():
            verb = name.upper() if name.upper() in METHODS else ""
            yield from endpoints(inner, section or ("" if verb else name), verb)


def spied(client: TableClient) -> list[str]:
    """The paths that are signed from now on."""
    signed: list[str] = []
    sign = client._ccxt.sign

    def spy(path: str, *rest: Any, **more: Any) -> Any:
        signed.append(path)
        return sign(path, *rest, **more)

    client._ccxt.sign = spy
    return signed


async def outcome(call: Callable[[], Any]) -> str:
    try:
        await call()
    except NotAllowedError:
        return "refused"
    except Exception as error:  # noqa: BLE001 - whatever ccxt makes of a missing network or odd arguments
        return "sent" if type(error).__name__ == "ExchangeNotAvailable" else f"failed: {error!r}"
    return "answered"


@pytest.mark.parametrize("exchange_id", [exchange for exchange in table_ids() if load(exchange).complete])
async def test_of_everything_that_ccxt_can_ask_only_what_is_listed_leaves(exchange_id: str, network: Network) -> None:
    exchange = load(exchange_id)
    secrets = {**real_account().credentials, "secret": SecretStr(CREDENTIAL)}
    async with _open_sessions([real_account(exchange=exchange_id, credentials=secrets)], Options(pace=0)) as lines:
        client = table_client(lines[0])
        listed = AllowList.of(exchange, ()).calls
        signed = spied(client)
        every = sorted({*endpoints(client._ccxt.describe()["api"]), *listed})
        outcomes = {}
        for section, method, path in every:
            asked = partial(client._ccxt.fetch2, path, [section], method, {})
            outcomes[section, method, path] = await outcome(asked)
    witnessed = {(request.method, request.path) for request in read_requests(root(exchange_id), "allowlist")}
    assert len(every) > len(listed) >= len(witnessed) > 0
    assert {"refused": len(every) - len(listed), "sent": len(listed)} == {
        kind: sum(kind == one for one in outcomes.values()) for kind in set(outcomes.values())
    }
    assert {key for key, kind in outcomes.items() if kind == "sent"} == listed
    assert sorted(path for _, _, path in listed) == sorted(signed)
    assert len(network.sent) == len(listed)


async def test_the_names_that_ccxt_makes_for_endpoints_lead_nowhere_else(client: TableClient, network: Network) -> None:
    signed = spied(client)
    names = [
        name
        for name in dir(type(client._ccxt))
        if type(inspect.getattr_static(type(client._ccxt), name)).__name__ == "Entry"
    ]
    outcomes = [await outcome(getattr(client._ccxt, name)) for name in names]
    listed = AllowList.of(load("okx"), (HOME,))
    assert len(names) > 300
    assert {"refused", "sent"} == set(outcomes)
    assert set(signed) <= {path for _section, _method, path in listed.calls}
    assert {(method, HOME, URL(url).path) for method, url in network.sent} <= listed.requests


def arguments(method: Callable[..., Any]) -> dict[str, Any]:
    """Something for every argument that a method of ccxt's must have."""
    made_up = {"symbols": ["BTC/USDT"], "ids": ["1"], "orders": [], "codes": ["USDT"], "amount": 1, "price": 1}
    named = inspect.signature(method).parameters.values()
    needed = [p for p in named if p.default is p.empty and p.kind in {p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY}]
    return {parameter.name: made_up.get(parameter.name, "BTC/USDT") for parameter in needed}


async def test_no_method_of_ccxts_gets_anything_else_out(client: TableClient, network: Network) -> None:
    """Unified methods too: orders, withdrawals, loans, markets, streams, and those that only read."""
    inside = {"close", "sleep", "throttle", "spawn", "delay"}
    kind = type(client._ccxt)
    names = [
        name
        for name in dir(kind)
        if inspect.iscoroutinefunction(inspect.getattr_static(kind, name, None)) and name not in inside
    ]
    signed = spied(client)
    for name in names:
        method = getattr(client._ccxt, name)
        await outcome(partial(method, **arguments(method)))
    listed = AllowList.of(load("okx"), (HOME,))
    assert {"create_order", "withdraw", "transfer", "fetch_balance", "load_markets", "cancel_all_orders"} <= set(names)
    assert set(signed) <= {path for _section, _method, path in listed.calls}
    assert {(method, HOME, URL(url).path) for method, url in network.sent} <= listed.requests
    assert [] == network.reached


@pytest.mark.parametrize(("section", "method", "path"), WRITES)
async def test_what_is_refused_is_never_signed(
    client: TableClient, network: Network, section: str, method: str, path: str
) -> None:
    signed = spied(client)
    assert await outcome(lambda: client._ccxt.fetch2(path, [section], method, {})) == "refused"
    assert await outcome(lambda: client._ccxt.request(path, section, method, {})) == "refused"
    assert ([], True) == (signed, network.nothing)


@pytest.mark.parametrize(
    "url",
    [
        f"{HOME}/api/v5/trade/order",
        f"{HOME}/api/v5/asset/balances/",
        f"{HOME}/api/v5//asset/balances",
        f"{HOME}/api/v5/asset/Balances",
        f"{HOME}/API/v5/asset/balances",
        f"{HOME}/api/v5/asset/balances;x=1",
        f"{HOME}/api/v5/asset/balances%2f",
        f"{HOME}/api/v5/asset/balances#x",
        f"{HOME}:8443/api/v5/asset/balances",
        f"{HOME}./api/v5/asset/balances",
        "http://www.okx.com/api/v5/asset/balances",
        "ftp://www.okx.com/api/v5/asset/balances",
        "https://user:word@www.okx.com/api/v5/asset/balances",
        "https://user@www.okx.com/api/v5/asset/balances",
        "https://openapi.okx.com/api/v5/asset/balances",
        "https://okx.com/api/v5/asset/balances",
        "https://www.okx.com.example.org/api/v5/asset/balances",
        "https://example.org/api/v5/asset/balances",
        "https://www.okx.com@example.org/api/v5/asset/balances",
        "https://example.org/https://www.okx.com/api/v5/asset/balances",
        "/api/v5/asset/balances",
        "",
    ],
)
async def test_no_other_address_gets_past_the_session(client: TableClient, network: Network, url: str) -> None:
    for session_method in ("get", "request"):
        ask = getattr(client._ccxt.session, session_method)
        given = (url,) if session_method == "get" else ("GET", url)
        with pytest.raises((NotAllowedError, ValueError)):
            await ask(*given)
    assert await outcome(lambda: client._ccxt.fetch(url)) != "answered"
    assert network.nothing


@pytest.mark.parametrize(
    "path", ["/api/v5/asset/../asset/balances", "/api/v5/asset/%2e%2e/trade/order", "/api/v5/asset/%62alances"]
)
async def test_an_escaped_or_winding_path_is_refused_as_it_stands(
    client: TableClient, network: Network, path: str
) -> None:
    with pytest.raises(NotAllowedError):
        await client._ccxt.session.get(URL(HOME + path, encoded=True))
    assert network.nothing


@pytest.mark.parametrize("method", [method for method in METHODS if method != "GET"])
async def test_a_listed_address_by_another_method_is_refused(
    client: TableClient, network: Network, method: str
) -> None:
    with pytest.raises(NotAllowedError):
        await client._ccxt.session.request(method, LISTED)
    if hasattr(client._ccxt.session, method.lower()):
        with pytest.raises(NotAllowedError):
            await getattr(client._ccxt.session, method.lower())(LISTED)
    assert network.nothing


async def test_a_listed_address_leaves(client: TableClient, network: Network) -> None:
    with pytest.raises(aiohttp.ClientConnectionError):
        await client._ccxt.session.get(f"{LISTED}?ccy=BTC")
    assert [("GET", f"{LISTED}?ccy=BTC")] == network.sent


async def test_websockets_are_refused(client: TableClient, network: Network) -> None:
    with pytest.raises(NotAllowedError):
        await client._ccxt.session.ws_connect("wss://ws.okx.com:8443/ws/v5/private")
    with pytest.raises(NotAllowedError):
        client._ccxt.client("wss://ws.okx.com:8443/ws/v5/private")
    assert network.nothing


@pytest.mark.parametrize(
    "setting",
    ["httpProxy", "httpsProxy", "socksProxy", "proxyUrl", "aiohttp_proxy", "http_proxy", "https_proxy", "socks_proxy"],
)
async def test_ccxts_own_proxy_settings_are_refused(client: TableClient, network: Network, setting: str) -> None:
    scheme = "socks5h" if "socks" in setting else "http"
    setattr(client._ccxt, setting, f"{scheme}://127.0.0.1:3128/")
    assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) != "answered"
    assert network.nothing


@pytest.mark.parametrize(
    "setting", ["httpProxyCallback", "httpsProxyCallback", "socksProxyCallback", "proxyUrlCallback"]
)
async def test_ccxts_proxy_callbacks_are_refused(client: TableClient, network: Network, setting: str) -> None:
    setattr(client._ccxt, setting, lambda *_: "http://127.0.0.1:3128/")
    assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) != "answered"
    assert network.nothing


async def test_a_proxy_in_the_environment_is_not_used(
    client: TableClient, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setitem(os.environ, name, "http://127.0.0.1:3128")
        monkeypatch.setitem(os.environ, name.lower(), "http://127.0.0.1:3128")
    client._ccxt.aiohttp_trust_env = True
    seen: list[object] = []

    async def connect(_self: object, request: aiohttp.ClientRequest, *_rest: object, **_more: object) -> None:
        seen.append((str(request.url), request.proxy))
        raise aiohttp.ClientConnectionError

    monkeypatch.setattr(aiohttp.BaseConnector, "connect", connect)
    await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {}))
    assert [(LISTED, None)] == seen


async def test_no_request_of_the_sessions_own_takes_a_proxy_or_another_host(
    client: TableClient, network: Network
) -> None:
    with pytest.raises(NotAllowedError):
        await client._ccxt.session.get(LISTED, proxy="http://127.0.0.1:3128")
    for name in ("Host", "host", "HOST"):
        with pytest.raises(NotAllowedError):
            await client._ccxt.session.get(LISTED, headers={name: "example.org"})
    assert network.nothing


@pytest.mark.parametrize("where", ["https://example.org", "http://www.okx.com", "https://www.okx.com:444"])
async def test_changed_addresses_of_ccxts_lead_nowhere(client: TableClient, network: Network, where: str) -> None:
    client._ccxt.urls["api"] = dict.fromkeys(("rest", "private", "public"), where)
    assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) == "refused"
    client._ccxt.hostname = "example.org"
    client._ccxt.urls["api"] = {"rest": "https://{hostname}"}
    assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) == "refused"
    assert network.nothing


async def test_ccxt_makes_no_session_of_its_own(client: TableClient, network: Network) -> None:
    client._ccxt.session = None
    with pytest.raises(NotAllowedError):
        client._ccxt.open()
    assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) == "refused"
    assert network.nothing


async def test_ccxt_uses_no_other_session(client: TableClient, network: Network) -> None:
    async with aiohttp.ClientSession() as other:
        client._ccxt.session = other
        assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) == "refused"
    client._ccxt.session = None
    assert network.nothing


async def test_a_section_within_a_section_is_listed_by_its_whole_name() -> None:
    class Sent:
        async def fetch2(self, *asked: Any, **named: Any) -> Any:
            return *asked, *named

    inner = AllowList(frozenset({("v2.private", "GET", "balances"), ("public", "GET", "time")}), frozenset())
    caller = guarded_class(Sent, inner)()
    assert ("balances", ["v2", "private"], "GET") == await caller.fetch2("balances", ["v2", "private"], "GET")
    assert ("time", ["public"], "GET", {}, "config") == await caller.fetch2("time", "public", "GET", {}, config={})
    for section in (["v2"], ["private"], ["private", "v2"], "v2", "private"):
        assert "refused" == await outcome(partial(caller.fetch2, "balances", section, "GET"))


async def test_once_closed_nothing_can_be_asked(client: TableClient, network: Network) -> None:
    await client.close()
    assert await outcome(lambda: client._ccxt.fetch2("asset/balances", ["private"], "GET", {})) == "refused"
    assert network.nothing


async def test_what_is_refused_is_no_error_that_a_retry_would_catch() -> None:
    errors = {kind.__name__ for kind in NotAllowedError.__mro__}
    assert {"NotAllowedError", "Exception", "BaseException", "object"} == errors


async def test_a_session_keeps_no_cookie_trusts_no_environment_and_has_so_many_connections() -> None:
    session = open_session(NOTHING_LISTED, None, 7)
    assert session.connector is not None
    assert (False, 7) == (session.trust_env, session.connector.limit)
    assert isinstance(session.cookie_jar, aiohttp.DummyCookieJar)
    assert session._response_class is BoundedResponse
    await session.close()


@pytest.mark.parametrize(
    ("proxy", "kind"), [("http://127.0.0.1:3128", ProxyType.HTTP), ("socks5h://127.0.0.1:1080", ProxyType.SOCKS5)]
)
async def test_a_proxy_of_the_users_own_gets_every_request_and_finds_the_names(proxy: str, kind: ProxyType) -> None:
    session = open_session(NOTHING_LISTED, proxy, 7)
    connector = session.connector
    assert isinstance(connector, ProxyConnector)
    assert (kind, "127.0.0.1", URL(proxy).port) == (connector._proxy_type, connector._proxy_host, connector._proxy_port)
    assert (True, 7) == (connector._rdns, connector.limit)
    await session.close()


async def test_each_account_has_a_session_and_a_list_of_its_own(network: Network) -> None:
    european = real_account(name="other", exchange="myokx")
    async with _open_sessions([real_account(), european], Options(pace=0)) as lines:
        mine, other = map(table_client, lines)
        with pytest.raises(NotAllowedError):
            await other._ccxt.session.get(LISTED)
        with pytest.raises(NotAllowedError):
            await mine._ccxt.session.get("https://eea.okx.com/api/v5/asset/balances")
    assert network.nothing


async def test_no_redirect_is_followed_even_to_a_listed_address(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[dict[str, Any]] = []

    async def request(_self: object, _method: str, _url: URL, **options: Any) -> None:
        taken.append(options)

    monkeypatch.setattr(aiohttp.ClientSession, "_request", request)
    session = open_session(AllowList.of(load("okx"), (HOME,)), None)
    await session._request("GET", LISTED, allow_redirects=True, max_redirects=5)
    await session.close()
    assert [False] == [options["allow_redirects"] for options in taken]


async def test_every_request_asks_for_what_can_be_read_piece_by_piece_and_comes_from_no_cache(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[dict[str, str]] = []

    async def request(_self: object, _method: str, _url: URL, **options: Any) -> None:
        taken.append(options["headers"])

    monkeypatch.setattr(aiohttp.ClientSession, "_request", request)
    session = open_session(AllowList.of(load("okx"), (HOME,)), None)
    await session._request("GET", LISTED, headers={"accept-encoding": "gzip, deflate, br", "OK-ACCESS-KEY": "key"})
    await session._request("GET", LISTED)
    await session.close()
    ours = {"Accept-Encoding": "gzip", "Cache-Control": "no-cache"}
    assert [{"OK-ACCESS-KEY": "key", **ours}, ours] == taken


async def test_the_class_of_every_exchange_is_ccxts_own_with_only_the_gates_added(client: TableClient) -> None:
    assert issubclass(type(client._ccxt), exchange_class("okx"))
    assert {"fetch2", "open", "get_socks_proxy_session", "client"} <= set(vars(type(client._ccxt)))
