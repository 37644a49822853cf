"""In which order places are asked: what waits for a limit begins to wait first."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from auditor.audit.collector import _by_rate_limit
from auditor.exchanges.registry import load
from auditor.transport.ccxt.nonces import with_increasing_nonces
from auditor.transport.client import TableClient
from auditor.transport.connections import EACH
from auditor.transport.gather import gather
from auditor.transport.request import RequestSender
from tests.conftest import Audit

WALLETS = ("asset/balances", "account/balance", "asset/non-tradable-assets", "asset/asset-valuation")


def test_wallets_are_read_before_anything_else_is_asked(demo: Audit) -> None:
    calls = [call.path for call in demo("messy").calls]
    last = max(calls.index(path) for path in WALLETS)
    before = {"account/config", "system/status", "asset/bills", "account/bills", *WALLETS}
    assert set() == set(calls[:last]) - before


def test_what_its_limit_lets_wait_longest_is_asked_first() -> None:
    ids = [surface.id for surface in sorted(load("okx").surfaces, key=_by_rate_limit)]
    assert ids.index("withdrawals") < ids.index("fiat-trades") < ids.index("orders")


def test_the_list_of_everything_is_asked_before_the_lists_by_state(demo: Audit) -> None:
    calls = [call.query.get("state") for call in demo("empty").calls if call.path == "asset/withdrawal-history"]
    assert calls[0] is None


async def test_one_call_alone_needs_no_task_of_its_own() -> None:
    async def task() -> asyncio.Task[object] | None:
        return asyncio.current_task()

    assert [asyncio.current_task()] == await gather([task()])


async def test_what_waits_for_a_connection_is_not_yet_signed(
    client: TableClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = list[str]()
    monkeypatch.setattr(client._ccxt, "sign", lambda path, *_rest: signed.append(path))
    for _ in range(EACH):
        await client._host.limits.turns.take()
    asking = asyncio.create_task(client.ask(client.exchange.endpoints()[0], {}))
    await asyncio.sleep(0.01)
    assert [] == signed
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize(
    ("waiting", "served"),
    [
        pytest.param(("trade/orders-pending", "rfq/quotes"), "rfq/quotes", id="whose limit is slower"),
        pytest.param(("rfq/quotes", "asset/balances"), "asset/balances", id="a wallet, for which all else waits"),
        pytest.param(("rfq/quotes", "account/bills"), "account/bills", id="a ledger, for which the wallets wait"),
    ],
)
async def test_of_two_that_wait_for_a_connection_the_more_urgent_gets_it(
    client: TableClient, monkeypatch: pytest.MonkeyPatch, waiting: tuple[str, str], served: str
) -> None:
    signed = list[str]()
    monkeypatch.setattr(client._ccxt, "sign", lambda path, *_rest: signed.append(path))
    turns = client._host.limits.turns
    await turns.take(turns.size)
    endpoints = [next(e for e in client.exchange.endpoints() if e.path == path) for path in waiting]
    asking = [asyncio.create_task(client.ask(endpoint, {})) for endpoint in endpoints]
    await asyncio.sleep(0.01)
    turns.give()
    await asyncio.sleep(0.01)
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    assert served == signed[0]


def test_everything_waits_for_who_the_key_is_the_ledgers_and_the_wallets() -> None:
    exchange = load("okx")
    wallets = [s.endpoint for s in exchange.surfaces if s.endpoint and s.endpoint.path in WALLETS]
    lookups = (exchange.clock, exchange.status, exchange.identification.account, *exchange.ledgers)
    expected = [endpoint.path for endpoint in (*wallets, *(lookup.endpoint for lookup in lookups)) if endpoint]
    assert sorted(expected) == sorted(endpoint.path for endpoint in exchange.urgent_endpoints())


@pytest.mark.parametrize(("in_order", "most"), [(True, 1), (False, 2)])
async def test_where_requests_must_arrive_in_order_one_is_on_its_way_at_a_time(
    client: TableClient, monkeypatch: pytest.MonkeyPatch, in_order: bool, most: int
) -> None:
    under_way, seen = set[object](), list[int]()

    async def fetch2(path: str, *_rest: object) -> object:
        under_way.add(path)
        seen.append(len(under_way))
        await asyncio.sleep(0.01)
        under_way.discard(path)
        return {"code": "0", "data": []}

    exchange = replace(client.exchange, api=replace(client.exchange.api, in_order=in_order))
    monkeypatch.setattr(client, "_sending", RequestSender(exchange, client._ccxt, client._host, 0.0))
    monkeypatch.setattr(client._ccxt, "fetch2", fetch2)
    endpoints = [next(e for e in exchange.endpoints() if e.path == path) for path in ("account/bills", "rfq/quotes")]
    await gather(client.ask(endpoint, {}) for endpoint in endpoints)
    assert most == max(seen)


def test_a_nonce_grows_with_every_request_of_one_moment() -> None:
    class Clocked:
        def nonce(self) -> int:
            return 7

    ccxt = with_increasing_nonces(Clocked)()
    assert [7, 8, 9] == [ccxt.nonce() for _ in range(3)]
