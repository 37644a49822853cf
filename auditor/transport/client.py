"""The client of an exchange with a table: sends its requests and reads their rows, for one account."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.model.records import Record
from auditor.model.reference_data import Mark
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.spec.client import Addresses, Result
from auditor.spec.endpoint import Endpoint, Query
from auditor.spec.exchange import Exchange
from auditor.spec.fields import MalformedError
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Context, Reader, Scope
from auditor.spec.surface import Surface
from auditor.transport import identity
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.errors import RequestFailedError, malformed_unread
from auditor.transport.gather import gather
from auditor.transport.guard import AllowList
from auditor.transport.pagination import Ask, read_list, unique_rows
from auditor.transport.request import RequestSender
from auditor.transport.retry import request_policy, retry
from auditor.transport.session_pool import SessionPool

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
        self._options = options
        self._sandbox = account.sandbox
        self._host = host
        allow = AllowList.of(exchange, addresses.origins, addresses.services)
        self._ccxt = host.ccxt(exchange, account, allow, addresses.services)
        self._sending = RequestSender(exchange, self._ccxt, host, options.pace)

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
        except MalformedError as error:
            return malformed_unread(error)

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
        except RequestFailedError as failed:
            return failed.unread
        except MalformedError as error:
            return malformed_unread(error)
        return tuple(outage for outage in outages if outage.starts_at is None or outage.starts_at <= now)

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:
        """Read the newest entry of a ledger."""
        reader = Reader((), lambda row, _context: (ledger.answer(row.raw),))
        surface = Surface(id=ledger.id, area=ledger.area, title=ledger.title, endpoint=ledger.endpoint, reader=reader)
        return await self.read(surface, Scope(), None, now)

    async def read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        """Read every row of one surface.

        An answer that is not exactly understood is returned as Unread.
        """
        key = (surface.id, *sorted(scope.params.items()))
        return await self._shared(surface.endpoint, key, lambda: self._read(surface, scope, mode, now))

    async def _shared(self, endpoint: Endpoint | None, key: tuple[object, ...], ask: Callable[[], Awaitable[T]]) -> T:
        """Send requests to public endpoints once for all accounts at this address."""
        if endpoint is None or not endpoint.public:
            return await ask()
        return await self._host.once((self.exchange.id, *key), ask)

    async def _read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        if surface.endpoint is None or surface.reader is None:
            return _no_method()
        context = Context(mode, now, scope, self._market)
        try:
            rows = await retry(lambda: self._rows(surface, scope, now), request_policy(_may_settle, self._options.pace))
            records = _records(surface.reader, rows, context)
        except RequestFailedError as failed:
            return self._never_used(surface, failed.unread, mode) or failed.unread
        except (MalformedError, PageLostError) as error:
            return malformed_unread(error, Trouble.PAGES if isinstance(error, PageLostError) else Trouble.MALFORMED)
        return Read(records=records, rows=len(rows), at=datetime.now(UTC))

    def _market(self, row: Mapping[str, object]) -> Mapping[str, Any] | None:
        """Return a market as ccxt parses it. Raises MalformedError for a row that ccxt cannot parse."""
        try:
            market: Mapping[str, Any] | None = self._ccxt.parse_market(row)
        except Exception as error:
            raise MalformedError(_("ccxt cannot read a market")) from error
        return market

    async def _rows(self, surface: Surface, scope: Scope, now: datetime) -> list[object]:
        endpoint, answered_queries = _endpoint(surface), []

        async def ask(params: Mapping[str, str]) -> object:
            data = await self.ask(endpoint, {**params, **scope.params}, surface.right)
            answered_queries.append(params)
            return data

        async def read(query: Query) -> list[object] | RequestFailedError:
            try:
                return await self._list(ask, endpoint, query, now)
            except RequestFailedError as failed:
                if self._never_used(surface, failed.unread, None) is None:
                    raise
                return failed

        # The unfiltered list may have many pages: request it first, put its rows last.
        *by_state, unfiltered = endpoint.queries
        first, *others = await gather(read(query) for query in (unfiltered, *by_state))
        lists = [*others, first]
        for failed in lists:
            if isinstance(failed, RequestFailedError):
                raise MalformedError(_("some of its lists are said not to exist")) if answered_queries else failed
        # A row may be in several lists (by its state, and unfiltered); count it once.
        return unique_rows(row for rows in lists if isinstance(rows, list) for row in rows)

    async def _list(self, ask: Ask, endpoint: Endpoint, query: Query, now: datetime) -> list[object]:
        """Read one list.

        Time windows end a little after the exchange's time, since this clock may be slow.
        """
        if endpoint.windows is None:
            return await read_list(ask, endpoint, query, now)
        skew = self.skew
        rows = await read_list(ask, endpoint, query, self._sending.clock.end())
        if skew != self.skew:
            raise PageLostError(_("this computer's clock was found to be wrong meanwhile"))
        return rows

    async def ask(self, endpoint: Endpoint, params: Mapping[str, str], right: str = "Read") -> object:
        """Return the data of one answer. Raises RequestFailedError when retries are used up or would not help.

        ``right``: the right that the key needs.
        """
        return await self._sending.ask(endpoint, params, right)

    def _never_used(self, surface: Surface, unread: Unread, mode: str | None) -> NotApplicable | None:
        paper = self.exchange.api.paper_codes if self._sandbox else None
        never_used = surface.never_used
        codes = never_used.codes if never_used.modes is None or mode in never_used.modes else {}
        meaning = {**(paper or {}), **codes}.get(unread.code or "")
        return NotApplicable(reason=_(meaning), source=surface.source, code=unread.code) if meaning else None


def _records(reader: Reader, rows: list[object], context: Context) -> tuple[Record, ...]:
    return tuple(record for row in rows for record in reader.records(row, context))


def _no_method() -> Unread:
    return Unread(reason=_("No method: no request of this table reads it."), trouble=Trouble.NO_METHOD)


def _endpoint(surface: Surface) -> Endpoint:
    if surface.endpoint is None:
        raise ValueError(surface.id)
    return surface.endpoint


def _may_settle(error: BaseException) -> bool:
    """Return whether reading again may help: a list that changed during reading may not change the next time."""
    return isinstance(error, PageLostError)
