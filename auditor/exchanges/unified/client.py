"""The client of an exchange without a table: calls ccxt's unified methods and returns records or Unread.

It makes one call at a time: several exchanges require a nonce that grows with every request, and nothing else tells
which method an answer belongs to.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from auditor.exchanges.unified import markets
from auditor.exchanges.unified.call_answer import CallAnswer
from auditor.exchanges.unified.errors import to_failure
from auditor.exchanges.unified.list_read import ListRead, understood
from auditor.exchanges.unified.opening import open_unified_account
from auditor.exchanges.unified.pagination import SeenAssets, UnifiedList
from auditor.exchanges.unified.recorder import SwallowedError
from auditor.exchanges.unified.spec import NeverOpened, UnifiedCall
from auditor.i18n import Message, _
from auditor.model.account import Account, Options
from auditor.model.clock import now as present
from auditor.model.records import Record
from auditor.model.reference_data import Mark
from auditor.model.snapshot import Doubt, Key, NotApplicable, Trouble, Unread, read_with_doubts
from auditor.spec.blanks import AccountSetup
from auditor.spec.client import Addresses, Result
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport import identity
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.errors import RequestFailedError
from auditor.transport.guard import NotAllowedError
from auditor.transport.retry import RetryPolicy, retry
from auditor.transport.session_pool import SessionPool
from auditor.transport.surface_rows import doubt_of, out_of_time

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
        self.deadline: float | None = None
        self._apikey = account.credentials["apiKey"].get_secret_value() if "apiKey" in account.credentials else ""
        self._retries = retry_policy(options.pace)
        self._readonly = options.readonly
        self._account = open_unified_account(
            exchange, account, options, host, addresses.official, regional=addresses.moved
        )
        self._denied = self._account.spec.denied if self._account.spec else frozenset()
        self._loaded = False
        self._coins_lost: RequestFailedError | None = None
        self._markets_lost: RequestFailedError | None = None
        self._kind_doubts: dict[str, Doubt] = {}
        self._turn = asyncio.Lock()
        self._seen = SeenAssets()
        self._read_before: set[str] = set()
        named = (call.each for call in self._account.calls.values() if call.each is not None)
        self._asked_by = frozenset(place for each in named for place in each.places)

    @property
    def skew(self) -> float | None:
        """Unknown: ccxt signs with this computer's time, which no answer is compared with."""
        return None

    async def close(self) -> None:
        """Detach from the session; no request can be sent afterwards."""
        self._account.close()

    async def identify(self) -> Identity | Unread:
        """Identify the key's account and rights, where the exchange has a request for it."""
        if self._account.spec is None:
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
            return self.exchange.api.unwrap(await self._account.ask(endpoint.path, params))
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
        setup: AccountSetup,  # noqa: ARG002 - as every client is asked
        now: datetime,
    ) -> Result:
        """Read one surface.

        What is not exactly understood is a doubt beside what was seen: the result is Unread then, never an error.
        """
        call = self._account.calls.get(surface.id)
        if call is None and surface.id not in REFERENCE:
            return Unread(reason=_no_method(), trouble=Trouble.NO_METHOD)
        try:
            async with self._turn:
                await self._load_markets()
                result: Result = await (self._reference(surface) if call is None else self._read(surface, call, now))
                return result
        except RequestFailedError as failure:
            return failure.unread
        except NotAllowedError as refused:
            return to_failure(refused).unread
        except Exception as error:  # noqa: BLE001 - whatever an answer makes ccxt raise concerns this place only
            return to_failure(error, self._denied).unread

    async def _reference(self, surface: Surface) -> Result:
        lost = self._coins_lost if surface.id == "networks" else self._markets_lost
        if lost is not None:
            return lost.unread
        shown, odd = None, self._account.odd_markets
        if surface.id == "networks":
            odd += self._account.nameless_coins
        if surface.id == "prices":
            shown, odd = await self._retry(self._account.tickers)
        records = tuple(REFERENCE[surface.id](self._account.ccxt, shown))
        return read_with_doubts(records, len(records), present(), [doubt_of(to_failure(row).unread) for row in odd])

    async def _read(self, surface: Surface, call: UnifiedCall, now: datetime) -> Result:
        read = await UnifiedList(self._account, call, now, self._retry).all(self._seen)
        while read.failures and self._assumes_kind(read.failures[-1]):
            read = await UnifiedList(self._account, call, now, self._retry).all(self._seen)
        absent = self._never_opened(call, read)
        if absent is not None:
            return absent
        if not read.answers and not read.broken:
            nothing = NotApplicable(reason=_("There was nothing to ask about."), source=surface.source)
            return read.failures[0].unread if read.failures else nothing
        records, doubts = understood(read)
        if call.id in self._kind_doubts:
            doubts.append(self._kind_doubts[call.id])
        if self._markets_lost is not None:
            doubts.append(doubt_of(self._markets_lost.unread))
        if call.each is not None and call.each.what != "row":
            doubts += [doubt_of(to_failure(row).unread) for row in self._account.odd_markets]
        self._remember(call, read.answers, records, is_whole=not doubts)
        # An answer without rows in a known shape is seen all the same.
        rows = sum(len(answer.rows) for answer in read.answers) or int(any(doubt.settled_by for doubt in doubts))
        return read_with_doubts(records, rows, present(), doubts)

    def _never_opened(self, call: UnifiedCall, read: ListRead) -> NotApplicable | None:
        """Leave failures out that mean "never opened". Return so if nothing else is left."""
        opened = self._account.spec.never_opened if self._account.spec else ()
        known = [entry for entry in opened if call.id in entry.calls and entry.after <= self._read_before]
        meanings = [next((e for e in known if _means(e, failure.unread)), None) for failure in read.failures]
        found = next(filter(None, meanings), None)
        read.failures = [f for f, meaning in zip(read.failures, meanings, strict=True) if meaning is None]
        if found is None or read.answers or read.broken or read.failures or read.cut:
            return None
        return NotApplicable(reason=_(found.meaning), source=found.source, code=found.code)

    async def _load_markets(self) -> None:
        """Load the markets, which every method needs, or go on without: what holds value is read all the same."""
        if self._loaded:
            return
        failure = await self._failure(self._account.load_markets)
        while failure is not None and self._assumes_kind(failure):
            failure = await self._failure(self._account.load_markets)
        if failure is not None and not isinstance(failure.__cause__, SwallowedError):
            # The list of coins may need a right of its own, or be down alone.
            self._coins_lost = failure
            self._account.skip_currencies()
            failure = await self._failure(self._account.load_markets)
        if failure is not None:
            template = _("The list of markets could not be read: {why}").format(why=failure.unread.reason)
            self._markets_lost = RequestFailedError(replace(failure.unread, reason=template), retry=False)
            self._account.skip_markets(known=isinstance(failure.__cause__, SwallowedError))
        self._loaded = True

    def _assumes_kind(self, failure: RequestFailedError) -> bool:
        """Return whether to go on with an assumed kind of account, in doubt wherever the kind matters."""
        assumed = self._account.assume_kind()
        if assumed is None:
            return False
        reason = _("The kind of this account could not be read: {why}").format(why=failure.unread.reason)
        doubt = doubt_of(replace(failure.unread, reason=reason))
        self._kind_doubts.update(dict.fromkeys(assumed.calls or self._account.calls, doubt))
        return True

    async def _failure(self, call: Callable[[], Awaitable[None]]) -> RequestFailedError | None:
        try:
            await self._retry(call)
        except RequestFailedError as failure:
            return failure
        return None

    def _remember(
        self, call: UnifiedCall, answers: Sequence[CallAnswer], records: Sequence[Record], *, is_whole: bool
    ) -> None:
        """Keep rows and assets that lists without an overview are requested by: all of them where one is in doubt."""
        if answers:
            self._read_before.add(call.id)
        self._seen.rows[call.id] = [row for answer in answers for _key, row in answer.rows if call.id in self._asked_by]
        if call.method == "fetch_balance":
            self._seen.assets.update(getattr(record, "asset", "") for record in records if record.holds)
            named = (answer.code(str(row[call.asset])) for answer in answers for row in _named_rows(answer, call))
            self._seen.assets.update(() if is_whole else named)
            return
        for answer in answers:
            if isinstance(answer.shown, list):
                self._seen.assets.update(str(item.get("currency")) for item in answer.shown if item.get("currency"))

    async def _retry(self, call: Callable[[], Awaitable[Any]]) -> Any:
        """Return the result of ``call``, retried while its error is transient. Raises RequestFailedError."""
        try:
            async with asyncio.timeout_at(self.deadline):
                return await retry(lambda: self._attempt(call), self._retries)
        except TimeoutError as late:
            raise RequestFailedError(out_of_time(), retry=False) from late

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
        reason = _(
            "No request to {exchange} is known to be read-only, so none is sent: check everything yourself in the app."
        )
        return Unread(reason=reason.format(exchange=self.exchange.name), trouble=Trouble.NO_METHOD)


def _named_rows(answer: CallAnswer, call: UnifiedCall) -> Iterable[Mapping[str, Any]]:
    """Return the rows of an answer that name an asset."""
    return (row for _key, row in answer.rows if call.asset and isinstance(row, dict) and row.get(call.asset))


def _means(entry: NeverOpened, unread: Unread) -> bool:
    return unread.code == entry.code and entry.says.lower() in str(unread.reason).lower()


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
    return _("This cannot be read yet; check it yourself in the app.")
