"""The engine of a fleet: an alarm clock, and nothing more.

It calls ``look`` for a family at least once at the time that it was asked for, perhaps twice, perhaps a little early or
late, on the worker that has the family's egress. Nothing that it loses, repeats or strands makes a false clean: whether
a family is due is decided from the history, and the worker's sweep asks again for what was lost.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

Look = Callable[[str], Awaitable[None]]
"""Looks at a family if it is due. It raises nothing but CancelledError, after which it is to be called again."""


class Engine(Protocol):
    """Rings for families at their times, and calls ``look``."""

    @property
    def lasting(self) -> bool:
        """Whether alarms outlive the worker that asked for them."""

    async def later(self, family: str, delay: timedelta, key: str) -> None:
        """Ring for a family after ``delay``, once for each ``key``. May raise any error: the sweep asks again."""

    async def work(self, egress: str, slots: int, look: Look) -> None:
        """Begin to call ``look`` for the families of an egress, for so many of them at once."""

    async def is_behind(self) -> bool:
        """Return whether alarms whose time has come wait for a slot. May raise any error."""

    async def tidy(self) -> None:
        """Forget what is done, and repair what somebody removed by hand. Called at the start and then every hour."""

    async def close(self) -> None:
        """End. What is still being called is called again by the next worker, if alarms last."""
