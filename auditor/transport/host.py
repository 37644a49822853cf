"""What passes at one address have in common: its limits, connections and public answers, and ccxt's models.

One pass has a host of its own. A worker keeps its hosts for as long as it lives, so that its passes together stay
within the limits that one pass over all their accounts would keep. No private answer and no credential is in a host.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from auditor.model.account import Options
from auditor.model.snapshot import Unread
from auditor.spec.endpoint import Limit
from auditor.transport.connections import connection_limit
from auditor.transport.connector import OpenConnections
from auditor.transport.rate_limit import WHOLE, RateLimits, Share
from auditor.transport.semaphore import PermitPool

T = TypeVar("T")
FRESH = 120.0
"""Seconds for which a public answer serves other passes as well; those of one pass share it to their end."""


@dataclass(frozen=True, slots=True)
class _PublicAnswer:
    result: Any
    asked_at: float


class Host:
    """One address: ``home`` is its origin."""

    def __init__(
        self,
        home: str,
        options: Options,
        accounts: int = 1,
        addresses: int = 1,
        paused: Callable[[Limit | None, float], None] = lambda _limit, _seconds: None,
        *,
        share: Share = WHOLE,
    ) -> None:
        """Prepare for ``home``, one of so many ``addresses``, and so many ``accounts`` at once.

        Nothing is opened yet. ``paused`` and ``share``: see `RateLimits`.
        """
        self.home = home
        most = connection_limit(accounts, addresses)
        self.connections = OpenConnections(most)
        # Taken before a request is signed: its signature must not expire while it waits for a connection.
        self.limits = RateLimits(options.pace, PermitPool(most), paused=paused, share=share)
        self.models: dict[Hashable, Any] = {}
        self._answers: dict[Hashable, _PublicAnswer] = {}
        self._asking: defaultdict[Hashable, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def public(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """Return an answer that was asked for a moment ago, by any pass, or else the result of ``ask``.

        Passes that come meanwhile wait for it. A failure is its own pass's only: the next one asks again.
        """
        async with self._asking[key]:
            self._forget_old()
            if key not in self._answers:
                asked_at = _time()
                result = await ask()
                if isinstance(result, Unread):
                    return result
                self._answers[key] = _PublicAnswer(result, asked_at)
            return cast(T, self._answers[key].result)

    def forget_connections(self) -> None:
        """Forget the connections of sessions that are closed."""
        self.connections.connectors[:] = [one for one in self.connections.connectors if not one.closed]

    def _forget_old(self) -> None:
        old = [key for key, answer in self._answers.items() if _time() - answer.asked_at >= FRESH]
        for key in old:
            del self._answers[key]
        for key in [key for key, lock in self._asking.items() if key not in self._answers and not lock.locked()]:
            del self._asking[key]


class HostPool:
    """The hosts of a worker, by origin, each made when the first account there is read."""

    def __init__(self, options: Options, accounts: int, addresses: int = 1, share: Share = WHOLE) -> None:
        """Prepare for so many ``accounts`` at once, at so many ``addresses``. ``share``: see `RateLimits`."""
        self._options, self._accounts, self._addresses, self._share = options, accounts, addresses, share
        self._hosts: dict[str, Host] = {}

    def shared(self, share: Share, bans: Mapping[str, float]) -> "HostPool":
        """Return hosts of the same kind that use this share of their limits.

        ``bans``: seconds from now, by origin, in which nothing is asked there.
        """
        hosts = HostPool(self._options, self._accounts, self._addresses, share)
        for home, seconds in bans.items():
            hosts.at(home).limits.silence.extend(seconds)
        return hosts

    def bans(self) -> Mapping[str, float]:
        """Return the seconds in which nothing may be asked, by origin, where an exchange has banned the address."""
        left = {home: host.limits.silence.left() for home, host in self._hosts.items()}
        return {home: seconds for home, seconds in left.items() if seconds}

    def at(self, home: str) -> Host:
        """Return the host at an origin."""
        if home not in self._hosts:
            self._hosts[home] = Host(home, self._options, self._accounts, self._addresses, share=self._share)
        return self._hosts[home]


def _time() -> float:
    return asyncio.get_running_loop().time()
