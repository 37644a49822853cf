"""In which order places are asked: what waits for a limit begins to wait first."""

import asyncio
import inspect
from contextlib import suppress
from dataclasses import replace

import pytest

from auditor.audit.collector import _by_rate_limit
from auditor.exchanges.registry import load
from auditor.transport.ccxt.loader import exchange_class
from auditor.transport.ccxt.nonces import with_rising_nonces
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


class Clocked:
    """ccxt's part in a nonce, at a clock that a test sets."""

    moment = 7

    def __init__(self, exchange: str = "kraken", key: str = "key") -> None:
        self.id, self.apiKey = exchange, f"{id(self)} {key}" if key == "key" else key

    def milliseconds(self) -> int:
        return self.moment

    def nonce(self) -> int:
        return self.moment


RisingNonces = with_rising_nonces(Clocked)


def test_a_nonce_rises_with_every_request_of_one_moment_and_when_the_clock_is_set_back() -> None:
    ccxt = RisingNonces()
    nonces = [ccxt.incrementing_nonce() for _ in range(3)]
    ccxt.moment = 2
    nonces.append(ccxt.incrementing_nonce())
    ccxt.moment = 100

    assert [7, 8, 9, 10, 100] == [*nonces, ccxt.incrementing_nonce()]


def test_a_nonce_is_above_those_of_earlier_audits_of_its_key_and_no_others() -> None:
    first, later, other, elsewhere = (
        RisingNonces(name, f"same {key}") for name, key in (*[("kraken", 1)] * 2, ("kraken", 2), ("bitso", 1))
    )
    for one in (later, other, elsewhere):
        one.moment = 3

    assert [7, 8, 3, 3] == [one.incrementing_nonce() for one in (first, later, other, elsewhere)]


def test_the_time_of_a_signature_stays_what_the_clock_says() -> None:
    ccxt = RisingNonces("okx")
    times = [ccxt.nonce(), ccxt.nonce()]
    ccxt.moment = 2

    assert [7, 7, 2] == [*times, ccxt.nonce()]


@pytest.mark.parametrize("exchange", ["btcbox", "coincheck"])
def test_where_ccxt_calls_a_nonce_a_time_it_rises_too(exchange: str) -> None:
    ccxt = RisingNonces(exchange)
    assert [7, 8] == [ccxt.nonce(), ccxt.nonce()]


def test_the_nonce_of_zaif_is_written_in_seconds() -> None:
    ccxt = RisingNonces("zaif")
    ccxt.moment = 1_790_000_000_999
    assert ["1790000000.99900000", "1790000001.00000000"] == [ccxt.custom_nonce(), ccxt.custom_nonce()]


def test_every_exchange_that_ccxt_gives_a_rising_nonce_takes_it_from_there() -> None:
    """A later version of ccxt may name it otherwise: then an exchange is missed here."""
    for name in ("kraken", "bitfinex", "bitso", "gemini", "whitebit"):
        base = exchange_class(name)
        assert "incrementing_nonce" in inspect.getsource(base.sign), name
