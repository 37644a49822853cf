"""ccxt's object for one account of an exchange without a table: guarded by the list of reads, with a log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import aiohttp

from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.call_answer import CallAnswer
from auditor.exchanges.unified.odd_rows import (
    AnswerRecording,
    NoOddRowsError,
    Parse,
    Place,
    parse_without_odd_rows,
    rows_anywhere,
    rows_by_path,
)
from auditor.exchanges.unified.recorder import Log, SwallowedError
from auditor.exchanges.unified.row_selection import rows_of_call
from auditor.exchanges.unified.spec import ASK, AssumedKind, ReadRequest, UnifiedCall
from auditor.i18n import _
from auditor.spec.fields import MalformedError

SINCE = "since"
NO_MARKET: Mapping[str, Any] = {
    "id": "?",
    "symbol": "?/?",
    "base": "?",
    "quote": "?",
    "baseId": "?",
    "quoteId": "?",
    "spot": False,  # ccxt sorts markets by it
    "active": False,
    "info": {},
}


class CutOffError(Exception):
    """A method of ccxt's that sends several requests broke off at one of them.

    ``trouble``: its error; ``answer``: what the earlier ones showed.
    """

    def __init__(self, trouble: Exception, answer: CallAnswer) -> None:
        """Keep both."""
        super().__init__(str(trouble))
        self.trouble = trouble
        self.answer = answer


@dataclass(slots=True)
class UnifiedAccount:
    """ccxt's object for one account, its session, and the exchange's specification.

    ``odd_markets``: why rows of the lists of markets and coins were left out.
    """

    ccxt: Any
    session: aiohttp.ClientSession
    spec: facts.UnifiedSpec | None
    calls: Mapping[str, UnifiedCall]
    _requests: tuple[ReadRequest, ...]
    _loaded: bool = False
    odd_markets: tuple[MalformedError, ...] = ()
    _coins: Any = None

    def __post_init__(self) -> None:
        """Keep the coins that ccxt knows without asking."""
        self._coins = self.ccxt.currencies

    @property
    def nameless_coins(self) -> tuple[MalformedError, ...]:
        """Why coins were left out of the list of networks."""
        return (MalformedError(_("a coin has no name")),) * int(self.ccxt.nameless)

    def close(self) -> None:
        """Detach from the session, which its host closes."""
        self.ccxt.session = None

    async def ask(self, name: str, params: Mapping[str, Any]) -> Any:
        """Return the answer to one request of the list of reads, by ccxt's path of it."""
        request = next(r for r in self._requests if r.name == name)
        return await self.ccxt.fetch2(name, request.section.split("."), request.method, dict(params))

    async def load_markets(self) -> None:
        """Load the markets, once, without the rows over which ccxt stumbles.

        Raises SwallowedError for an error that ccxt swallows here, since ccxt derives the kind of account from it.
        """
        if self._loaded:
            return
        self.ccxt.log = log = Log()
        _markets, self.odd_markets = await self._reference(self._load_afresh)
        if log.trouble is not None and not (self.spec and log.over in self.spec.swallowed):
            raise SwallowedError(log.trouble)
        self._loaded = True

    async def _load_afresh(self) -> Any:
        """Load the markets as if never before: ccxt adds to the coins that it knows, odd ones among them."""
        self.ccxt.currencies = self._coins
        return await self.ccxt.load_markets(reload=True)

    async def _reference(self, parse: Parse) -> tuple[Any, tuple[MalformedError, ...]]:
        """Return what ccxt makes of reference data, and why rows over which it stumbles were left out."""
        record = AnswerRecording(self.ccxt, self.spec.optional if self.spec else ())
        try:
            with record.recorded():
                return await parse(), ()
        except Exception as error:
            if self.ccxt.log.trouble is not None:
                raise
            shown, odd = await _without_odd_reference(record, parse, error)
            return shown, tuple(_odd_row(error) for _place in odd)

    def assume_kind(self) -> AssumedKind | None:
        """Go on with what is assumed where the kind of the account was refused; None where that changes nothing."""
        assumed = (self.spec.assumed if self.spec else {}).get(self.ccxt.log.over)
        if assumed is None or all(self.ccxt.options.get(name) == value for name, value in assumed.options.items()):
            return None
        self.ccxt.options.update(assumed.options)
        return assumed

    def skip_currencies(self) -> None:
        """Load the markets without the list of coins, which several exchanges show to a further right only."""
        self.ccxt.has = {**self.ccxt.has, "fetchCurrencies": False}

    def know_coins(self, codes: Iterable[str]) -> None:
        """Let ccxt know these coins even where their list could not be read: it asks for none that it does not know."""
        unknown = {code: self.ccxt.safe_currency(code) for code in codes if code not in self.ccxt.currencies}
        self.ccxt.currencies = {**self.ccxt.currencies, **unknown}

    def skip_markets(self, *, known: bool) -> None:
        """Go on with the markets that are ``known``, or without any: ccxt reads balances without.

        Its methods need at least one market to exist. The list of coins spells them, if it was read.
        """
        if not known:
            self.ccxt.currencies = self._coins
            self.ccxt.set_markets([NO_MARKET], self.ccxt.options.get("cachedCurrencies"))
        self._loaded = True

    async def tickers(self) -> tuple[Any, tuple[MalformedError, ...]]:
        """Return the last prices of all spot markets, and why rows of them were left out."""
        self.ccxt.log = Log()
        sent = self.spec.tickers if self.spec else {}
        return await self._reference(lambda: self.ccxt.fetch_tickers(None, dict(sent)))

    async def call(
        self, call: UnifiedCall, params: Mapping[str, Any], symbol: str | None = None
    ) -> tuple[CallAnswer, list[Any]]:
        """Return one answered call and the raw bodies.

        Raises the error of its first request, or CutOffError for that of a later one.
        """
        self.ccxt.log = log = Log()
        sent = {**call.params, **params}
        named = {} if symbol is None else {"symbol": symbol}
        named |= {SINCE: sent.pop(SINCE)} if SINCE in sent else {}
        record, doubts = AnswerRecording(self.ccxt), list[MalformedError]()

        async def parse() -> Any:
            return await getattr(self.ccxt, call.method)(params=dict(sent), **named)

        shown = None
        try:
            with record.recorded():
                shown = await (self._ask(call, sent) if call.method == ASK else parse())
        except Exception as error:
            if not self._bodies(call, log):
                raise
            if log.trouble is not None:
                answer = self._answer(call, self._bodies(call, log), None, doubts)
                raise CutOffError(error, replace(answer, cut=True)) from error
            shown, odd = await self._without_odd_rows(call, record, parse)
            doubts += [_odd_row(error)] * max(1, len(odd))
        if log.trouble is not None:
            raise SwallowedError(log.trouble)
        bodies = self._bodies(call, log)
        if not bodies:
            raise MalformedError(_("ccxt did not ask {path}").format(path=call.at))
        return self._answer(call, bodies, shown, doubts), bodies

    def _answer(
        self, call: UnifiedCall, bodies: Sequence[Any], shown: Any, doubts: Sequence[MalformedError]
    ) -> CallAnswer:
        found = list(doubts)
        rows = [row for body in bodies for row in rows_of_call(call, body, found)]
        return CallAnswer(call, rows, shown, self.ccxt.safe_currency_code, tuple(found), tuple(bodies))

    async def _ask(self, call: UnifiedCall, params: Mapping[str, Any]) -> Any:
        return await self.ask(next(r.name for r in self._requests if r.path == call.at), params)

    def _bodies(self, call: UnifiedCall, log: Log) -> list[Any]:
        """Return the answers to the request that shows the rows of a call."""
        wanted = self._wanted(call)
        return [body for asked, body in log.answers if asked in wanted]

    def _wanted(self, call: UnifiedCall) -> set[tuple[str, str]]:
        return {(r.section, r.name) for r in self._requests if r.path == call.at}

    async def _without_odd_rows(
        self, call: UnifiedCall, record: AnswerRecording, parse: Any
    ) -> tuple[Any, list[Place]]:
        """Return what ccxt makes of the answers without their odd rows; None where it makes nothing of them."""
        wanted = self._wanted(call)
        bodies = [(at, body) for at, body in enumerate(record.bodies) if record.paths()[at] in wanted]
        try:
            places = [place for number, body in bodies for place in rows_by_path(body, call.rows, number)]
            return await parse_without_odd_rows(record, places, parse)
        except NoOddRowsError:
            return None, []


async def _without_odd_reference(record: AnswerRecording, parse: Parse, error: Exception) -> tuple[Any, list[Place]]:
    """Return what ccxt makes of reference data without its odd rows. Raises ``error`` where that does not help.

    Behind one odd list there may be another that was not asked for before.
    """
    known = 0
    while len(record.bodies) > known:
        known = len(record.bodies)
        places = [place for number, body in enumerate(record.bodies) for place in rows_anywhere(body, (number,))]
        try:
            return await parse_without_odd_rows(record, places, parse)
        except NoOddRowsError:
            continue
    raise error from None


def _odd_row(error: Exception) -> MalformedError:
    return MalformedError(_("ccxt stumbled over a row ({kind})").format(kind=type(error).__name__))
