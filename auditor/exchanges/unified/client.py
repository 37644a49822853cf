"""One account's line to an exchange without a table: a unified method of ccxt's in, records or a stated trouble out.

One thing is asked at a time: several exchanges take a number that must grow with every request, and what a method got
is told apart from what another got by nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from auditor.exchanges.unified import markets
from auditor.exchanges.unified.ccxt_account import made
from auditor.exchanges.unified.errors import failed
from auditor.exchanges.unified.pagination import Lists, Seen
from auditor.exchanges.unified.records import READERS, Answer, distinct
from auditor.exchanges.unified.spec import Call
from auditor.i18n import Message, _
from auditor.model.account import Account, Options
from auditor.model.records import Record
from auditor.model.reference_data import Mark
from auditor.model.snapshot import Key, NotApplicable, Read, Trouble, Unread
from auditor.spec.client import Addresses, Result
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport import identity
from auditor.transport.ccxt.exact import Answered
from auditor.transport.errors import Failed
from auditor.transport.guard import Refused
from auditor.transport.retry import RetryPolicy, retry
from auditor.transport.session_pool import Host

ATTEMPTS = 4
REFERENCE: Mapping[str, Callable[[Any, Any], Iterable[Record]]] = {
    "markets": lambda ccxt, _none: markets.markets(ccxt),
    "prices": markets.prices,
    "networks": lambda ccxt, _none: markets.networks(ccxt),
}


class UnifiedClient:
    """Asks one account's exchange through ccxt's unified methods, through the guarded session only."""

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        options: Options,
        *,
        host: Host,
        addresses: Addresses,
    ) -> None:
        """Prepare to ask at ``host`` when the account names an address, else at the exchange's own hosts."""
        self.exchange = exchange
        self._apikey = account.credentials["apiKey"].get_secret_value() if "apiKey" in account.credentials else ""
        self._retries = retry_policy(options.pace)
        self._readonly = options.readonly
        self._made = made(exchange, account, options, host, addresses.official)
        self._denied = self._made.told.denied if self._made.told else frozenset()
        self._lost: Failed | None = None
        self._loads = 0
        self._turn = asyncio.Lock()
        self._seen = Seen()
        named = (call.each for call in self._made.calls.values() if call.each is not None)
        self._asked_by = frozenset(place for each in named for place in each.places)

    @property
    def skew(self) -> float | None:
        """Unknown: ccxt signs with this computer's time, and no answer is compared with it."""
        return None

    async def close(self) -> None:
        """Let go of the session; nothing can be asked afterwards."""
        self._made.close()

    async def identify(self) -> Identity | Unread:
        """What the key may do, and whose it is, where the exchange can be asked."""
        if self._made.told is None:
            return self._nothing_written()
        if self.exchange.identification.account.read is None and self.exchange.identification.procedure is None:
            return _unproven()
        try:
            async with self._turn:
                proved: Identity = await self._retry(self._identify)
                return proved
        except Failed as stopped:
            return stopped.unread

    async def _identify(self) -> Identity:
        return await identity.identify(self.exchange.identification, self._ask, self._apikey, readonly=self._readonly)

    async def _ask(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        """Return the data of one answer. Raises Failed for a refusal."""
        try:
            return self.exchange.api.unwrap(await self._made.ask(endpoint.path, params))
        except Answered as refusal:
            raise failed(refusal, self._denied) from refusal

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:  # noqa: ARG002 - as every client
        """No unified method reads a ledger's newest entry."""
        return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:  # noqa: ARG002 - as every client is asked
        """Nothing that ccxt's unified methods could tell."""
        return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)

    async def read(
        self,
        surface: Surface,
        scope: Scope,  # noqa: ARG002 - as every client is asked
        mode: str | None,  # noqa: ARG002 - as every client is asked
        now: datetime,
    ) -> Read | Unread | NotApplicable:
        """Read one place. Whatever is not exactly understood comes back as Unread."""
        call = self._made.calls.get(surface.id)
        if call is None and surface.id not in REFERENCE:
            return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)
        try:
            async with self._turn:
                reading: Read | NotApplicable = await self._retry(lambda: self._read(surface, call, now))
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

    async def _retry(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Ask again where that may help, and state the trouble where it does not."""
        return await retry(lambda: self._attempt(call), self._retries)

    async def _attempt(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Ask once. Raises Failed with the trouble."""
        try:
            return await call()
        except Refused as refused:
            raise failed(refused) from refused
        except Failed:
            raise
        except Exception as error:  # each exchange of ccxt's raises what it likes over an answer it did not expect
            raise failed(error, self._denied) from error

    def _nothing_written(self) -> Unread:
        told = _("No request to {exchange} is known here to be a read, so none is sent: look at everything by eye.")
        return Unread(reason=told.format(exchange=self.exchange.name), trouble=Trouble.NO_METHOD)


def _unproven() -> Identity:
    """Of an exchange that cannot be asked."""
    doubt = _("What the key may do, and whose it is, cannot be asked here.")
    key = Key(rights=(), readonly=False, ip_bound=None)
    return Identity(uid="", main_uid="", kind="", mode=None, key=key, proven=False, nameless=True, doubts=(doubt,))


def retry_policy(pace: float) -> RetryPolicy:
    """Return the policy for ccxt's unified methods. ``pace`` multiplies the waits."""
    return RetryPolicy(
        is_transient=lambda error: isinstance(error, Failed) and error.retry,
        attempts=ATTEMPTS,
        first_wait=0.5 * pace,
        longest_wait=10 * pace,
        jitter=0.1 * pace,
    )


def _no_method() -> Message:
    return _("No method: ccxt's unified methods cannot read this; look by eye.")
