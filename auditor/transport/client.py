"""The client of an exchange with a table: sends its requests and reads their rows, for one account."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.model.reference_data import Mark
from auditor.model.snapshot import NotApplicable, Trouble, Unread, read_with_doubts
from auditor.spec.blanks import UNKNOWN_SETUP, AccountSetup
from auditor.spec.client import Addresses, Result
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Context, Reader, Scope
from auditor.spec.surface import Surface
from auditor.transport import identity
from auditor.transport.cursor_pagination import Ask, Page, PageLostError
from auditor.transport.errors import RequestFailedError
from auditor.transport.gather import gather_all
from auditor.transport.guard import AllowList, NotAllowedError
from auditor.transport.pagination import read_list
from auditor.transport.request import RequestSender
from auditor.transport.retry import request_policy, retry
from auditor.transport.session_pool import SessionPool
from auditor.transport.surface_rows import RowsRead, understood, unread_for

T = TypeVar("T")
NOTHING: Mapping[str, str] = MappingProxyType({})


class TableClient:
    """Reads the surfaces of one account, through the guarded session only."""

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        options: Options,
        *,
        host: SessionPool,
        addresses: Addresses,
    ) -> None:
        """Prepare to send requests through ``host``, which all accounts at one address share."""
        self.exchange = exchange
        self.deadline: float | None = None
        self._options = options
        self._sandbox = account.sandbox
        self._host = host
        allow = AllowList.of(exchange, addresses.origins, addresses.services)
        self._ccxt = host.ccxt(exchange, account, allow, addresses.services)
        self._sending = RequestSender(exchange, self._ccxt, host, options.pace, readonly=options.readonly)

    @property
    def skew(self) -> float | None:
        """Seconds that this computer's clock is behind the exchange's.

        None while nothing says that it is wrong.
        """
        return self._sending.clock.skew

    async def close(self) -> None:
        """Detach from the session, which ``host`` closes; no request can be sent afterwards."""
        self._ccxt.session = None

    async def identify(self) -> Identity | Unread:
        """Identify the key's account and rights: the first private requests of every pass."""
        try:
            return await identity.identify(
                self.exchange.identification, self.ask, self._ccxt.apiKey, readonly=self._options.readonly
            )
        except RequestFailedError as failed:
            return identity.key_refusal(self.exchange, failed.unread)
        except NotAllowedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an answer makes this program raise concerns this key only
            return unread_for(error)

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """Return the services that are under maintenance at ``now``."""
        status = self.exchange.status
        return await self._shared(status.endpoint, (status.id,), lambda: self._outages(now))

    async def _outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        status = self.exchange.status
        if status.endpoint is None:
            return _no_method()
        try:
            rows = status.endpoint.rows(await self.ask(status.endpoint, NOTHING))
            outages = [outage for row in rows if (outage := status.answer(row)) is not None]
        except NotAllowedError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever an answer makes this program raise is reported as unread
            return unread_for(error)
        return tuple(outage for outage in outages if outage.starts_at is None or outage.starts_at <= now)

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:
        """Read the newest entry of a ledger."""
        reader = Reader((), lambda row, _context: (ledger.answer(row.raw),))
        surface = Surface(
            id=ledger.id,
            area=ledger.area,
            title=ledger.title,
            endpoint=ledger.endpoint,
            reader=reader,
            right=ledger.right,
        )
        return await self.read(surface, Scope(), UNKNOWN_SETUP, now)

    async def read(self, surface: Surface, scope: Scope, setup: AccountSetup, now: datetime) -> Result:
        """Read every row of one surface.

        What is not exactly understood is a doubt beside what was seen: the result is Unread then, never an error.
        """
        key = (surface.id, *sorted(scope.params.items()))
        return await self._shared(surface.endpoint, key, lambda: self._read(surface, scope, setup, now))

    async def _shared(self, endpoint: Endpoint | None, key: tuple[object, ...], ask: Callable[[], Awaitable[T]]) -> T:
        """Send requests to public endpoints once for all accounts at this address."""
        if endpoint is None or not endpoint.public:
            return await ask()
        return await self._host.once((self.exchange.id, *key), ask)

    async def _read(self, surface: Surface, scope: Scope, setup: AccountSetup, now: datetime) -> Result:
        if surface.endpoint is None or surface.reader is None:
            return _no_method()
        rows, failure = await self._rows(surface, scope, now)
        unread = None if failure is None else unread_for(failure)
        if unread is not None and not rows.seen:
            return self._never_used(surface, unread, setup.mode, scope.needless) or unread
        context = Context(setup, now, scope, self._market)
        return read_with_doubts(*understood(surface.reader, surface.total, rows, context, unread))

    async def _rows(self, surface: Surface, scope: Scope, now: datetime) -> tuple[RowsRead, Exception | None]:
        """Return the rows of all lists of a surface, and the error that kept it from being read to its end."""
        attempts = RowsRead()

        async def attempt() -> None:
            await self._lists(surface, scope, now, attempts)

        try:
            async with asyncio.timeout_at(self.deadline):
                await retry(attempt, request_policy(_may_settle, self._options.pace))
        except NotAllowedError:
            raise
        except Exception as failure:  # noqa: BLE001 - whatever an answer makes this program raise concerns this place only
            return attempts, failure
        return attempts, None

    def _market(self, row: Mapping[str, object]) -> Mapping[str, Any] | None:
        """Return a market as ccxt parses it. Raises MalformedError for a row that ccxt cannot parse."""
        try:
            market: Mapping[str, Any] | None = self._ccxt.parse_market(row)
        except Exception as error:
            raise MalformedError(_("ccxt cannot read a market")) from error
        return market

    async def _lists(self, surface: Surface, scope: Scope, now: datetime, rows: RowsRead) -> None:
        """Read every list of a surface into ``rows``. Raises the first error after all lists were tried."""
        endpoint, page_count = _endpoint(surface), rows.start()

        async def ask(params: Mapping[str, str]) -> object:
            data = await self.ask(endpoint, {**params, **scope.params}, surface.right)
            if surface.total is not None:
                rows.answers.append(data)
            return data

        async def read(query: Query) -> Unread | None:
            try:
                await self._list(ask, endpoint, query, now, rows.keep)
            except RequestFailedError as failed:
                if self._never_used(surface, failed.unread, None) is None:
                    raise
                return failed.unread
            return None

        # The unfiltered list may have many pages: request it first.
        *by_state, unfiltered = endpoint.queries
        outcomes = await gather_all(read(query) for query in (unfiltered, *by_state))
        absent = next((unread for unread in outcomes if unread is not None), None)
        if absent is not None:
            if rows.pages > page_count:
                raise MalformedError(_("some of its lists are said not to exist"))
            raise RequestFailedError(absent, retry=False)

    async def _list(
        self, ask: Ask, endpoint: Endpoint, query: Query, now: datetime, keep: Callable[[Page], None]
    ) -> None:
        """Read one list.

        Time windows end a little after the exchange's time, since this clock may be slow.
        """
        if endpoint.windows is None:
            await read_list(ask, endpoint, query, now, keep)
            return
        skew = self.skew
        await read_list(ask, endpoint, query, self._sending.clock.end(), keep)
        if skew != self.skew:
            raise PageLostError(_("this computer's clock was found to be wrong meanwhile"))

    async def ask(self, endpoint: Endpoint, params: Mapping[str, str], right: str = "Read") -> object:
        """Return the data of one answer. Raises RequestFailedError when retries are used up or would not help.

        ``right``: the right that the key needs.
        """
        return await self._sending.ask(endpoint, params, right)

    def _never_used(
        self, surface: Surface, unread: Unread, mode: str | None, needless: Mapping[str, str] = NOTHING
    ) -> NotApplicable | None:
        paper = self.exchange.api.paper_codes if self._sandbox else None
        never_used = surface.never_used
        codes = never_used.codes if never_used.modes is None or mode in never_used.modes else {}
        meaning = {**(paper or {}), **codes, **needless}.get(unread.code or "")
        return NotApplicable(reason=_(meaning), source=surface.source, code=unread.code) if meaning else None


def _no_method() -> Unread:
    return Unread(reason=_("No method: no request of this table reads it."), trouble=Trouble.NO_METHOD)


def _endpoint(surface: Surface) -> Endpoint:
    if surface.endpoint is None:
        raise ValueError(surface.id)
    return surface.endpoint


def _may_settle(error: BaseException) -> bool:
    """Return whether reading again may help: a list that changed during reading may not change the next time."""
    return isinstance(error, PageLostError)
