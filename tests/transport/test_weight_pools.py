"""Limits by weight: pools that several requests share, what the exchange says is used, and its wish for silence."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import pytest

from auditor.spec.endpoint import Limit
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS
from auditor.transport.rate_limit import OnHoldError, RateLimits
from tests.transport.test_rate_limit import Turned

POOL = Limit(100, 60, pool="ip", cost=60, shared=True, header="X-Used")
LIGHT = Limit(100, 60, pool="ip", cost=30, shared=True, header="X-Used")


def run(main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run on a clock that goes on at once to whatever is due next."""
    with asyncio.Runner(loop_factory=Turned) as runner:
        return runner.run(main())


def now() -> float:
    return asyncio.get_running_loop().time()


async def ask(limits: RateLimits, limit: Limit, name: str = "a", **headers: str) -> float:
    async with limits.permit(name, limit):
        at = now()
        ANSWER_HEADERS.set(headers)
    return at


def test_requests_of_one_pool_share_its_weight() -> None:
    async def main() -> list[float]:
        limits = RateLimits()
        return [await ask(limits, limit, name) for limit, name in ((POOL, "a"), (LIGHT, "b"), (LIGHT, "c"))]

    assert [0, 0, 60] == run(main)


def test_what_waits_for_much_is_not_overtaken_by_what_needs_little() -> None:
    async def main() -> list[str]:
        limits, served = RateLimits(), []

        async def one(limit: Limit, name: str) -> None:
            await ask(limits, limit, name)
            served.append(name)

        await asyncio.gather(one(POOL, "first"), one(POOL, "heavy"), one(LIGHT, "light"))
        return served

    assert ["first", "heavy", "light"] == run(main)


def test_what_weighs_more_than_the_whole_limit_is_asked_all_the_same() -> None:
    assert run(lambda: ask(RateLimits(), Limit(10, 60, pool="ip", cost=400))) == 0


def test_one_that_gives_up_waiting_leaves_its_weight_to_others() -> None:
    async def main() -> float:
        limits = RateLimits()
        await ask(limits, POOL)
        waiting = asyncio.create_task(ask(limits, POOL))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return await ask(limits, LIGHT)

    assert run(main) == 0


@pytest.mark.parametrize(("used", "expected"), [("60", 0), ("71", 60), ("100", 60), ("nonsense", 0), ("-5", 0)])
def test_what_other_programs_use_is_left_to_them(used: str, expected: float) -> None:
    async def main() -> float:
        limits = RateLimits()
        await ask(limits, POOL, **{"x-used": used})
        return await ask(limits, LIGHT)

    assert expected == run(main)


async def refused(limits: RateLimits, status: int, **headers: str) -> None:
    with suppress(ExchangeError):
        async with limits.permit("a", LIGHT):
            ANSWER_HEADERS.set(headers)
            raise ExchangeError(status, "-1003", "too many")


@pytest.mark.parametrize("status", [429, 418])
def test_a_short_silence_is_kept(status: int) -> None:
    async def main() -> float:
        limits = RateLimits()
        await refused(limits, status, **{"retry-after": "25"})
        return await ask(limits, LIGHT, "another path of the same pool")

    assert run(main) == 25


@pytest.mark.parametrize("pace", [0, 1.0])
def test_a_long_silence_is_said_and_not_waited_for(pace: float) -> None:
    async def main() -> float:
        limits = RateLimits(pace)
        await refused(limits, 418, **{"retry-after": "7200"})
        with pytest.raises(OnHoldError) as hold:
            await ask(limits, LIGHT)
        return hold.value.seconds

    assert run(main) == pytest.approx(7200, abs=1)


@pytest.mark.parametrize("status", [400, 403, 500])
def test_other_refusals_ask_for_no_silence(status: int) -> None:
    async def main() -> float:
        limits = RateLimits()
        await refused(limits, status, **{"retry-after": "25"})
        return await ask(limits, LIGHT)

    assert run(main) == 0


def test_another_pool_does_not_keep_silent() -> None:
    async def main() -> float:
        limits = RateLimits()
        await refused(limits, 429, **{"retry-after": "25"})
        return await ask(limits, Limit(10, 60, pool="other"))

    assert run(main) == 0
