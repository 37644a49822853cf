"""Run coroutines concurrently: return all results, or raise the first error."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


async def gather(calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return the results in the order of ``calls``.

    Raises the error of the first call that fails, after the others were cancelled.
    """
    coroutines = list(calls)
    if len(coroutines) == 1:
        return [await coroutines[0]]
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(call) for call in coroutines]
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
    return [task.result() for task in tasks]


async def gather_all(calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Return the results in the order of ``calls``; each call runs to its end, whatever becomes of the others.

    Raises the error of the first call that failed.
    """
    outcomes = await gather(_outcome(call) for call in calls)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return [outcome for outcome in outcomes if not isinstance(outcome, Exception)]


async def _outcome(call: Coroutine[Any, Any, T]) -> T | Exception:
    try:
        return await call
    except Exception as error:  # noqa: BLE001 - raised again once all are done
        return error
