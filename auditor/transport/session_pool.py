"""Resources shared by all accounts of one pass at one address: sessions, public limits and answers, ccxt's object."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from functools import partial
from typing import Any, TypeVar

import aiohttp

from auditor.model.account import Account, Options, Pause
from auditor.spec.endpoint import Limit
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.account import ccxt_for_account, ccxt_model
from auditor.transport.guard import AllowList, open_session
from auditor.transport.host import Host

T = TypeVar("T")


class SessionPool:
    """The sessions, limits and public answers of one address, for one pass.

    It keeps no account's private answer.
    """

    def __init__(
        self, home: str, options: Options, accounts: int = 1, addresses: int = 1, host: Host | None = None
    ) -> None:
        """Prepare for ``home``, one of so many ``addresses``, and so many ``accounts``.

        Nothing is opened yet. ``host``: what other passes there use as well, by default one of this pass's own.
        """
        self.home = home
        self._options = options
        self._host = host or Host(home, options, accounts, addresses, partial(self.report_pause, None))
        self.limits = self._host.limits
        self._sessions: list[aiohttp.ClientSession] = []
        self._answers: dict[Hashable, asyncio.Task[Any]] = {}

    def session(self, allow: AllowList) -> aiohttp.ClientSession:
        """Open a guarded session with this allow-list, for one account: it shares no connection with another's."""
        session = self._open(allow)
        self._sessions.append(session)
        return session

    def _open(self, allow: AllowList) -> aiohttp.ClientSession:
        if self._options.open_session is not None:
            replaced: aiohttp.ClientSession = self._options.open_session(allow)
            return replaced
        return open_session(allow, self._options.proxy, connections=self._host.connections)

    def ccxt(self, exchange: Exchange, account: Account, allow: AllowList, services: Mapping[str, str]) -> Any:
        """Return ccxt's object for ``account``: a copy of the first one built for the exchange."""
        key, models = (exchange.id, account.sandbox, allow), self._host.models
        if key not in models:
            models[key] = ccxt_model(
                exchange, self._options, allow, home=self.home, services=services, sandbox=account.sandbox
            )
        return ccxt_for_account(models[key], account, self.session(allow))

    def report_pause(self, exchange: str | None, limit: Limit | None, seconds: float) -> None:
        """Report that a request to ``exchange`` waits for a limit, or for the end of a silence (None)."""
        requests, window = (None, None) if limit is None else (limit.requests, limit.seconds)
        self._options.progress(Pause(exchange=exchange, seconds=seconds, requests=requests, window=window))

    async def once(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """Return the result of ``ask``, called once for ``key``; later callers get the same result."""
        if key not in self._answers:
            self._answers[key] = asyncio.ensure_future(self._host.public(key, ask))
        # A caller that is cancelled must not cancel the answer for the others.
        answer: T = await asyncio.shield(self._answers[key])
        return answer

    async def close(self) -> None:
        """Close the sessions; no request can be sent afterwards."""
        pending = [answer for answer in self._answers.values() if not answer.done()]
        for answer in pending:
            answer.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
        for session in self._sessions:
            await session.close()
        self._host.forget_connections()
