"""Ask again, a bounded number of times, where that may help."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar

from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential_jitter

T = TypeVar("T")
ATTEMPTS = 4
LONGEST_RETRY = 60.0


async def again(call: Callable[[], Awaitable[T]], worth: Callable[[BaseException], bool], pace: float) -> T:
    """What ``call`` gives. Its error, when another try would not be ``worth`` it or all are used up."""
    begun = monotonic()
    try:
        return await call()
    except Exception as error:
        if not worth(error):
            raise
        failure = error
    waits = wait_exponential_jitter(multiplier=0.4 * pace, max=8 * pace, jitter=0.1)
    async for attempt in AsyncRetrying(
        stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(LONGEST_RETRY - (monotonic() - begun)),
        wait=waits if pace else (lambda _state: 0),
        retry=retry_if_exception(worth),
        sleep=asyncio.sleep,
        reraise=True,
    ):
        with attempt:
            # The first try was made above: nearly always it is the only one, and needs none of this.
            if attempt.retry_state.attempt_number == 1:
                raise failure
            return await call()
    raise AssertionError  # tenacity either returns or raises
