"""One account's line to an exchange without a table: a unified method of ccxt's in, records or a stated trouble out.

One thing is asked at a time: several exchanges take a number that must grow with every request, and what a method got
is told apart from what another got by nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from auditor.exchanges.unified import key_proofs as proofs
from auditor.exchanges.unified import markets
from auditor.exchanges.unified.ccxt_account import made
from auditor.exchanges.unified.errors import Failed, failed
from auditor.exchanges.unified.pagination import Lists, Seen
from auditor.exchanges.unified.records import READERS, Answer, distinct
from auditor.exchanges.unified.spec import Call
from auditor.i18n import Message, _
from auditor.model.account import Account, Options
from auditor.model.errors import Problem
from auditor.model.records import Record
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from auditor.spec.surface import Exchange, Identity, Outage, Scope, Surface
from auditor.transport.guard import Refused
from auditor.transport.session_pool import Host

ATTEMPTS = 4
REFERENCE: Mapping[str, Callable[[Any, Any], Iterable[Record]]] = {
    "markets": lambda ccxt, _none: markets.markets(ccxt),
    "prices": markets.prices,
    "networks": lambda ccxt, _none: markets.networks(ccxt),
}


class UnifiedLine:
    """Asks one account's exchange through ccxt's unified methods, through the guarded session only."""

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        options: Options,
        *,
        host: Host,
        origins: tuple[str, ...],  # noqa: ARG002 - the hosts stand in the list of reads
        services: Mapping[str, str],  # noqa: ARG002 - the hosts stand in the list of reads
    ) -> None:
        """Prepare to ask at ``host`` when the account names an address, else at the exchange's own hosts."""
        if account.sandbox:
            raise Problem(_("--sandbox is not supported at {exchange}.").format(exchange=exchange.name))
        self.exchange = exchange
        self.skew: float | None = None
        self._apikey = account.credentials["apiKey"].reveal() if "apiKey" in account.credentials else ""
        self._pace = options.pace
        self._made = made(exchange, account, options, host)
        self._denied = self._made.told.denied if self._made.told else frozenset()
        self._lost: Failed | None = None
        self._loads = 0
        self._turn = asyncio.Lock()
        self._seen = Seen()
        named = (call.each for call in self._made.calls.values() if call.each is not None)
        self._asked_by = frozenset(place for each in named for place in each.places)

    async def close(self) -> None:
        """Let go of the session; nothing can be asked afterwards."""
        self._made.close()

    async def identify(self) -> Identity | Unread:
        """What the key may do, and whose it is, where the exchange can be asked."""
        proof = proofs.PROOFS.get(self.exchange.id)
        if self._made.told is None:
            return self._nothing_written()
        if proof is None:
            return proofs.unproven()
        try:
            async with self._turn:
                identity: Identity = await self._again(lambda: proof(self._made.ask, self._apikey))
                return identity
        except Failed as stopped:
            return stopped.unread

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:  # noqa: ARG002 - as every line is asked
        """Nothing that ccxt's unified methods could tell."""
        return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)

    async def read(
        self,
        surface: Surface,
        scope: Scope,  # noqa: ARG002 - as every line is asked
        mode: str | None,  # noqa: ARG002 - as every line is asked
        now: datetime,
    ) -> Read | Unread | NotApplicable:
        """Read one place. Whatever is not exactly understood comes back as Unread."""
        call = self._made.calls.get(surface.id)
        if call is None and surface.id not in REFERENCE:
            return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)
        try:
            async with self._turn:
                reading: Read | NotApplicable = await self._again(lambda: self._read(surface, call, now))
                return reading
        except Failed as stopped:
            return stopped.unread

    async def _read(self, surface: Surface, call: Call | None, now: datetime) -> Read | NotApplicable:
        await self._markets()
        if call is None:
            shown = await self._made.tickers() if surface.id == "prices" else None
            records = tuple(REFERENCE[surface.id](self._made.ccxt, shown))
            return Read(records=records, rows=len(records), at=datetime.now(UTC))
        answers = await Lists(self._made, call, now).all(self._seen)
        if not answers:
            return NotApplicable(reason=_("There was nothing to ask about."), source=surface.source)
        self._remember(call, answers)
        records = tuple(distinct(record for answer in answers for record in READERS[call.method](answer)))
        return Read(records=records, rows=sum(len(answer.rows) for answer in answers), at=datetime.now(UTC))

    async def _markets(self) -> None:
        """Every method needs them. Where they cannot be loaded, that is said of each place and not tried again."""
        if self._lost is not None:
            raise self._lost
        try:
            await self._made.load_markets()
        except Exception as error:
            trouble = failed(error, self._denied)
            told = _("The list of markets could not be read: {why}").format(why=trouble.unread.reason)
            self._loads += 1
            lost = Failed(replace(trouble.unread, reason=told), trouble.retry and self._loads < ATTEMPTS)
            self._lost = None if lost.retry else lost
            raise lost from error

    def _remember(self, call: Call, answers: Sequence[Answer]) -> None:
        """Keep what was seen, to ask by it where no list of everything is given."""
        self._seen.rows[call.id] = [row for answer in answers for _key, row in answer.rows if call.id in self._asked_by]
        for answer in answers:
            if call.method == "fetch_balance":
                held = (r for r in READERS[call.method](answer) if r.holds)
                self._seen.assets.update(getattr(record, "asset", "") for record in held)
            elif isinstance(answer.shown, list):
                self._seen.assets.update(str(item.get("currency")) for item in answer.shown if item.get("currency"))

    async def _again(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Ask again where that may help, and state the trouble where it does not."""
        waits = wait_exponential_jitter(multiplier=0.5 * self._pace, max=10 * self._pace, jitter=0.1 * self._pace)
        async for attempt in AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=waits if self._pace else (lambda _state: 0),
            retry=retry_if_exception(lambda error: isinstance(error, Failed) and error.retry),
            reraise=True,
        ):
            with attempt:
                try:
                    return await call()
                except Refused as refused:
                    raise failed(refused) from refused
                except Failed:
                    raise
                except (
                    Exception
                ) as error:  # each exchange of ccxt's raises what it likes over an answer it did not expect
                    raise failed(error, self._denied) from error
        raise AssertionError  # tenacity either returns or raises

    def _nothing_written(self) -> Unread:
        told = _("No request to {exchange} is known here to be a read, so none is sent: look at everything by eye.")
        return Unread(reason=told.format(exchange=self.exchange.name), trouble=Trouble.NO_METHOD)


def _no_method() -> Message:
    return _("No method: ccxt's unified methods cannot read this; look by eye.")
