"""Retries: how many attempts each caller makes, how long it waits between them, and what is not tried again."""

import asyncio
import random
from types import SimpleNamespace

import pytest

from auditor.exchanges.unified.client import retry_policy as unified_policy
from auditor.i18n import verbatim
from auditor.model.snapshot import Trouble, Unread
from auditor.transport import retry as module
from auditor.transport.errors import RequestFailedError
from auditor.transport.guard import NotAllowedError
from auditor.transport.retry import RetryPolicy, request_policy, retry
from auditor.watch.notify.channels import NotSentError, webhook


class PassingError(Exception):
    pass


def is_passing(error: BaseException) -> bool:
    return isinstance(error, PassingError)


def policy(**changes: float) -> RetryPolicy:
    values = {"attempts": 4, "first_wait": 1.0, "longest_wait": 3.0, **changes}
    return RetryPolicy(is_transient=is_passing, **values)  # type: ignore[arg-type]


class Calls:
    """A call that ends with these errors, one after the other, and then with an answer."""

    def __init__(self, *errors: BaseException) -> None:
        self.count = 0
        self._errors = iter(errors)

    async def __call__(self) -> str:
        self.count += 1
        for error in self._errors:
            raise error
        return f"answer {self.count}"


class Clock:
    """Time that passes only in waits, each noted in ``waits``."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waits: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.waits.append(round(seconds, 6))
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of all retries; what is added at random is as much as can be."""
    shown = Clock()
    monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=shown.sleep))
    monkeypatch.setattr(module, "monotonic", lambda: shown.now)
    monkeypatch.setattr("tenacity.time", SimpleNamespace(monotonic=lambda: shown.now))
    monkeypatch.setattr(random, "uniform", lambda _low, high: high)
    return shown


async def test_a_call_that_succeeds_is_made_once(clock: Clock) -> None:
    calls = Calls()

    assert ("answer 1", 1, []) == (await retry(calls, policy()), calls.count, clock.waits)


async def test_a_transient_error_is_tried_again_and_the_answer_returned(clock: Clock) -> None:
    calls = Calls(PassingError(), PassingError())

    assert ("answer 3", [1.0, 2.0]) == (await retry(calls, policy()), clock.waits)


async def test_after_the_last_attempt_the_last_error_is_raised(clock: Clock) -> None:
    calls = Calls(*(PassingError(number) for number in range(9)))

    with pytest.raises(PassingError, match="3"):
        await retry(calls, policy())

    assert (4, [1.0, 2.0, 3.0]) == (calls.count, clock.waits)


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("kind", [ValueError, NotAllowedError, asyncio.CancelledError])
async def test_an_error_that_is_not_transient_is_raised_at_once(
    clock: Clock, before: int, kind: type[BaseException]
) -> None:
    calls = Calls(*[PassingError()] * before, kind("x"))

    with pytest.raises(kind):
        await retry(calls, policy())

    assert before + 1 == calls.count


async def test_no_attempt_begins_after_the_time_limit_and_the_first_attempt_counts(clock: Clock) -> None:
    class Slow(Calls):
        async def __call__(self) -> str:
            clock.now += 9
            return await super().__call__()

    calls = Slow(*[PassingError()] * 9)

    with pytest.raises(PassingError):
        await retry(calls, policy(time_limit=15))

    assert 2 == calls.count


async def test_jitter_is_added_to_each_wait(clock: Clock) -> None:
    with pytest.raises(PassingError):
        await retry(Calls(*[PassingError()] * 9), policy(jitter=0.5))

    assert [1.5, 2.5, 3.0] == clock.waits


@pytest.mark.parametrize(("pace", "waits"), [(1.0, [0.5, 0.9, 1.7]), (10.0, [4.1, 8.1, 16.1]), (0.0, [0.0, 0.0, 0.0])])
async def test_a_request_of_a_table_is_tried_four_times_within_a_minute(
    clock: Clock, pace: float, waits: list[float]
) -> None:
    calls = Calls(*[PassingError()] * 9)

    with pytest.raises(PassingError):
        await retry(calls, request_policy(is_passing, pace))

    assert (4, waits) == (calls.count, clock.waits)
    assert 60.0 == request_policy(is_passing, pace).time_limit


@pytest.mark.parametrize(("pace", "waits"), [(1.0, [0.6, 1.1, 2.1]), (0.0, [0.0, 0.0, 0.0])])
async def test_a_unified_method_is_tried_four_times(clock: Clock, pace: float, waits: list[float]) -> None:
    unread = Unread(reason=verbatim("x"), trouble=Trouble.NETWORK)
    calls = Calls(*[RequestFailedError(unread, retry=True)] * 9)

    with pytest.raises(RequestFailedError):
        await retry(calls, unified_policy(pace))

    assert (4, waits) == (calls.count, clock.waits)


async def test_a_unified_method_whose_trouble_no_attempt_can_mend_is_tried_once(clock: Clock) -> None:
    calls = Calls(RequestFailedError(Unread(reason=verbatim("x"), trouble=Trouble.PERMISSION), retry=False))

    with pytest.raises(RequestFailedError):
        await retry(calls, unified_policy(1.0))

    assert 1 == calls.count


async def test_a_webhook_is_tried_three_times(clock: Clock) -> None:
    calls = Calls(*[NotSentError("x")] * 9)

    with pytest.raises(NotSentError):
        await retry(calls, webhook("https://example.com/hook")._retries())

    assert (3, [1.0, 2.0]) == (calls.count, clock.waits)
