"""What all accounts at one address share: its session, its public limits and answers, ccxt's object to copy."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, TypeVar

import aiohttp

from auditor.model.account import Account, Options
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.account import model, of_account
from auditor.transport.connections import connections
from auditor.transport.guard import AllowList, open_session
from auditor.transport.rate_limit import Limits
from auditor.transport.semaphore import Pool

T = TypeVar("T")


class Host:
    """One address for the length of one pass. Never shared by two addresses, and no answer of an account's is kept."""

    def __init__(self, home: str, options: Options, accounts: int = 1, addresses: int = 1) -> None:
        """Prepare to ask at ``home``, one of so many addresses, for so many accounts. Nothing is opened yet."""
        self.home = home
        self._connections = connections(accounts, addresses)
        # Taken before a request is signed: what waits for a connection must neither grow old nor run out of time.
        turns = Pool(self._connections)
        self.limits = Limits(options.pace, turns)
        self._options = options
        self._sessions: dict[AllowList, aiohttp.ClientSession] = {}
        self._models: dict[Hashable, Any] = {}
        self._answers: dict[Hashable, asyncio.Task[Any]] = {}

    def session(self, allow: AllowList) -> aiohttp.ClientSession:
        """The guarded session for this list: connections are kept and shared by all accounts that it serves."""
        if allow not in self._sessions:
            self._sessions[allow] = open_session(allow, self._options.proxy, self._connections)
        return self._sessions[allow]

    def ccxt(self, exchange: Exchange, account: Account, allow: AllowList, services: Mapping[str, str]) -> Any:
        """ccxt's object for ``account``. Only the first of an exchange is built: the others are its copies."""
        key = (exchange.id, account.sandbox, allow)
        if key not in self._models:
            self._models[key] = model(
                exchange, self._options, allow, home=self.home, services=services, sandbox=account.sandbox
            )
        return of_account(self._models[key], account, self.session(allow))

    async def once(self, key: Hashable, ask: Callable[[], Awaitable[T]]) -> T:
        """What ``ask`` gives, asked by the first who wants it; whoever else wants ``key`` gets the same answer."""
        if key not in self._answers:
            self._answers[key] = asyncio.ensure_future(ask())
        # Whoever gives up waiting leaves the answer to the others.
        answer: T = await asyncio.shield(self._answers[key])
        return answer

    async def close(self) -> None:
        """Close the sessions; nothing can be asked afterwards."""
        left = [answer for answer in self._answers.values() if not answer.done()]
        for answer in left:
            answer.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        for session in self._sessions.values():
            await session.close()
