"""What an exchange answered where nothing was wrong, said again: only the surface under fault is asked over HTTP."""

import asyncio
import gc
import time
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from unittest.mock import patch

import aiohttp
from yarl import URL

SIGNED = frozenset({"timestamp", "signature"})
KEY_HEADERS = ("OK-ACCESS-KEY", "X-MBX-APIKEY")
MILLISECONDS = 13
HOUR = 3_600_000
SELDOM = 200_000


def keep_what_is_loaded() -> None:
    """Let the collector leave alone what every cell needs: thousands of audits follow one another in a process."""
    gc.freeze()
    gc.set_threshold(SELDOM)


@dataclass(frozen=True)
class Said:
    """An answer as ccxt takes it from aiohttp."""

    status: int
    reason: str | None
    headers: Mapping[str, str]
    body: str

    async def text(self, **_how: Any) -> str:
        return self.body

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        """There is no connection to give back."""


@dataclass(frozen=True)
class Memory:
    """The answers of one audit. ``afresh``: the ends of the paths that are asked over HTTP each time."""

    afresh: tuple[str, ...]
    said: dict[Hashable, Said] = field(default_factory=dict)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Within the block, whatever was answered once is not asked again."""
        real = aiohttp.ClientSession._request

        async def asked(session: aiohttp.ClientSession, method: str, url: URL, **options: Any) -> Any:
            if url.raw_path.endswith(self.afresh):
                return await real(session, method, url, **options)
            request = _request(method, url, options)
            if request not in self.said:
                self.said[request] = await _said(await real(session, method, url, **options))
            await asyncio.sleep(0)
            return self.said[request]

        with patch.object(aiohttp.ClientSession, "_request", asked):
            yield


async def _said(response: aiohttp.ClientResponse) -> Said:
    async with response:
        return Said(response.status, response.reason, response.headers, await response.text())


def _request(method: str, url: URL, options: Mapping[str, Any]) -> Hashable:
    """Whose request this is and for what; a moment counts as so many hours ago."""
    headers, body = options.get("headers") or {}, URL.build(query_string=_text(options.get("data")))
    asked = sorted((name, _ago(value)) for query in (url.query, body.query) for name, value in query.items())
    whose = tuple(headers.get(name) for name in KEY_HEADERS)
    return method, url.raw_path, whose, tuple(pair for pair in asked if pair[0] not in SIGNED)


def _text(data: object) -> str:
    return data.decode() if isinstance(data, bytes) else str(data or "")


def _ago(value: str) -> str:
    if len(value) == MILLISECONDS and value.isdigit():
        return f"{round((time.time() * 1000 - int(value)) / HOUR)} hours ago"
    return value
