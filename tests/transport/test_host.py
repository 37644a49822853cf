"""What the passes of one worker share at an address, and what they must not."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from auditor import demo as exchange
from auditor.audit.audit_once import take_snapshot
from auditor.i18n import verbatim
from auditor.model.account import Options
from auditor.model.snapshot import Snapshot, Trouble, Unread
from auditor.transport import host as hosts
from auditor.transport.host import Host, HostPool
from tests.conftest import configured_account

TOO_MANY = 429
FAST = Options(pace=0)
FAILED = Unread(reason=verbatim("down"), trouble=Trouble.GATEWAY)


def demo_accounts(number: int) -> list[exchange.Account]:
    return [
        replace(exchange.account("empty"), name=f"a{n}", apikey=f"demo-{n}-key", uid=f"71{n}", main_uid=f"71{n}")
        for n in range(number)
    ]


def separate_passes(
    served: exchange.DemoExchange, accounts: Sequence[exchange.Account], options: Options
) -> list[Snapshot]:
    """One pass for each account, all at the same time, in one worker."""

    async def run() -> list[Snapshot]:
        worker = HostPool(options, len(accounts))
        passes = (take_snapshot([configured_account(one, served)], options, worker) for one in accounts)
        return await asyncio.gather(*passes)

    return asyncio.run(run())


@pytest.mark.slow("a pass for each account")
def test_separate_passes_send_what_one_pass_over_all_accounts_sends() -> None:
    accounts = demo_accounts(2)
    with exchange.serve(accounts, limits=False) as served:
        separate_passes(served, accounts, FAST)
        separate = sorted((call.account or "", call.path) for call in served.calls)
    with exchange.serve(accounts, limits=False) as served:
        asyncio.run(take_snapshot([configured_account(one, served) for one in accounts], FAST))
        together = sorted((call.account or "", call.path) for call in served.calls)

    assert together == separate


@pytest.mark.campaign
def test_separate_passes_stay_within_the_limits_of_their_address() -> None:
    accounts = demo_accounts(6)
    with exchange.serve(accounts) as served:
        taken = separate_passes(served, accounts, Options())

    assert [] == [unread for snapshot in taken for unread in _unread(snapshot) if unread.trouble is Trouble.LIMITED]
    assert [] == [call.path for call in served.calls if call.status == TOO_MANY]


def _unread(snapshot: Snapshot) -> list[Unread]:
    return [r.result for account in snapshot.accounts for r in account.readings if isinstance(r.result, Unread)]


def test_a_key_of_another_account_leaves_only_its_own_account_unread() -> None:
    accounts = demo_accounts(2)
    with exchange.serve(accounts, limits=False) as served:
        right, wrong = (configured_account(one, served) for one in accounts)
        wrong = replace(wrong, uid="999")

        taken = asyncio.run(take_snapshot([right, wrong], FAST, HostPool(FAST, 2)))

    reasons = [str(unread.reason) for unread in _unread(replace(taken, accounts=taken.accounts[1:]))]
    assert ["710", None] == [account.uid for account in taken.accounts]
    assert ["a1: this key belongs to uid 711, not to 999. Nothing was read. Use the other key."] == reasons[:1]


def test_a_worker_keeps_one_set_of_limits_for_each_address() -> None:
    worker = HostPool(FAST, 3)

    assert worker.at("https://www.okx.com") is worker.at("https://www.okx.com")
    assert worker.at("https://www.okx.com").limits is not worker.at("https://eea.okx.com").limits


@pytest.mark.slow("measures memory")
def test_a_worker_keeps_nothing_of_an_account_that_it_has_read() -> None:
    accounts = demo_accounts(1)

    async def run(served: exchange.DemoExchange) -> Host:
        worker = HostPool(FAST, 1)
        await take_snapshot([configured_account(accounts[0], served)], FAST, worker)
        return worker.at(served.url)

    with exchange.serve(accounts, limits=False) as served:
        host = asyncio.run(run(served))

    assert [] == host.connections.connectors
    assert [None] == [model.session for model in host.models.values()]
    assert [(None, None, None)] == [
        (model.apiKey or None, model.secret or None, model.password or None) for model in host.models.values()
    ]


async def test_a_public_answer_is_forgotten_after_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    host, asked = Host("https://www.okx.com", FAST), list[int]()

    async def ask() -> int:
        asked.append(1)
        return len(asked)

    answers = [await host.public("key", ask), await host.public("key", ask)]
    monkeypatch.setattr(hosts, "FRESH", 0.0)

    assert [1, 1, 2] == [*answers, await host.public("key", ask)]


async def test_a_public_answer_that_failed_is_asked_for_by_the_next_pass() -> None:
    host, answers = Host("https://www.okx.com", FAST), [FAILED, "answer"]

    async def ask() -> object:
        await asyncio.sleep(0)
        return answers.pop(0)

    assert [FAILED, "answer"] == await asyncio.gather(*(host.public("key", ask) for _pass in range(2)))


async def test_a_pass_that_is_ended_leaves_the_question_to_the_next() -> None:
    host = Host("https://www.okx.com", FAST)

    async def never() -> str:
        await asyncio.Event().wait()
        return ""

    async def ask() -> str:
        return "answer"

    ended = asyncio.create_task(host.public("key", never))
    await asyncio.sleep(0)
    waiting = asyncio.create_task(host.public("key", ask))
    await asyncio.sleep(0)
    ended.cancel()

    assert "answer" == await waiting
