"""What an exchange answered, said again: only what a test is about is asked over HTTP each time."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from auditor.spec.client import Result
from auditor.spec.endpoint import Endpoint
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.client import TableClient
from auditor.transport.request import RequestSender
from tests.remembered_readings import ASKED, Asked, wrapped

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
    """The answers that accounts of one kind get where they hold nothing, refusals too."""

    answers: dict[Hashable, object] = field(default_factory=dict)
    results: dict[Hashable, Result] = field(default_factory=dict)

    @contextmanager
    def kept(self, afresh: Collection[str]) -> Iterator[None]:
        """Within the block, whatever was answered once is not asked again, but for the paths ``afresh``."""
        real = RequestSender._sent

        async def sent(sending: RequestSender, endpoint: Endpoint, params: Mapping[str, str]) -> object:
            if endpoint.path in afresh:
                return await real(sending, endpoint, params)
            request = _request(sending, endpoint, params)
            if request not in self.answers:
                self.answers[request] = await _answered(real(sending, endpoint, params))
            await asyncio.sleep(0)
            (ASKED.get() or Asked()).note(None, None)
            return _again(self.answers[request])

        with wrapped(RequestSender, "_sent", sent):
            yield

    @contextmanager
    def read(self, afresh: Collection[str]) -> Iterator[None]:
        """Within the block, a place that was read once is not read again either, but for the paths ``afresh``."""
        real: Callable[..., Awaitable[Result]] = TableClient._read

        async def result(client: TableClient, surface: Surface, scope: Scope, setup: Any, now: Any) -> Result:
            if surface.endpoint is None or surface.endpoint.path in afresh:
                return await real(client, surface, scope, setup, now)
            reading = client._ccxt.apiKey, surface.id, repr((scope, setup))
            if reading not in self.results:
                self.results[reading] = await real(client, surface, scope, setup, now)
            return self.results[reading]

        with self.kept(afresh), wrapped(TableClient, "_read", result):
            yield


async def _answered(asking: Awaitable[object]) -> object:
    try:
        return await asking
    except ExchangeError as refusal:
        return refusal


def _again(answer: object) -> object:
    if isinstance(answer, ExchangeError):
        raise ExchangeError(answer.status, answer.code, answer.message)
    return answer


def _request(sending: RequestSender, endpoint: Endpoint, params: Mapping[str, str]) -> Hashable:
    """Whose request this is and for what; a moment counts as so many hours ago."""
    asked = tuple(sorted((name, _ago(value)) for name, value in params.items()))
    return sending._ccxt.apiKey, endpoint.ccxt_section, endpoint.method, endpoint.path, asked


def _ago(value: str) -> str:
    if len(value) == MILLISECONDS and value.isdigit():
        return f"{round((time.time() * 1000 - int(value)) / HOUR)} hours ago"
    return value
