"""What accounts at one address share, and what they must not."""

import asyncio
from dataclasses import replace

import pytest
from pydantic import SecretStr

from auditor.audit.audit_once import _open_sessions
from auditor.demo import Call, Reply, account
from auditor.model.account import Options
from auditor.model.snapshot import Unread
from auditor.transport.session_pool import SessionPool
from tests.conftest import Audit
from tests.transport.conftest import Network, real_account, table_client

TWO = [replace(account("messy"), name=name, apikey=f"demo-{name}-key", uid=uid, main_uid=uid) for name, uid in
       (("one", "710000000000000001"), ("two", "710000000000000002"))]  # fmt: skip
PUBLIC = {"system/status", "market/tickers"}


def test_what_everybody_gets_to_see_is_asked_once_for_all_accounts(demo: Audit) -> None:
    audited = demo(*TWO)
    assert PUBLIC == {call.path for call in audited.calls if call.account is None}
    assert len(PUBLIC) == sum(call.account is None for call in audited.calls)


@pytest.mark.slow("two accounts")
def test_what_is_an_accounts_own_is_asked_for_each(demo: Audit) -> None:
    asked = [call.account for call in demo(*TWO).calls if call.path in {"account/instruments", "asset/currencies"}]
    assert ["one", "one", "two", "two"] == sorted(map(str, asked))


@pytest.mark.slow("two accounts")
def test_maintenance_that_cannot_be_read_is_unread_for_every_account(demo: Audit) -> None:
    def fault(call: Call) -> Reply | None:
        return Reply(status=400, body={"code": "50026", "msg": "down"}) if call.path == "system/status" else None

    audited = demo(*TWO, fault=fault)
    told = [r.result for a in audited.snapshot.accounts for r in a.readings if r.surface == "maintenance"]
    assert [Unread, Unread] == list(map(type, told))


async def test_accounts_of_one_exchange_share_neither_a_connection_nor_a_secret(network: Network) -> None:
    other = real_account(
        name="other", credentials={"apiKey": SecretStr("x"), "secret": SecretStr("y"), "password": SecretStr("z")}
    )
    async with _open_sessions([real_account(), other], Options(pace=0)) as lines:
        mine, yours = map(table_client, lines)
        assert mine._ccxt.session.connector is not yours._ccxt.session.connector
        mine._ccxt.options["timeDifference"] = 7
        mine._ccxt.urls["api"]["rest"] = "http://elsewhere"
        assert ("x", "y", "z") == (yours._ccxt.apiKey, yours._ccxt.secret, yours._ccxt.password)
        assert mine._ccxt.apiKey != yours._ccxt.apiKey
        assert (0, "https://www.okx.com") == (
            yours._ccxt.options.get("timeDifference"),
            yours._ccxt.urls["api"]["rest"],
        )
    assert network.nothing


async def test_who_gives_up_waiting_leaves_the_answer_to_the_others() -> None:
    host, go = SessionPool("https://www.okx.com", Options()), asyncio.Event()

    async def answer() -> str:
        await go.wait()
        return "answer"

    first, second = (asyncio.create_task(host.once("key", answer)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    go.set()
    assert "answer" == await second
    await host.close()


async def test_a_question_that_nobody_waits_for_any_more_ends_with_its_host() -> None:
    host, asked = SessionPool("https://www.okx.com", Options()), list[asyncio.Task[None] | None]()

    async def never() -> None:
        asked.append(asyncio.current_task())
        await asyncio.Event().wait()

    waiting = asyncio.create_task(host.once("key", never))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await host.close()
    assert [True] == [task.cancelled() for task in asked if task]
