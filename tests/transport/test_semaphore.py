"""Permits, whoever takes them in whatever order: never more than there are, and nobody waits for ever."""

import asyncio
import gc
from collections.abc import Sequence
from contextvars import ContextVar
from weakref import WeakSet

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.transport.semaphore import PermitPool

URGENCIES = st.sampled_from([0.0, 0.5, 2.0])
# What each asks for: how many permits, how urgently, and whether it gives up meanwhile.
ASKERS = st.lists(st.tuples(st.integers(1, 4), URGENCIES, st.booleans()), min_size=1, max_size=25)


async def served(pool: PermitPool, urgencies: Sequence[float]) -> list[int]:
    """In which order so many are served who came one after another while nothing was free."""
    order = list[int]()

    async def one(number: int, urgency: float) -> None:
        await pool.take(urgency=urgency)
        order.append(number)
        pool.give()

    await pool.take(pool.size)
    tasks = [asyncio.create_task(one(number, urgency)) for number, urgency in enumerate(urgencies)]
    await asyncio.sleep(0)
    pool.give(pool.size)
    await asyncio.gather(*tasks)
    return order


async def test_the_most_urgent_is_served_first() -> None:
    assert [1, 2, 0] == await served(PermitPool(1), [0.0, 2.0, 0.5])


async def test_equals_are_served_in_the_order_they_came() -> None:
    assert [0, 1, 2, 3] == await served(PermitPool(1), [1.0, 1.0, 1.0, 1.0])


async def test_who_gives_up_waiting_is_passed_over() -> None:
    pool = PermitPool(1)
    await pool.take()
    gone, next_one = (asyncio.create_task(pool.take(urgency=urgency)) for urgency in (2.0, 0.0))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait([gone])
    pool.give()
    await asyncio.wait_for(next_one, 1)
    assert (True, 1) == (gone.cancelled(), pool.taken)


async def test_a_permit_given_to_one_who_gives_up_at_that_moment_goes_on_to_the_next() -> None:
    pool = PermitPool(1)
    await pool.take()
    gone, next_one = (asyncio.create_task(pool.take()) for _ in range(2))
    await asyncio.sleep(0)
    pool.give()
    gone.cancel()
    await asyncio.wait([gone])
    await asyncio.wait_for(next_one, 1)
    assert (True, 1) == (gone.cancelled(), pool.taken)


@given(ASKERS, st.integers(4, 6))
def test_never_more_is_taken_than_there_is_and_whoever_waits_is_served(
    askers: list[tuple[int, float, bool]], size: int
) -> None:
    async def main() -> tuple[list[int], set[int], int]:
        pool, held, taken, served = PermitPool(size), 0, list[int](), set[int]()

        async def one(number: int, cost: int, urgency: float) -> None:
            nonlocal held
            await pool.take(cost, urgency)
            held += cost
            taken.append(held)
            try:
                await asyncio.sleep(0)
                served.add(number)
            finally:
                held -= cost
                pool.give(cost)

        tasks = [asyncio.create_task(one(n, cost, urgency)) for n, (cost, urgency, _gives_up) in enumerate(askers)]
        await asyncio.sleep(0)
        for task, (*_rest, gives_up) in zip(tasks, askers, strict=True):
            if gives_up:
                task.cancel()
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
        return taken, served, pool.taken

    taken, served, left = asyncio.run(main())
    assert max(taken, default=0) <= size
    assert {n for n, (*_rest, gives_up) in enumerate(askers) if not gives_up} <= served
    assert left == 0


@pytest.mark.parametrize("others", [1, 3])
async def test_what_other_programs_use_is_not_given_out(others: int) -> None:
    pool = PermitPool(3)
    pool.withhold(others)
    assert others == pool.taken
    await pool.take(3 - others)
    waiting = asyncio.create_task(pool.take())
    await asyncio.sleep(0)
    assert not waiting.done()
    pool.give(others)
    await asyncio.wait_for(waiting, 1)


async def test_the_wait_for_a_permit_is_known_from_those_that_come_back() -> None:
    pool, window = PermitPool(2), 60.0
    assert 0.0 == pool.wait(2, window)
    await pool.take(2)
    assert window == pool.wait(1, window)
    pool.give_later(10.0, 2)
    assert 10 == round(pool.wait(1, window))
    waiting = asyncio.create_task(pool.take(2))
    await asyncio.sleep(0)
    assert 70 == round(pool.wait(1, window))
    waiting.cancel()


async def test_the_wait_is_known_as_well_where_a_later_permit_comes_back_first() -> None:
    pool = PermitPool(2)
    await pool.take(2)
    pool.give_later(20.0, 1)
    pool.give_later(10.0, 1)

    assert (10, 20) == (round(pool.wait(1, 60.0)), round(pool.wait(2, 60.0)))


class Answer:
    """What a request leaves in its context."""


ANSWER: ContextVar[Answer | None] = ContextVar("ANSWER", default=None)


@pytest.mark.slow("makes many requests")
async def test_a_permit_that_comes_back_in_minutes_keeps_nothing_of_its_request() -> None:
    pool, answers = PermitPool(1), WeakSet[Answer]()

    async def ask() -> None:
        answer = Answer()
        answers.add(answer)
        ANSWER.set(answer)
        pool.give_later(600, 1)

    await asyncio.create_task(ask())
    await asyncio.sleep(0)  # the loop lets go of the task
    gc.collect()

    assert [] == list(answers)
