"""Retries: repeat a call a limited number of times while its error is transient."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    stop_after_delay,
    wait_exponential_jitter,
)

from auditor.i18n import _

_LOGGER = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """Which errors to retry, how many attempts to make, and how long to wait before each.

    ``first_wait``, ``longest_wait``: seconds; each wait is twice the previous one. ``jitter``: random seconds added to
    each, at most. ``time_limit``: seconds since the start of the first attempt, after which none is made.
    """

    is_transient: Callable[[BaseException], bool]
    attempts: int
    first_wait: float
    longest_wait: float
    jitter: float = 0.0
    time_limit: float = inf


def request_policy(is_transient: Callable[[BaseException], bool], pace: float) -> RetryPolicy:
    """Return the policy for the requests and lists of a table. ``pace`` multiplies the waits."""
    return RetryPolicy(
        is_transient=is_transient,
        attempts=4,
        first_wait=0.4 * pace,
        longest_wait=8 * pace,
        jitter=0.1 if pace else 0.0,
        time_limit=60.0,
    )


async def retry(call: Callable[[], Awaitable[T]], policy: RetryPolicy) -> T:
    """Return the result of ``call``.

    Raises its last error, or its first one that is not transient.
    """
    start = monotonic()
    try:
        return await call()
    except Exception as error:
        if not policy.is_transient(error):
            raise
        failure = error
    async for attempt in _retrying(policy, monotonic() - start):
        with attempt:
            # The first attempt was made above: it is nearly always the only one and needs no tenacity.
            if attempt.retry_state.attempt_number == 1:
                raise failure
            return await call()
    raise AssertionError  # tenacity either returns or raises


def _retrying(policy: RetryPolicy, elapsed: float) -> AsyncRetrying:
    return AsyncRetrying(
        stop=stop_after_attempt(policy.attempts) | stop_after_delay(policy.time_limit - elapsed),
        wait=wait_exponential_jitter(multiplier=policy.first_wait, max=policy.longest_wait, jitter=policy.jitter),
        retry=retry_if_exception(policy.is_transient),
        sleep=asyncio.sleep,
        before_sleep=_log_failure,
        reraise=True,
    )


def _log_failure(state: RetryCallState) -> None:
    """Log why the call failed, and when it is tried again."""
    error = state.outcome.exception() if state.outcome else None
    reason = getattr(getattr(error, "unread", None), "reason", None) or type(error).__name__
    text = _("Trying again in {seconds} s: {reason}")
    _LOGGER.info(text.format(seconds=f"{state.upcoming_sleep:.1f}", reason=reason))
