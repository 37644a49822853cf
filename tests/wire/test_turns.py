"""In which order places are asked: what waits for a limit begins to wait first."""

import asyncio
from contextlib import suppress

import pytest

from auditor.collect import _turn
from auditor.exchanges import load
from auditor.wire.client import Client
from auditor.wire.host import CONNECTIONS
from auditor.wire.together import together
from tests.conftest import Audit

WALLETS = ("asset/balances", "account/balance", "asset/non-tradable-assets", "asset/asset-valuation")


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
    for _ in range(CONNECTIONS):
        await client._host.turns.acquire()
    asking = asyncio.create_task(client.ask(client.exchange.identity, {}))
    await asyncio.sleep(0.01)
    assert [] == signed
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
