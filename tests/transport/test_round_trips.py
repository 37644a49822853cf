"""What a rate limit need not wait for once more, on a clock that the test turns."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor import demo as exchange
from auditor.audit.audit_once import take_snapshot
from auditor.demo import Call, Reply
from auditor.model.account import Options
from auditor.spec.endpoint import Limit
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.ccxt.latest_call import ANSWERED_AT
from auditor.transport.rate_limit import RateLimits
from auditor.transport.round_trips import ENOUGH, RoundTrips
from auditor.transport.silence import BAN, SENT_AT
from tests.conftest import configured_account, part_of
from tests.transport.test_rate_limit import Turned

T = TypeVar("T")
Counted = list[tuple[float, int]]
BILLS, OTHER = Limit(1, 1.0, pool="bills"), Limit(100, 1.0, pool="other")


def run(main: Callable[[], Coroutine[object, object, T]]) -> T:
    with asyncio.Runner(loop_factory=Turned) as runner:
        return runner.run(main())


def now() -> float:
    return asyncio.get_running_loop().time()


async def ask(limits: RateLimits, limit: Limit, there: float, back: float) -> tuple[float, int]:
    """Return when a request counted at the exchange, ``there`` seconds after it was sent, and how much."""
    async with limits.permit("asset/bills-history", limit):
        SENT_AT.set(now())
        await asyncio.sleep(there)
        counted = now()
        await asyncio.sleep(back)
        ANSWERED_AT.set(now())
    return counted, limit.cost


async def learn(limits: RateLimits, *trips: float) -> None:
    """Ask other requests that take so long, one after another."""
    for trip in trips:
        await ask(limits, OTHER, trip / 2, trip / 2)


async def gaps(limits: RateLimits, limit: Limit, number: int, trip: float = 0.25) -> list[float]:
    """Return the seconds between so many requests, asked one after another as soon as the limit lets them."""
    counted = [await ask(limits, limit, 0.0, trip) for _request in range(number)]
    return [round(later - earlier, 6) for (earlier, _), (later, _) in pairwise(counted)]


def heaviest_window(counted: Sequence[tuple[float, int]], seconds: float) -> int:
    """Return the most that any window of so many seconds has, but for a billionth that rounding takes."""
    span = seconds - 1e-9
    return max(sum(cost for moment, cost in counted if start <= moment < start + span) for start, _cost in counted)


@dataclass(frozen=True)
class Delays:
    """Seconds of one request beyond the least, until it counts and from then to its answer; and before it is asked."""

    there: float
    back: float
    wait: float
    cost: int


NONE, ANY = st.just(0.0), st.one_of(st.floats(0, 0.05), st.floats(0, 3))
WAITS, COSTS = st.one_of(NONE, ANY), st.integers(1, 3)
REQUESTS = st.lists(
    st.one_of(
        st.builds(Delays, ANY, NONE, WAITS, COSTS),
        st.builds(Delays, NONE, ANY, WAITS, COSTS),
        st.builds(Delays, ANY, ANY, WAITS, COSTS),
    ),
    min_size=2,
    max_size=40,
)
ALLOWED = st.sampled_from([(1, 1.0), (1, 5.0), (3, 1.0), (5, 2.0), (20, 2.0)])
LEAST = st.floats(0, 0.4)


@part_of(100)
@given(REQUESTS, ALLOWED, st.tuples(LEAST, LEAST), st.floats(0, 1), st.booleans())
def test_a_round_trip_that_is_not_waited_for_puts_no_more_into_a_window_whatever_the_delays(
    requests: list[Delays], allowed: tuple[int, float], least: tuple[float, float], calm: float, together: bool
) -> None:
    """The first answers take at most a ninth more than the least, all others whatever they take.

    A request counts when it arrives, when its answer leaves, or between, each at another moment: its delays say so.
    """
    (permits, seconds), (there, back) = allowed, least

    async def one(limits: RateLimits, delays: Delays) -> tuple[float, int]:
        limit = Limit(permits, seconds, pool="bills", cost=min(delays.cost, permits))
        await asyncio.sleep(delays.wait)
        return await ask(limits, limit, there + delays.there, delays.back + back)

    async def main() -> Counted:
        limits = RateLimits()
        await learn(limits, *[(there + back) * (1 + calm / 9)] * ENOUGH)
        if together:
            return await asyncio.gather(*(one(limits, delays) for delays in requests))
        return [await one(limits, delays) for delays in requests]

    counted = run(main)
    assert len(requests) == len(counted)
    assert heaviest_window(counted, seconds) <= permits


def test_the_next_request_is_sent_before_its_window_as_it_counts_only_once_it_is_there() -> None:
    async def main() -> list[float]:
        limits = RateLimits()
        await learn(limits, *[0.25] * ENOUGH)
        return await gaps(limits, BILLS, 4)

    assert [1.026, 1.026, 1.026] == run(main)


def test_nothing_is_relied_on_before_enough_answers_were_as_quick() -> None:
    async def main() -> list[float]:
        limits = RateLimits()
        await learn(limits, *[0.25] * (ENOUGH - 2), 0.1)
        return [*await gaps(limits, BILLS, 3), *await gaps(limits, BILLS, 3, trip=0.1)]

    assert [1.25, 1.25, 1.1, 1.1] == run(main)


def test_an_answer_that_is_quicker_than_all_before_it_counts_at_once() -> None:
    async def main() -> list[float]:
        limits = RateLimits()
        await learn(limits, *[0.25] * ENOUGH)
        first = await gaps(limits, BILLS, 2)
        await learn(limits, *[0.2] * ENOUGH)
        return [*first, *await gaps(limits, BILLS, 2)]

    assert [1.026, 1.071] == run(main)


@pytest.mark.parametrize("status", [429, 418])
def test_after_a_refusal_for_too_many_requests_each_window_begins_when_the_answer_is_there(status: int) -> None:
    async def main() -> list[float]:
        limits = RateLimits()
        await learn(limits, *[0.25] * ENOUGH)
        with suppress(ExchangeError):
            async with limits.permit("another path", OTHER):
                raise ExchangeError(status, "50011", "Too many requests")
        await asyncio.sleep(BAN + 1)
        return await gaps(limits, BILLS, 3)

    assert [1.25, 1.25] == run(main)


def test_a_request_without_an_answer_counts_until_a_window_after_it_was_given_up() -> None:
    async def main() -> float:
        limits = RateLimits()
        await learn(limits, *[0.25] * ENOUGH)
        with suppress(TimeoutError):
            async with limits.permit("asset/bills-history", BILLS):
                SENT_AT.set(now())
                await asyncio.sleep(30)
                raise TimeoutError
        given_up = now()
        counted, _cost = await ask(limits, BILLS, 0.0, 0.25)
        return counted - given_up

    assert 1.0 == run(main)


def test_a_long_window_is_waited_for_whole() -> None:
    async def main() -> list[float]:
        limits = RateLimits()
        await learn(limits, *[0.25] * ENOUGH)
        return await gaps(limits, Limit(1, 60.0), 3)

    assert [60.25, 60.25] == run(main)


@pytest.mark.slow("audits over HTTP")
def test_round_trips_are_timed_over_http_and_a_code_that_says_too_many_ends_their_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trips, refusals = list[float](), list[str]()
    monkeypatch.setattr(RoundTrips, "note", lambda _trips, seconds: trips.append(seconds))
    monkeypatch.setattr(RoundTrips, "refute", lambda _trips: refusals.append("refuted"))
    told, codes = exchange.account("empty"), ["50011", "50011"]

    def fault(call: Call) -> Reply | None:
        is_struck = call.path == "asset/balances" and codes
        return Reply(body={"code": codes.pop(), "msg": "Too Many Requests", "data": []}) if is_struck else None

    with exchange.serve([told], limits=False, latency=0.05, fault=fault) as served:
        asyncio.run(take_snapshot([configured_account(told, served)], Options(pace=0.01)))

    assert (len(served.calls), ["refuted", "refuted"]) == (len(trips), refusals)
    assert min(trips) >= 0.05
