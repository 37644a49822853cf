"""The present time, as the audit sees it: the computer's, or in a replay that of the recording."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime


def _system_time() -> datetime:
    return datetime.now(UTC)


_SOURCE: ContextVar[Callable[[], datetime]] = ContextVar("TIME_SOURCE", default=_system_time)


def now() -> datetime:
    """Return the present time, UTC."""
    return _SOURCE.get()()


@contextmanager
def clock_of(source: Callable[[], datetime]) -> Iterator[None]:
    """Let the time be what ``source`` returns within the block, in tasks that start there too."""
    token = _SOURCE.set(source)
    try:
        yield
    finally:
        _SOURCE.reset(token)


@contextmanager
def frozen_clock(moment: datetime) -> Iterator[None]:
    """Let the time stand still at ``moment`` within the block, in tasks that start there too."""
    with clock_of(lambda: moment):
        yield
