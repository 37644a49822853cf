"""One account's line to its exchange: a question of the table in, decoded rows or a stated trouble out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import aiohttp
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential_jitter

from auditor.accounts import Account, Options
from auditor.i18n import _
from auditor.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.wire.fields import Malformed, Row
from auditor.wire.guard import AllowList, guarded, open_session
from auditor.wire.limits import Limits
from auditor.wire.loading import exchange_class, network_errors
from auditor.wire.paging import PageLost, identity, read_all
from auditor.wire.surface import Context, Exchange, Fact, Identity, Outage, Scope, Surface
from auditor.wire.together import together
from auditor.wire.transport import Answered, BadBody, exact

ATTEMPTS = 4
LONGEST_RETRY = 60.0
SERVER_TROUBLE = 500
TOO_MANY = 429
CLOCK_CODES = frozenset({"50102"})
Result = Read | Unread | NotApplicable


@dataclass(frozen=True, slots=True)
class Failed(Exception):  # noqa: N818 - it is what the asking did
    """Asking came to nothing: the trouble, in words, and whether trying again may help."""

    unread: Unread
    retry: bool


class Client:
    """Asks one account's exchange, inside its limits, with bounded retries, through the guarded session only."""

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        options: Options,
        *,
        home: str,
        origins: tuple[str, ...],
        public: Limits,
    ) -> None:
        """Prepare to ask at ``home``, one of ``origins``; ``public``: the limits that all of one address share."""
        self.exchange = exchange
        self.skew: float | None = None
        self._options = options
        self._sandbox = account.sandbox
        self._limits = {"public": public}
        self._private = Limits(options.pace)
        allow = AllowList.of(exchange, origins)
        self._session = open_session(allow, options.proxy)
        kind = guarded(exact(exchange_class(exchange.id), exchange), allow)
        self._ccxt = kind(_ccxt_config(account, self._session, options))
        if account.sandbox:
            self._ccxt.set_sandbox_mode(True)
        self._ccxt.urls["api"] = _at(self._ccxt.urls["api"], home)

    async def close(self) -> None:
        """Close the session; nothing can be asked afterwards."""
        self._ccxt.session = None
        await self._session.close()

    async def read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        """Read one surface to its end. Whatever is not exactly understood comes back as Unread."""
        context = Context(mode, now, scope, self._ccxt.parse_market)
        try:
            found = await self._again(lambda: self._rows(surface, scope, now), _settles)
            read = [record for raw in found for record in surface.read(Row(raw, surface.proves, mode), context)]
        except Failed as failed:
            return self._absent(surface, failed.unread) or failed.unread
        except (Malformed, PageLost) as error:
            trouble = Trouble.PAGES if isinstance(error, PageLost) else Trouble.MALFORMED
            return Unread(reason=_("The answer was not understood: {error}.").format(error=error), trouble=trouble)
        return Read(records=tuple(read), rows=len(found), at=datetime.now(UTC))

    async def identify(self) -> Identity | Unread:
        """Who the key belongs to and what it may do: the first private question of every pass."""
        surface = self.exchange.identity
        try:
            (raw,) = surface.rows(await self.ask(surface, {}))
            return self.exchange.identify(Row(raw, surface.proves))
        except Failed as failed:
            return failed.unread
        except Malformed as error:
            return Unread(reason=_("The answer was not understood: {e}.").format(e=error), trouble=Trouble.MALFORMED)

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """What the exchange has under maintenance."""
        surface = self.exchange.status
        try:
            found = [Row(raw, surface.proves) for raw in surface.rows(await self.ask(surface, {}))]
            return tuple(outage for row in found if (outage := self.exchange.outages(row, now)))
        except Failed as failed:
            return failed.unread
        except Malformed as error:
            return Unread(reason=_("The answer was not understood: {e}.").format(e=error), trouble=Trouble.MALFORMED)

    async def _rows(self, surface: Surface, scope: Scope, now: datetime) -> list[object]:
        async def fetch(params: Mapping[str, str]) -> list[object]:
            return surface.rows(await self.ask(surface, {**params, **scope.params}))

        lists = await together(read_all(fetch, query, surface.paging, now) for query in surface.queries)
        # A row may stand in several lists (by its state, and unfiltered); it is one row.
        return list({identity(row): row for rows in lists for row in rows}.values())

    async def ask(self, surface: Surface, params: Mapping[str, str]) -> object:
        """The data of one answer. Raises Failed with the trouble, when the retries are used up or none would help."""
        return await self._again(lambda: self._ask_once(surface, params), _may_help)

    async def _ask_once(self, surface: Surface, params: Mapping[str, str]) -> object:
        name = surface.path + (params.get(surface.limit_by, "") if surface.limit_by else "")
        limits = self._limits.get(surface.section, self._private)
        try:
            async with limits.permit(name, surface.limit):
                body = await self._ccxt.fetch2(surface.path, [surface.section], surface.method, dict(params))
            return self.exchange.unwrap(body)
        except Answered as answer:
            if answer.code in CLOCK_CODES and self.skew is None:
                await self._set_clock()
                raise Failed(self._told(answer, surface), retry=True) from answer
            raise Failed(self._told(answer, surface), self._fact(answer).retry) from answer
        except BadBody as error:
            unread = Unread(reason=_("The answer was not understood: {e}.").format(e=error), trouble=Trouble.MALFORMED)
            raise Failed(unread, retry=True) from error
        except network_errors() as error:
            raise Failed(_unreachable(error), retry=True) from error

    async def _set_clock(self) -> None:
        """Take the exchange's time, once: the signature must carry it."""
        self.skew = 0.0
        row = Row(self._only(await self._ask_once(self.exchange.clock, {})), self.exchange.clock.proves)
        server = row.time(self.exchange.clock.proves[0].name)
        if server is not None:
            self.skew = (server - datetime.now(UTC)).total_seconds()
            self._ccxt.options["timeDifference"] = -round(self.skew * 1000)

    def _only(self, data: object) -> object:
        return self.exchange.clock.rows(data)[0]

    def _fact(self, answer: Answered) -> Fact:
        known = self.exchange.errors.get(answer.code or "")
        if known is not None:
            return known
        if answer.status >= SERVER_TROUBLE or answer.status == TOO_MANY:
            return Fact(Trouble.NETWORK, _("The exchange has trouble of its own; try again later."), retry=True)
        return Fact(_CCXT_TROUBLES.get(self._ccxt_family(answer.code), Trouble.EXCHANGE), "")

    def _ccxt_family(self, code: str | None) -> str:
        found = self._ccxt.exceptions.get("exact", {}).get(code or "")
        return getattr(found, "__name__", "")

    def _told(self, answer: Answered, surface: Surface) -> Unread:
        fact = self._fact(answer)
        said = _("The exchange said: {message} (HTTP {status}).").format(message=answer.message, status=answer.status)
        return Unread(
            reason=f"{said} {fact.advice}".strip(),
            trouble=fact.trouble,
            code=answer.code,
            right=surface.right if fact.trouble is Trouble.PERMISSION else None,
        )

    def _absent(self, surface: Surface, unread: Unread) -> NotApplicable | None:
        sandbox = self.exchange.sandbox_codes if self._sandbox else {}
        said = {**sandbox, **surface.absent}.get(unread.code or "")
        return NotApplicable(reason=said, source=surface.source, code=unread.code) if said else None

    async def _again(self, call: Callable[[], Awaitable[Any]], worth: Callable[[BaseException], bool]) -> Any:
        waits = wait_exponential_jitter(initial=0.4 * self._options.pace, max=8 * self._options.pace, jitter=0.1)
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(LONGEST_RETRY),
            wait=waits if self._options.pace else (lambda _state: 0),
            retry=retry_if_exception(worth),
            sleep=asyncio.sleep,
            reraise=True,
        ):
            with attempt:
                return await call()
        raise AssertionError  # tenacity either returns or raises


def _may_help(error: BaseException) -> bool:
    return isinstance(error, Failed) and error.retry


def _settles(error: BaseException) -> bool:
    """A list that moved while it was read may hold still the next time."""
    return isinstance(error, PageLost)


def _unreachable(error: BaseException) -> Unread:
    slow = type(error).__name__ == "RequestTimeout"
    reason = _("No answer in time.") if slow else _("No connection to the exchange, or it broke off.")
    return Unread(reason=reason, trouble=Trouble.NETWORK)


_CCXT_TROUBLES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
    "PermissionDenied": Trouble.PERMISSION,
    "AccountSuspended": Trouble.RESTRICTED,
    "RestrictedLocation": Trouble.REGION,
    "OnMaintenance": Trouble.MAINTENANCE,
    "RateLimitExceeded": Trouble.LIMITED,
}


def _ccxt_config(account: Account, session: aiohttp.ClientSession, options: Options) -> dict[str, Any]:
    return {
        **{name: secret.reveal() for name, secret in account.credentials.items()},
        "session": session,
        "number": Decimal,
        "timeout": int(options.request_timeout * 1000),
        "enableRateLimit": False,
        "verbose": False,
        "aiohttp_trust_env": False,
    }


def _at(urls: object, origin: str) -> object:
    """ccxt's base addresses, all at ``origin``."""
    if isinstance(urls, dict):
        return {name: _at(url, origin) for name, url in urls.items()}
    return origin
