"""In which order places are asked: what waits for a limit begins to wait first."""

import asyncio
from contextlib import suppress

import pytest

from auditor.collect import _turn
from auditor.exchanges import load
from auditor.wire.client import Client
from auditor.wire.connections import EACH
from auditor.wire.together import together
from tests.conftest import Audit

WALLETS = ("asset/balances", "account/balance", "asset/non-tradable-assets", "asset/asset-valuation")
QUICK_AND_SLOW = ("trade/orders-pending", "rfq/quotes")


def test_wallets_are_read_before_anything_else_is_asked(demo: Audit) -> None:
    calls = [call.path for call in demo("messy").calls]
    last = max(calls.index(path) for path in WALLETS)
    before = {"account/config", "system/status", "asset/bills", "account/bills", *WALLETS}
    assert set() == set(calls[:last]) - before


def test_what_its_limit_lets_wait_longest_is_asked_first() -> None:
    ids = [surface.id for surface in sorted(load("okx").surfaces, key=_turn)]
    assert ids.index("withdrawals") < ids.index("fiat-trades") < ids.index("orders")


def test_the_list_of_everything_is_asked_before_the_lists_by_state(demo: Audit) -> None:
    calls = [call.query.get("state") for call in demo("empty").calls if call.path == "asset/withdrawal-history"]
    assert calls[0] is None


async def test_one_call_alone_needs_no_task_of_its_own() -> None:
    async def task() -> asyncio.Task[object] | None:
        return asyncio.current_task()

    assert [asyncio.current_task()] == await together([task()])


async def test_what_waits_for_a_connection_is_not_yet_signed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = list[str]()
    monkeypatch.setattr(client._ccxt, "sign", lambda path, *_rest: signed.append(path))
    for _ in range(EACH):
        await client._host.limits.turns.take()
    asking = asyncio.create_task(client.ask(client.exchange.identity, {}))
    await asyncio.sleep(0.01)
    assert [] == signed
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking


async def test_of_two_that_wait_for_a_connection_the_one_with_the_slower_limit_gets_it(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = list[str]()
    monkeypatch.setattr(client._ccxt, "sign", lambda path, *_rest: signed.append(path))
    turns = client._host.limits.turns
    await turns.take(turns.size)
    quick, slow = (next(s for s in client.exchange.surfaces if s.path == path) for path in QUICK_AND_SLOW)
    asking = [asyncio.create_task(client.ask(surface, {})) for surface in (quick, slow)]
    await asyncio.sleep(0.01)
    turns.give()
    await asyncio.sleep(0.01)
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    assert "rfq/quotes" == signed[0]
