"""One account's line to its exchange: a question of the table in, decoded rows or a stated trouble out."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from time import monotonic
from types import MappingProxyType
from typing import Any

from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError
from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_exponential_jitter

from auditor.accounts import Account, Options
from auditor.i18n import _, sentences
from auditor.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.wire import who
from auditor.wire.fields import Malformed, Row
from auditor.wire.guard import AllowList
from auditor.wire.host import Host
from auditor.wire.limits import Limits, OnHold
from auditor.wire.lists import Ask, read_list
from auditor.wire.loading import network_errors
from auditor.wire.paging import PageLost, identity
from auditor.wire.surface import Context, Exchange, Fact, Identity, Outage, Query, Scope, Surface
from auditor.wire.together import together
from auditor.wire.transport import Answered, BadBody

ATTEMPTS = 4
LONGEST_RETRY = 60.0
# No exchange takes a signature that is older, so that no clock it takes is further behind.
AHEAD = timedelta(minutes=1)
SERVER_TROUBLE = 500
TOO_MANY, BANNED = 429, 418
CLOCK_CODES = frozenset({"50102"})
PROXY = (ProxyConnectionError, ProxyError, ProxyTimeoutError)
UNREACHABLE = (*PROXY, LookupError)  # LookupError: the answer names an encoding that there is not
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
        host: Host,
        origins: tuple[str, ...],
        services: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Prepare to ask at ``host``, one of ``origins``, and ``services`` at their own."""
        self.exchange = exchange
        self.skew: float | None = None
        self._options = options
        self._sandbox = account.sandbox
        self._host = host
        self._private = Limits(options.pace)
        allow = AllowList.of(exchange, origins, services)
        self._session = host.session(allow)
        self._ccxt = host.ccxt(exchange, account, allow, services)

    async def close(self) -> None:
        """Leave the session, which the host closes; nothing can be asked afterwards."""
        self._ccxt.session = None

    async def read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        """Read one surface to its end. Whatever is not exactly understood comes back as Unread."""
        if surface.section != "public":
            return await self._read(surface, scope, mode, now)
        # What everybody gets to see is asked once for all accounts at this address.
        key = (self.exchange.id, surface.id, *sorted(scope.params.items()))
        return await self._host.once(key, lambda: self._read(surface, scope, mode, now))

    async def _read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        context = Context(mode, now, scope, self._market)
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
        asker = who.Asker(self.ask, self._refusal)
        try:
            return await who.identify(self.exchange, asker, readonly=self._options.readonly)
        except Failed as failed:
            return who.at_the_door(self.exchange, failed.unread)
        except Malformed as error:
            return Unread(reason=_("The answer was not understood: {e}.").format(e=error), trouble=Trouble.MALFORMED)

    async def _refusal(self, surface: Surface) -> Unread | None:
        try:
            await self.ask(surface, surface.queries[0].params)
        except Failed as failed:
            return failed.unread
        return None

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """What the exchange has under maintenance."""
        if self.exchange.status.section != "public":
            return await self._outages(now)
        return await self._host.once((self.exchange.id, self.exchange.status.id), lambda: self._outages(now))

    async def _outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        surface = self.exchange.status
        try:
            found = [Row(raw, surface.proves) for raw in surface.rows(await self.ask(surface, {}))]
            return tuple(outage for row in found if (outage := self.exchange.outages(row, now)))
        except Failed as failed:
            return failed.unread
        except Malformed as error:
            return Unread(reason=_("The answer was not understood: {e}.").format(e=error), trouble=Trouble.MALFORMED)

    def _market(self, row: Mapping[str, object]) -> Mapping[str, Any] | None:
        """A market as ccxt reads it. Raises Malformed for a row that ccxt cannot read."""
        try:
            found: Mapping[str, Any] | None = self._ccxt.parse_market(row)
        except Exception as error:
            raise Malformed(_("ccxt cannot read a market")) from error
        return found

    async def _rows(self, surface: Surface, scope: Scope, now: datetime) -> list[object]:
        answered: list[object] = []

        async def ask(params: Mapping[str, str]) -> object:
            data = await self.ask(surface, {**params, **scope.params})
            answered.append(params)
            return data

        async def one(query: Query) -> list[object] | Failed:
            try:
                return await self._list(ask, surface, query, now)
            except Failed as failed:
                if self._absent(surface, failed.unread) is None:
                    raise
                return failed

        # The list of everything may have many pages: it is asked first, and told last.
        *by_state, everything = surface.queries
        first, *others = await together(one(query) for query in (everything, *by_state))
        lists = [*others, first]
        for failed in lists:
            if isinstance(failed, Failed):
                raise Malformed(_("some of its lists are said not to exist")) if answered else failed
        # A row may stand in several lists (by its state, and unfiltered); it is one row.
        return list({identity(row): row for rows in lists if isinstance(rows, list) for row in rows}.values())

    async def _list(self, ask: Ask, surface: Surface, query: Query, now: datetime) -> list[object]:
        """Read one list. Stretches of time end by the exchange's clock, and a little later: ours may be slow."""
        if surface.windows is None:
            return await read_list(ask, surface, query, now)
        skew = self.skew
        rows = await read_list(ask, surface, query, datetime.now(UTC) + timedelta(seconds=skew or 0) + AHEAD)
        if skew != self.skew:
            raise PageLost(_("this computer's clock was found to be wrong meanwhile"))
        return rows

    async def ask(self, surface: Surface, params: Mapping[str, str]) -> object:
        """The data of one answer. Raises Failed with the trouble, when the retries are used up or none would help."""
        return await self._again(lambda: self._ask_once(surface, params), _may_help)

    async def _ask_once(self, surface: Surface, params: Mapping[str, str]) -> object:
        name = surface.path + (params.get(surface.limit_by, "") if surface.limit_by else "")
        limits = self._host.limits if surface.limit.shared or surface.section == "public" else self._private
        try:
            async with limits.permit(name, surface.limit), self._host.turns, limits.listening(name, surface.limit):
                body = await self._ccxt.fetch2(surface.path, [surface.via], surface.method, dict(params))
            return self.exchange.unwrap(body)
        except OnHold as hold:
            raise Failed(_on_hold(hold), retry=False) from hold
        except Answered as answer:
            if answer.code in (self.exchange.clock_codes or CLOCK_CODES) and self.skew is None:
                await self._set_clock()
                raise Failed(self._told(answer, surface), retry=True) from answer
            raise Failed(self._told(answer, surface), self._fact(answer).retry) from answer
        except BadBody as error:
            unread = Unread(reason=_("The answer was not understood: {e}.").format(e=error), trouble=Trouble.MALFORMED)
            raise Failed(unread, retry=True) from error
        except (network_errors(), *UNREACHABLE) as error:
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
        if answer.status == BANNED:
            return Fact(Trouble.LIMITED, _("The exchange wants no more questions from here; audit again later."))
        if answer.status >= SERVER_TROUBLE or answer.status == TOO_MANY:
            return Fact(Trouble.NETWORK, _("The exchange has trouble of its own; try again later."), retry=True)
        return Fact(_CCXT_TROUBLES.get(self._ccxt_family(answer.code), Trouble.EXCHANGE), "")

    def _ccxt_family(self, code: str | None) -> str:
        found = self._ccxt.exceptions.get("exact", {}).get(code or "")
        return getattr(found, "__name__", "")

    def _told(self, answer: Answered, surface: Surface) -> Unread:
        fact = self._fact(answer)
        told = answer.code is not None and bool(answer.message.strip())
        text = (
            _("The exchange said: {message} (HTTP {status}).")
            if told
            else _("The exchange gave an error (HTTP {status}).")
        )
        said = text.format(message=answer.message, status=answer.status)
        return Unread(
            reason=sentences(said, _(fact.advice)),
            trouble=fact.trouble,
            code=answer.code or None,
            right=surface.right if fact.trouble is Trouble.PERMISSION else None,
        )

    def _absent(self, surface: Surface, unread: Unread) -> NotApplicable | None:
        sandbox = self.exchange.sandbox_codes if self._sandbox else {}
        said = {**sandbox, **surface.absent}.get(unread.code or "")
        return NotApplicable(reason=_(said), source=surface.source, code=unread.code) if said else None

    async def _again(self, call: Callable[[], Awaitable[Any]], worth: Callable[[BaseException], bool]) -> Any:
        begun = monotonic()
        try:
            return await call()
        except Exception as error:
            if not worth(error):
                raise
            failure = error
        waits = wait_exponential_jitter(multiplier=0.4 * self._options.pace, max=8 * self._options.pace, jitter=0.1)
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS) | stop_after_delay(LONGEST_RETRY - (monotonic() - begun)),
            wait=waits if self._options.pace else (lambda _state: 0),
            retry=retry_if_exception(worth),
            sleep=asyncio.sleep,
            reraise=True,
        ):
            with attempt:
                # The first try was made above: nearly always it is the only one, and needs none of this.
                if attempt.retry_state.attempt_number == 1:
                    raise failure
                return await call()
        raise AssertionError  # tenacity either returns or raises


def _may_help(error: BaseException) -> bool:
    return isinstance(error, Failed) and error.retry


def _settles(error: BaseException) -> bool:
    """A list that moved while it was read may hold still the next time."""
    return isinstance(error, PageLost)


def _unreachable(error: BaseException) -> Unread:
    if isinstance(error, PROXY):
        return Unread(reason=_("The proxy does not answer, or refuses."), trouble=Trouble.NETWORK)
    slow = type(error).__name__ == "RequestTimeout"
    reason = _("No answer in time.") if slow else _("No connection to the exchange, or it broke off.")
    advice = _("See that this computer's network, or its --proxy, lets you through, and audit again.")
    return Unread(reason=reason if slow else sentences(reason, advice), trouble=Trouble.NETWORK)


_CCXT_TROUBLES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
    "PermissionDenied": Trouble.PERMISSION,
    "AccountSuspended": Trouble.RESTRICTED,
    "RestrictedLocation": Trouble.REGION,
    "OnMaintenance": Trouble.MAINTENANCE,
    "RateLimitExceeded": Trouble.LIMITED,
}


def _on_hold(hold: OnHold) -> Unread:
    told = _("The exchange wants no more questions from this address for another {minutes} minutes; audit again then.")
    return Unread(reason=told.format(minutes=ceil(hold.seconds / 60)), trouble=Trouble.LIMITED)
