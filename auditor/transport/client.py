"""One account's line to its exchange: a question of the table in, decoded rows or a stated trouble out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.spec.fields import Malformed, Row
from auditor.spec.surface import Context, Exchange, Identity, Outage, Query, Scope, Surface
from auditor.transport import identity as who
from auditor.transport.cursor_pagination import PageLost, identity
from auditor.transport.errors import Failed, misunderstood
from auditor.transport.gather import together
from auditor.transport.guard import AllowList
from auditor.transport.pagination import Ask, read_list
from auditor.transport.request import Sending
from auditor.transport.retry import request_policy, retry
from auditor.transport.session_pool import Host

Result = Read | Unread | NotApplicable


class Client:
    """Reads the places of one account, through the guarded session only."""

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
        self._options = options
        self._sandbox = account.sandbox
        self._host = host
        allow = AllowList.of(exchange, origins, services)
        self._ccxt = host.ccxt(exchange, account, allow, services)
        self._sending = Sending(exchange, self._ccxt, host, options.pace)

    @property
    def skew(self) -> float | None:
        """Seconds that this computer's clock is behind, None while nothing says that it is wrong."""
        return self._sending.clock.skew

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
            found = await retry(lambda: self._rows(surface, scope, now), request_policy(_settles, self._options.pace))
            read = [record for raw in found for record in surface.read(Row(raw, surface.proves, mode), context)]
        except Failed as failed:
            return self._absent(surface, failed.unread, mode) or failed.unread
        except (Malformed, PageLost) as error:
            return misunderstood(error, Trouble.PAGES if isinstance(error, PageLost) else Trouble.MALFORMED)
        return Read(records=tuple(read), rows=len(found), at=datetime.now(UTC))

    async def identify(self) -> Identity | Unread:
        """Who the key belongs to and what it may do: the first private question of every pass."""
        asker = who.Asker(self.ask, self._refusal)
        try:
            return await who.identify(self.exchange, asker, readonly=self._options.readonly)
        except Failed as failed:
            return who.at_the_door(self.exchange, failed.unread)
        except Malformed as error:
            return misunderstood(error)

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
            return misunderstood(error)

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
                if self._absent(surface, failed.unread, None) is None:
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
        rows = await read_list(ask, surface, query, self._sending.clock.end())
        if skew != self.skew:
            raise PageLost(_("this computer's clock was found to be wrong meanwhile"))
        return rows

    async def ask(self, surface: Surface, params: Mapping[str, str]) -> object:
        """The data of one answer. Raises Failed with the trouble, when the retries are used up or none would help."""
        return await self._sending.ask(surface, params)

    def _absent(self, surface: Surface, unread: Unread, mode: str | None) -> NotApplicable | None:
        sandbox = self.exchange.sandbox_codes if self._sandbox else {}
        absent = surface.absent if surface.absent_in is None or mode in surface.absent_in else {}
        said = {**sandbox, **absent}.get(unread.code or "")
        return NotApplicable(reason=_(said), source=surface.source, code=unread.code) if said else None


def _settles(error: BaseException) -> bool:
    """A list that moved while it was read may hold still the next time."""
    return isinstance(error, PageLost)
