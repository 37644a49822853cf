"""Nothing leaves that is not written down as a read, whatever ccxt could ask, at every exchange that is read."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import product
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from yarl import URL

from auditor.exchanges.registry import load
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.ccxt_account import UnifiedAccount
from auditor.exchanges.unified.opening import open_unified_account
from auditor.model.account import Account, Options
from auditor.settings.exchange_facts import exchange_config
from auditor.transport.guard import NotAllowedError
from auditor.transport.session_pool import SessionPool
from tests.exchanges.unified.network import CREDENTIALS, sent

# Where a GET trades, and where nothing is written down, too.
TRADING_BY_GET = ("deribit", "phemex", "coinbaseinternational")
GUARDED = (*facts.specified_exchanges(), "coinbaseinternational", "bitstamp", "hyperliquid")
VERBS = ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")


class Left(Exception):  # noqa: N818 - it is what the request did
    """A request has left the program."""


@pytest.fixture
def leaving(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Every request that passes both gates."""
    left: list[tuple[str, str, str]] = []

    async def leave(_session: object, method: str, url: URL, **_options: Any) -> None:
        left.append((method, url.host or "", url.raw_path))
        raise Left

    monkeypatch.setattr(aiohttp.ClientSession, "_request", leave)
    return left


def account(exchange: str, url: str | None = None) -> Account:
    secrets = {name: SecretStr(CREDENTIALS.get(name, "k" * 20)) for name in load(exchange).api.credentials}
    return Account(name="x", exchange=exchange, credentials=secrets, base_url=url)


def made_for(exchange: str, url: str | None = None) -> UnifiedAccount:
    options = Options(pace=0)
    host = SessionPool(url or f"https://{exchange_config(exchange).api_hosts[0]}", options)
    return open_unified_account(
        load(exchange), account(exchange, url), options, host, tuple(exchange_config(exchange).api_hosts)
    )


def endpoints(api: Mapping[str, Any], above: tuple[str, ...] = ()) -> Iterator[tuple[list[str], str, str]]:
    """(sections, method, path) of everything that ccxt can ask."""
    for name, below in api.items():
        if name.upper() in VERBS:
            yield from ((list(above), name.upper(), path) for path in below)
        elif isinstance(below, dict):
            yield from endpoints(below, (*above, name))


async def ask_everything(exchange: str) -> int:
    """Ask each endpoint of ccxt's, private or not, with every part of its path filled in."""
    ready, count = made_for(exchange), 0
    filled = {"settle": "usdt", "account-id": "100", "account_id": "100", "config": "pub:info:pair", "currency": "BTC"}
    for sections, method, path in endpoints(ready.ccxt.describe()["api"]):
        count += 1
        with suppress(Exception):  # whether it leaves is all that is asked
            await ready.ccxt.fetch2(path, sections, method, dict(filled))
    await ready.session.close()
    return count


@pytest.mark.parametrize("exchange", GUARDED)
def test_of_all_that_ccxt_can_ask_only_what_is_written_down_leaves(
    exchange: str, leaving: list[tuple[str, str, str]]
) -> None:
    assert asyncio.run(ask_everything(exchange)) > 1
    known = {(r.method, r.host, r.path) for r in facts.read_requests(exchange)}
    known |= {(method, host, path.replace("/*/", "/100/")) for method, host, path in known}
    assert set() == set(leaving) - known
    assert bool(leaving) == bool(known)


async def ask_what_is_written_down(exchange: str, url: str | None) -> None:
    """Ask each request of the list as the program does, with the parts of its path that ccxt fills in."""
    ready = made_for(exchange, url)
    for request in facts.read_requests(exchange):
        parts = zip(request.name.split("/")[::-1], request.path.split("/")[::-1], strict=False)
        filled = {name[1:-1]: part.replace("*", "100") for name, part in parts if name.startswith("{")}
        with suppress(Left):
            await ready.ccxt.fetch2(request.name, request.section.split("."), request.method, filled)
    await ready.session.close()


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_all_that_is_written_down_leaves_for_its_own_host(exchange: str, leaving: list[tuple[str, str, str]]) -> None:
    asyncio.run(ask_what_is_written_down(exchange, None))
    known = [(r.method, r.host, r.path.replace("*", "100")) for r in facts.read_requests(exchange)]
    assert known == leaving


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_at_an_address_of_the_users_own_the_same_paths_are_asked(
    exchange: str, leaving: list[tuple[str, str, str]]
) -> None:
    asyncio.run(ask_what_is_written_down(exchange, "http://127.0.0.1:1"))
    known = [(r.method, "127.0.0.1", r.path.replace("*", "100")) for r in facts.read_requests(exchange)]
    assert known == leaving


@pytest.mark.parametrize("exchange", TRADING_BY_GET)
def test_what_trades_by_get_does_not_leave(exchange: str, leaving: list[tuple[str, str, str]]) -> None:
    asyncio.run(ask_everything(exchange))
    words = ("buy", "sell", "cancel", "withdraw/", "submit", "transfer", "create", "edit", "confirm", "close_position")
    assert [] == [path for _method, _host, path in leaving if any(word in path for word in words)]


def changed(method: str, url: str) -> Iterator[tuple[str, str]]:
    """Requests that differ a little from one that is a read."""
    yield from ((verb, url) for verb in VERBS if verb != method)
    yield from ((method, url + more) for more in ("/", "s", "/../x", "%2f", "/confirm"))
    yield method, url.replace("https://", "http://", 1)
    yield method, url.replace("https://", "https://user:pass@", 1)
    yield method, url.replace("https://", "https://x.", 1)
    yield method, url + "#x"


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_a_request_that_differs_from_a_read_does_not_leave(exchange: str, leaving: list[tuple[str, str, str]]) -> None:
    async def try_them() -> None:
        ready = made_for(exchange)
        known = {(r.method, f"https://{r.host}{r.path}") for r in facts.read_requests(exchange)}
        tried = {change for method, url in known for change in changed(method, url)} - known
        for method, url in sorted(tried):
            with pytest.raises(NotAllowedError):
                await ready.session._request(method, URL(url, encoded=True))
        await ready.session.close()

    asyncio.run(try_them())
    assert [] == leaving


def test_a_part_that_the_exchange_fills_in_is_one_part() -> None:
    async def leaves(path: str) -> bool:
        ready = made_for("htx")
        try:
            await ready.session._request("GET", URL(f"https://api.huobi.pro/v1/account/accounts/{path}", encoded=True))
        except NotAllowedError:
            return False
        except Left:
            return True
        finally:
            await ready.session.close()
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(aiohttp.ClientSession, "_request", _left)
        paths = ("100/balance", "100/x/balance", "/balance", "../balance", "1%2f2/balance", "100/balance/x")
        assert [True, False, False, False, False, False] == [asyncio.run(leaves(path)) for path in paths]


async def _left(*_arguments: Any, **_options: Any) -> None:
    raise Left


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_an_address_of_the_users_own_gets_all_requests_and_no_other_host_gets_one(exchange: str) -> None:
    async def bases() -> set[str]:
        ready = made_for(exchange, "http://127.0.0.1:1")
        found = {f"{URL(url).origin()}" for url in _texts(ready.ccxt.urls["api"])}
        await ready.session.close()
        return found

    assert {"http://127.0.0.1:1"} == {base for base in asyncio.run(bases()) if _is_used(exchange, base)}


def _texts(urls: Any) -> Iterator[str]:
    if isinstance(urls, dict):
        for url in urls.values():
            yield from _texts(url)
    elif isinstance(urls, str):
        yield urls


def _is_used(exchange: str, base: str) -> bool:
    hosts = {r.host for r in facts.read_requests(exchange)}
    return "127.0.0.1" in base or (URL(base).host or "") in hosts


def test_accounts_at_one_address_share_no_connection() -> None:
    async def pair() -> list[UnifiedAccount]:
        options = Options(pace=0)
        host = SessionPool("http://127.0.0.1:1", options, accounts=2)
        ready = [
            open_unified_account(load(e), account(e, host.home), options, host, ())
            for e in ("kraken", "kraken", "gate")
        ]
        assert 3 == len({id(each.session.connector) for each in ready})
        ready[0].close()
        await host.close()
        return ready

    one, other, elsewhere = asyncio.run(pair())
    assert 3 == len({id(each.session) for each in (one, other, elsewhere)})
    assert one.ccxt is not other.ccxt
    assert [None, True] == [one.ccxt.session, other.session.closed]


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_the_list_of_reads_is_what_the_methods_send(exchange: str) -> None:
    assert set(facts.read_requests(exchange)) == asyncio.run(sent(exchange))


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_only_hosts_that_config_vouches_for_are_on_the_list(exchange: str) -> None:
    assert set() == {r.host for r in facts.read_requests(exchange)} - set(exchange_config(exchange).api_hosts)


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_each_call_names_a_request_of_the_list(exchange: str) -> None:
    told = facts.load_spec(exchange)
    assert told is not None
    known = {r.path for r in facts.read_requests(exchange)}
    assert [] == [call.id for call in told.calls if call.at not in known]
    assert len({call.id for call in told.calls}) == len(told.calls)


WRITES = ("cancel", "transfer", "create", "withdraw/apply", "order/place", "AddOrder", "Withdraw", "repay", "convert")


def test_no_line_of_any_list_reads_like_an_act() -> None:
    lines = [(e, r.path) for e in facts.specified_exchanges() for r in facts.read_requests(e)]
    named = [(e, p) for (e, p), word in product(lines, WRITES) if word in p and "WithdrawStatus" not in p]
    assert [] == [(e, p) for e, p in named if (e, p) not in READS_DESPITE_THEIR_NAME]


READS_DESPITE_THEIR_NAME = {("bybit", "/v5/asset/transfer/query-account-coins-balance")}
