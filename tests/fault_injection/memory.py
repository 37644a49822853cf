"""What an exchange answered where nothing was wrong, said again: only the surface under fault is asked over HTTP."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from auditor.spec.surface import Surface
from auditor.transport.ccxt.exact import Answered
from auditor.transport.request import Sending

MILLISECONDS = 13
HOUR = 3_600_000
SELDOM = 200_000


def keep_what_is_loaded() -> None:
    """Let the collector leave alone what every cell needs: thousands of audits follow one another in a process."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.set_threshold(SELDOM)


@dataclass(frozen=True)
class Memory:
    """The answers of one audit, refusals too. ``afresh``: the paths that are asked over HTTP each time."""

    afresh: frozenset[str]
    said: dict[Hashable, object] = field(default_factory=dict)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within the block, whatever was answered once is not asked again."""
        real = Sending._sent

        async def sent(sending: Sending, surface: Surface, params: Mapping[str, str]) -> object:
            if surface.path in self.afresh:
                return await real(sending, surface, params)
            request = _request(sending, surface, params)
            if request not in self.said:
                self.said[request] = await _said(real(sending, surface, params))
            await asyncio.sleep(0)
            return _again(self.said[request])

        with patch.object(Sending, "_sent", sent):
            yield


async def _said(asking: Awaitable[object]) -> object:
    try:
        return await asking
    except Answered as refusal:
        return refusal


def _again(said: object) -> object:
    if isinstance(said, Answered):
        raise Answered(said.status, said.code, said.message)
    return said


def _request(sending: Sending, surface: Surface, params: Mapping[str, str]) -> Hashable:
    """Whose request this is and for what; a moment counts as so many hours ago."""
    asked = tuple(sorted((name, _ago(value)) for name, value in params.items()))
    return sending._ccxt.apiKey, surface.via, surface.method, surface.path, asked


def _ago(value: str) -> str:
    if len(value) == MILLISECONDS and value.isdigit():
        return f"{round((time.time() * 1000 - int(value)) / HOUR)} hours ago"
    return value
