"""Pauses that an exchange asked for: nothing is sent within one, not even a request that has its connection."""

import asyncio
import logging
from contextvars import ContextVar
from math import ceil
from typing import TYPE_CHECKING

import aiohttp

from auditor.i18n import _

if TYPE_CHECKING:
    from aiohttp.connector import Connection

_LOGGER = logging.getLogger(__name__)
PATIENCE = 60.0
# Seconds of a ban without a Retry-After; Binance's shortest ban (limits page, 2026).
BAN = 120.0


class OnHoldError(Exception):
    """The exchange asked for a pause that is too long to wait for: ``seconds`` more."""

    def __init__(self, seconds: float) -> None:
        """Keep the seconds that are left of the pause."""
        super().__init__(seconds)
        self.seconds = seconds


class Silence:
    """A time until which nothing is sent: to an address, from a pool of permits, or with a key.

    ``pace`` multiplies pauses that are short enough to wait for; a longer one is never shortened.
    """

    def __init__(self, pace: float = 1.0) -> None:
        """Start without a pause."""
        self._pace = pace
        self._until = 0.0

    def extend(self, seconds: float) -> None:
        """Send nothing for ``seconds`` from now."""
        pause = seconds if seconds > PATIENCE else seconds * self._pace
        self._until = max(self._until, _now() + pause)

    def left(self) -> float:
        """Return the seconds that are left of the pause, 0 outside one."""
        return max(0.0, self._until - _now()) if self._until else 0.0

    async def wait(self) -> None:
        """Wait for the end of the pause. Raises OnHoldError for one that is too long to wait for."""
        while (left := self.left()) > 0:
            if left > PATIENCE:
                raise OnHoldError(left)
            _LOGGER.info(_("Waiting {seconds} s: the exchange asked for a pause.").format(seconds=ceil(left)))
            await asyncio.sleep(left)

    def check(self) -> None:
        """Raise OnHoldError within a pause."""
        left = self.left()
        if left > 0:
            raise OnHoldError(left)


# The pauses that this task's next request keeps.
KEPT: ContextVar[tuple[Silence, ...]] = ContextVar("KEPT", default=())
# When this task's latest request was sent, its connection open, in the event loop's time; None before it.
SENT_AT: ContextVar[float | None] = ContextVar("SENT_AT", default=None)


class PatientRequest(aiohttp.ClientRequest):
    """A request that is not sent when a pause began while it waited for its connection."""

    async def send(self, conn: "Connection") -> aiohttp.ClientResponse:
        """Send the request. Raises OnHoldError within a pause; aiohttp then closes the connection."""
        for silence in KEPT.get():
            silence.check()
        SENT_AT.set(_now())
        return await super().send(conn)


def _now() -> float:
    return asyncio.get_running_loop().time()
