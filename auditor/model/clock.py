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
def frozen_clock(moment: datetime) -> Iterator[None]:
    """Let the time stand still at ``moment`` within the block, in tasks that start there too."""
    token = _SOURCE.set(lambda: moment)
    try:
        yield
    finally:
        _SOURCE.reset(token)
