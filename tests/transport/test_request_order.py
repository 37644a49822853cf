"""In which order places are asked: what waits for a limit begins to wait first."""

import asyncio
from contextlib import suppress

import pytest

from auditor.audit.collector import _by_rate_limit
from auditor.exchanges.registry import load
from auditor.transport.client import TableClient
from auditor.transport.connections import EACH
from auditor.transport.gather import gather
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
