"""The exchange's limits, on a clock that the test turns: no window on the exchange's side sees more than is allowed."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.spec.endpoint import Limit
from auditor.transport.ccxt.latest_call import ANSWERED_AT
from auditor.transport.rate_limit import RateLimits, Share


class Turned(asyncio.SelectorEventLoop):
    """An event loop whose time passes at once: it goes on to whatever is due next."""

    def __init__(self) -> None:
        super().__init__(selectors.SelectSelector())
        self.now = 0.0

    def time(self) -> float:
        return self.now

    def _run_once(self) -> None:
        # The loop would wait in truth from the moment of a timer that was cancelled to the next one.
        due = [timer.when() for timer in self._scheduled if not timer.cancelled()]  # type: ignore[attr-defined]
        if not self._ready and due:  # type: ignore[attr-defined]
            self.now = max(self.now, min(due))
        super()._run_once()  # type: ignore[misc]


def run(main: Callable[[], Coroutine[Any, Any, list[float]]]) -> list[float]:
    with asyncio.Runner(loop_factory=Turned) as runner:
        return runner.run(main())


def most_in_a_window(moments: list[float], seconds: float) -> int:
    return max((sum(start <= moment < start + seconds for moment in moments) for start in moments), default=0)


DELAYS = st.lists(st.tuples(st.floats(0, 3), st.floats(0, 3)), min_size=1, max_size=40)


@settings(max_examples=60)
@given(DELAYS, st.integers(1, 6), st.sampled_from([0.5, 1.0, 2.0, 5.0]))
def test_no_window_at_the_exchange_sees_more_than_the_limit(
    delays: list[tuple[float, float]], requests: int, seconds: float
) -> None:
    """Each request needs its own time to get there, and its answer its own time to come back."""

    async def main() -> list[float]:
        limits, arrived = RateLimits(), list[float]()

        async def ask(there: float, back: float) -> None:
            async with limits.permit("asset/balances", Limit(requests, seconds)):
                await asyncio.sleep(there)
                arrived.append(asyncio.get_running_loop().time())
                await asyncio.sleep(back)

        await asyncio.gather(*(ask(*delay) for delay in delays))
        return arrived

    arrived = run(main)
    assert len(delays) == len(arrived)
    assert most_in_a_window(arrived, seconds) <= requests


def test_a_request_that_fails_counts_against_the_limit_as_well() -> None:
    async def main() -> list[float]:
        limits, arrived = RateLimits(), list[float]()

        async def fail() -> None:
            async with limits.permit("x", Limit(1, 2)):
                arrived.append(asyncio.get_running_loop().time())
                raise ConnectionError

        for _ in range(4):
            with pytest.raises(ConnectionError):
                await fail()
        return arrived

    assert [2.0, 2.0, 2.0] == [later - earlier for earlier, later in pairwise(run(main))]


def test_one_that_gives_up_waiting_takes_no_permit_along() -> None:
    async def main() -> list[float]:
        limits, arrived = RateLimits(), list[float]()

        async def ask() -> None:
            async with limits.permit("x", Limit(1, 10)):
                arrived.append(asyncio.get_running_loop().time())

        await ask()
        waiting = asyncio.create_task(ask())
        await asyncio.sleep(1)
        waiting.cancel()
        await asyncio.wait([waiting])
        await ask()
        return arrived

    assert [0.0, 10.0] == run(main)


def test_the_window_begins_when_the_answer_is_there_not_when_it_has_been_decoded() -> None:
    async def main() -> list[float]:
        limits, sent = RateLimits(), list[float]()
        for _number in range(3):
            async with limits.permit("asset/balances", Limit(1, 1.0)):
                sent.append(asyncio.get_running_loop().time())
                await asyncio.sleep(0.25)
                ANSWERED_AT.set(asyncio.get_running_loop().time())
                await asyncio.sleep(0.5)  # decoding
        return sent

    assert [0.0, 1.25, 2.5] == run(main)


def test_paths_do_not_wait_for_each_other() -> None:
    async def main() -> list[float]:
        limits, arrived = RateLimits(), list[float]()

        async def ask(path: str) -> None:
            async with limits.permit(path, Limit(1, 10)):
                arrived.append(asyncio.get_running_loop().time())

        await asyncio.gather(*(ask(path) for path in "abc"))
        return arrived

    assert [0.0, 0.0, 0.0] == run(main)


@pytest.mark.parametrize(("pace", "expected"), [(0.0, 0.0), (0.5, 1.0), (1.0, 2.0), (3.0, 6.0)])
def test_the_pace_stretches_the_windows_and_nought_leaves_them_out(pace: float, expected: float) -> None:
    async def main() -> list[float]:
        limits, arrived = RateLimits(pace), list[float]()
        for _ in range(2):
            async with limits.permit("x", Limit(1, 2)):
                arrived.append(asyncio.get_running_loop().time())
        return arrived

    assert expected == run(main)[-1]


def test_a_request_that_has_to_wait_says_for_how_long() -> None:
    waits = list[tuple[int | None, int]]()

    def note(limit: Limit | None, seconds: float) -> None:
        waits.append((limit.requests if limit else None, round(seconds)))

    async def main() -> list[float]:
        limits = RateLimits(paused=note)

        async def ask() -> None:
            async with limits.permit("fiat/orders", Limit(2, 60.0)):
                await asyncio.sleep(1)

        for _turn in range(2):
            await asyncio.gather(ask(), ask())
        limits.silence.extend(30.0)
        await ask()
        return []

    run(main)
    assert [(2, 60), (2, 60), (None, 30)] == waits[:3]


def times_of(limits: RateLimits, limit: Limit, number: int) -> list[float]:
    """When each of so many requests at the same time leaves, on a clock that passes at once."""

    async def main() -> list[float]:
        left = list[float]()

        async def ask() -> None:
            async with limits.permit("asset/balances", limit):
                left.append(asyncio.get_running_loop().time())

        await asyncio.gather(*(ask() for _one in range(number)))
        return left

    return run(main)


def test_a_process_that_shares_an_address_keeps_to_its_part_of_the_permits() -> None:
    half = Share(part=Fraction(1, 2))

    assert [0, 0, 2, 2] == times_of(RateLimits(share=half), Limit(5, 2.0), 4)
    assert [0, 2] == times_of(RateLimits(share=half), Limit(1, 2.0), 2)
    assert [0, 0, 2] == times_of(RateLimits(share=half), Limit(4, 2.0, cost=1), 3)


def test_what_another_process_used_a_moment_ago_is_not_used_again() -> None:
    assert [1.5, 1.5, 3.5] == times_of(RateLimits(share=Share(former_at=-0.5)), Limit(2, 2.0), 3)
    assert [0, 0, 2] == times_of(RateLimits(share=Share(former_at=-9.0)), Limit(2, 2.0), 3)
