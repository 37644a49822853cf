"""After an exchange asked for silence nothing leaves but what had left before, over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from auditor import demo as exchange
from auditor.demo import Call, Reply
from auditor.demo.loopback import on_loopback
from auditor.exchanges.registry import load
from auditor.model.report import Verdict
from auditor.model.snapshot import Trouble, Unread
from auditor.transport import host
from auditor.transport.guard import AllowList, open_session
from auditor.transport.http_time import retry_after
from auditor.transport.silence import KEPT, OnHoldError, Silence
from tests.conftest import Audit, DemoAudit

SEATS = 4
IDENTITY = frozenset({"account/config"})
WEIGHT = "sapi"
BINANCE_IDENTITY = frozenset({"sapi/v1/account/apiRestrictions", "sapi/v1/sub-account/transfer/subUserHistory"})
BAN = Reply(status=418, body={"code": "50061", "msg": "Too many requests", "data": []}, delay=0.1)
PAGE = Reply(status=418, body="<html>banned</html>", headers={"Retry-After": "7200"}, delay=0.1)


def banned(reply: Reply, after: frozenset[str] = IDENTITY) -> Callable[[Call], Reply | None]:
    """Refuse the first request that follows the key's identification; what is under way meanwhile is slow."""
    left = [1]

    def fault(call: Call) -> Reply | None:
        if call.path in after:
            return None
        first, left[0] = left[0], 0
        return reply if first else Reply(delay=0.3)

    return fault


@pytest.fixture
def few_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "connection_limit", lambda _accounts, _addresses: SEATS)


def troubles(audited: DemoAudit) -> set[Trouble]:
    readings = (reading for account in audited.snapshot.accounts for reading in account.readings)
    return {reading.result.trouble for reading in readings if isinstance(reading.result, Unread)}


@pytest.mark.usefixtures("few_connections")
@pytest.mark.parametrize("reply", [BAN, PAGE], ids=["without a time", "a page with a time"])
@pytest.mark.parametrize("accounts", [("messy",), ("messy", "empty")])
def test_nothing_that_waits_is_sent_after_a_ban(demo: Audit, reply: Reply, accounts: tuple[str, ...]) -> None:
    audited = demo(*accounts, fault=banned(reply))
    asked = [call for call in audited.calls if call.path not in IDENTITY]
    assert 1 <= len(asked) <= SEATS
    assert Trouble.LIMITED in troubles(audited)
    assert audited.report.verdict is not Verdict.CLEAN


def test_a_ban_of_one_account_silences_the_others_at_its_address(demo: Audit) -> None:
    def fault(call: Call) -> Reply | None:
        if call.path in IDENTITY and call.account == "messy":
            return Reply(status=418, body="", headers={"Retry-After": "300"})
        return Reply(delay=0.2) if call.path in IDENTITY else None

    audited = demo("messy", "empty", fault=fault)
    assert {"messy", "empty"} == {call.account for call in audited.calls}
    assert IDENTITY == {call.path for call in audited.calls}


def test_a_short_pause_of_one_pool_is_kept_and_then_all_is_read(demo: Audit) -> None:
    left = [1]

    def fault(call: Call) -> Reply | None:
        if call.path != "asset/balances" or not left[0]:
            return None
        left[0] -= 1
        return Reply(status=429, body={"code": "50011", "msg": "slow", "data": []}, headers={"Retry-After": "1"})

    assert Verdict.CLEAN is demo("empty", fault=fault).report.verdict


@pytest.mark.usefixtures("few_connections")
def test_within_the_time_of_a_429_nothing_that_waits_is_sent_to_its_pool(demo: Audit) -> None:
    """All private reads of Binance's wallet share one weight; those that wait when it is spent do not leave."""
    limits = {endpoint.name.partition(" ")[2].lstrip("/"): endpoint.limit for endpoint in load("binance").endpoints()}
    pools: dict[str, int] = {}

    def fault(call: Call) -> Reply | None:
        pool = limits[call.path].pool if call.path in limits else ""
        if call.path in BINANCE_IDENTITY or pool != WEIGHT:
            return None
        pools[pool] = pools.get(pool, 0) + 1
        first = pools[pool] == 1
        spent = {"code": -1003, "msg": "Too much request weight used."}
        return Reply(status=429, body=spent, headers={"Retry-After": "300"}, delay=0.1) if first else Reply(delay=0.3)

    audited = demo("binance-messy", fault=fault)
    assert 1 <= pools[WEIGHT] <= SEATS
    assert Trouble.LIMITED in troubles(audited)


@asynccontextmanager
async def session_at(url: str) -> AsyncIterator[aiohttp.ClientSession]:
    allow = AllowList(frozenset(), frozenset({("GET", str(URL(url).origin()), "/x")}))
    session = open_session(allow, None)
    try:
        yield session
    finally:
        await session.close()


async def test_a_request_that_waits_for_its_connection_looks_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ban that comes while a connection is being made, as on a busy machine, keeps the request from leaving."""
    arrived: list[str] = []
    silence = Silence()

    async def answer(request: web.Request) -> web.Response:
        arrived.append(request.path)
        return web.Response(text="{}")

    connect = aiohttp.TCPConnector.connect

    async def slowly(*arguments: Any, **named: Any) -> Any:
        connection = await connect(*arguments, **named)
        silence.extend(300)
        return connection

    monkeypatch.setattr(aiohttp.TCPConnector, "connect", slowly)
    with on_loopback(answer, "silent") as url:
        async with session_at(url) as session:
            KEPT.set((silence,))
            with pytest.raises(OnHoldError):
                await session.get(f"{url}/x")
        await asyncio.sleep(0.05)  # the server sees the connection end before it is stopped
    assert [] == arrived


@pytest.mark.parametrize("name", ["kraken-messy", "kucoin-messy"])
def test_an_exchange_without_a_table_is_left_alone_after_a_ban(demo: Audit, name: str) -> None:
    seen: list[Call] = []

    def fault(call: Call) -> Reply | None:
        seen.append(call)
        return Reply(status=418, body={"error": ["EGeneral:Too many requests"]}) if len(seen) > 1 else None

    audited = demo(exchange.account(name), fault=fault)
    assert (2, Verdict.INCOMPLETE) == (len(seen), audited.report.verdict)
    assert Trouble.LIMITED in troubles(audited)


def test_the_time_of_a_pause_is_a_number_or_a_date() -> None:
    assert 120 == retry_after({"Retry-After": "120"})
    assert 0 == retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})
    assert retry_after({"Retry-After": "Fri, 01 Jan 2199 00:00:00 GMT"}) is not None
    assert [None] * 3 == [retry_after(headers) for headers in ({}, {"Retry-After": "soon"}, {"Retry-After": "-5"})]


async def test_a_pause_that_is_too_long_to_wait_for_is_said_at_once() -> None:
    silence = Silence(pace=0)
    silence.extend(61)
    with pytest.raises(OnHoldError):
        await asyncio.wait_for(silence.wait(), 1)
