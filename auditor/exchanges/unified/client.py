"""The client of an exchange without a table: calls ccxt's unified methods and returns records or Unread.

It makes one call at a time: several exchanges require a nonce that grows with every request, and nothing else tells
which method an answer belongs to.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from auditor.exchanges.unified import markets
from auditor.exchanges.unified.ccxt_account import open_unified_account
from auditor.exchanges.unified.errors import to_failure
from auditor.exchanges.unified.pagination import SeenAssets, UnifiedList
from auditor.exchanges.unified.records import READERS, CallAnswer, unique_records
from auditor.exchanges.unified.spec import UnifiedCall
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
from auditor.transport.ccxt.exact import ExchangeError
from auditor.transport.errors import RequestFailedError
from auditor.transport.guard import NotAllowedError
from auditor.transport.retry import RetryPolicy, retry
from auditor.transport.session_pool import SessionPool

ATTEMPTS = 4
REFERENCE: Mapping[str, Callable[[Any, Any], Iterable[Record]]] = {
    "markets": lambda ccxt, _none: markets.markets(ccxt),
    "prices": markets.prices,
    "networks": lambda ccxt, _none: markets.networks(ccxt),
}


class UnifiedClient:
    """Reads one account through ccxt's unified methods and the guarded session only."""

    def __init__(
        self,
        exchange: Exchange,
        account: Account,
        options: Options,
        *,
        host: SessionPool,
        addresses: Addresses,
    ) -> None:
        """Prepare to use ``host`` when the account has a base URL, else the exchange's own hosts."""
        self.exchange = exchange
        self._apikey = account.credentials["apiKey"].get_secret_value() if "apiKey" in account.credentials else ""
        self._retries = retry_policy(options.pace)
        self._readonly = options.readonly
        self._made = open_unified_account(exchange, account, options, host, addresses.official)
        self._denied = self._made.told.denied if self._made.told else frozenset()
        self._lost: RequestFailedError | None = None
        self._loads = 0
        self._turn = asyncio.Lock()
        self._seen = SeenAssets()
        named = (call.each for call in self._made.calls.values() if call.each is not None)
        self._asked_by = frozenset(place for each in named for place in each.places)

    @property
    def skew(self) -> float | None:
        """Unknown: ccxt signs with this computer's time, which no answer is compared with."""
        return None

    async def close(self) -> None:
        """Detach from the session; no request can be sent afterwards."""
        self._made.close()

    async def identify(self) -> Identity | Unread:
        """Identify the key's account and rights, where the exchange has a request for it."""
        if self._made.told is None:
            return self._unspecified()
        if self.exchange.identification.account.read is None and self.exchange.identification.procedure is None:
            return _unproven()
        try:
            async with self._turn:
                key_identity: Identity = await self._retry(self._identify)
                return key_identity
        except RequestFailedError as failure:
            return failure.unread

    async def _identify(self) -> Identity:
        return await identity.identify(self.exchange.identification, self._ask, self._apikey, readonly=self._readonly)

    async def _ask(self, endpoint: Endpoint, params: Mapping[str, str]) -> object:
        """Return the data of one answer. Raises RequestFailedError for a refusal."""
        try:
            return self.exchange.api.unwrap(await self._made.ask(endpoint.path, params))
        except ExchangeError as refusal:
            raise to_failure(refusal, self._denied) from refusal

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:  # noqa: ARG002 - as every client
        """Return Unread: no unified method reads a ledger's newest entry."""
        return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:  # noqa: ARG002 - as every client is asked
        """Return Unread: no unified method reads the exchange's outages."""
        return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)

    async def read(
        self,
        surface: Surface,
        scope: Scope,  # noqa: ARG002 - as every client is asked
        mode: str | None,  # noqa: ARG002 - as every client is asked
        now: datetime,
    ) -> Read | Unread | NotApplicable:
        """Read one surface. An answer that is not exactly understood is returned as Unread."""
        call = self._made.calls.get(surface.id)
        if call is None and surface.id not in REFERENCE:
            return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)
        try:
            async with self._turn:
                reading: Read | NotApplicable = await self._retry(lambda: self._read(surface, call, now))
                return reading
        except RequestFailedError as failure:
            return failure.unread

    async def _read(self, surface: Surface, call: UnifiedCall | None, now: datetime) -> Read | NotApplicable:
        await self._markets()
        if call is None:
            shown = await self._made.tickers() if surface.id == "prices" else None
            records = tuple(REFERENCE[surface.id](self._made.ccxt, shown))
            return Read(records=records, rows=len(records), at=datetime.now(UTC))
        answers = await UnifiedList(self._made, call, now).all(self._seen)
        if not answers:
            return NotApplicable(reason=_("There was nothing to ask about."), source=surface.source)
        self._remember(call, answers)
        records = tuple(unique_records(record for answer in answers for record in READERS[call.method](answer)))
        return Read(records=records, rows=sum(len(answer.rows) for answer in answers), at=datetime.now(UTC))

    async def _markets(self) -> None:
        """Load the markets, which every method needs.

        A final failure is raised again for every later surface.
        """
        if self._lost is not None:
            raise self._lost
        try:
            await self._made.load_markets()
        except Exception as error:
            failure = to_failure(error, self._denied)
            template = _("The list of markets could not be read: {why}").format(why=failure.unread.reason)
            self._loads += 1
            lost = RequestFailedError(
                replace(failure.unread, reason=template), failure.retry and self._loads < ATTEMPTS
            )
            self._lost = None if lost.retry else lost
            raise lost from error

    def _remember(self, call: UnifiedCall, answers: Sequence[CallAnswer]) -> None:
        """Keep rows and assets that lists without an overview are requested by."""
        self._seen.rows[call.id] = [row for answer in answers for _key, row in answer.rows if call.id in self._asked_by]
        for answer in answers:
            if call.method == "fetch_balance":
                held = (r for r in READERS[call.method](answer) if r.holds)
                self._seen.assets.update(getattr(record, "asset", "") for record in held)
            elif isinstance(answer.shown, list):
                self._seen.assets.update(str(item.get("currency")) for item in answer.shown if item.get("currency"))

    async def _retry(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Return the result of ``call``, retried while its error is transient. Raises RequestFailedError."""
        return await retry(lambda: self._attempt(call), self._retries)

    async def _attempt(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Make one attempt. Raises RequestFailedError with the reason."""
        try:
            return await call()
        except NotAllowedError as refused:
            raise to_failure(refused) from refused
        except RequestFailedError:
            raise
        except Exception as error:  # ccxt's exchanges raise any error for an unexpected answer
            raise to_failure(error, self._denied) from error

    def _unspecified(self) -> Unread:
        reason = _("No request to {exchange} is known here to be a read, so none is sent: look at everything by eye.")
        return Unread(reason=reason.format(exchange=self.exchange.name), trouble=Trouble.NO_METHOD)


def _unproven() -> Identity:
    """Return the identity of a key at an exchange without a request for it."""
    doubt = _("What the key may do, and whose it is, cannot be asked here.")
    key = Key(rights=(), readonly=False, ip_bound=None)
    return Identity(uid="", main_uid="", kind="", mode=None, key=key, proven=False, nameless=True, doubts=(doubt,))


def retry_policy(pace: float) -> RetryPolicy:
    """Return the policy for ccxt's unified methods. ``pace`` multiplies the waits."""
    return RetryPolicy(
        is_transient=lambda error: isinstance(error, RequestFailedError) and error.retry,
        attempts=ATTEMPTS,
        first_wait=0.5 * pace,
        longest_wait=10 * pace,
        jitter=0.1 * pace,
    )


def _no_method() -> Message:
    return _("No method: ccxt's unified methods cannot read this; look by eye.")
