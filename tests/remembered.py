"""Answers of the embedded exchange that were given before, said again: most of an audit asks what another one asked.

An answer is said again only where nothing that it was made of differs: the account and its key, the rows of the books
that the exchange looked into, the request and how long ago its moments are; and only where the fault of the test, which
is asked of each request as ever, leaves it alone. What is above ccxt runs as ever: guard, limits, retries, readers; but
for places that are read again from what they were read of before (`tests/remembered_readings.py`).
Not said again: an answer of a clock, one older than five minutes, and what a recorder or a log would miss.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import formatdate
from functools import lru_cache
from typing import Any

import orjson
from yarl import URL

from auditor.demo import account_files
from auditor.demo.faults import Call, Reply
from auditor.demo.model import Account
from auditor.demo.server import DemoExchange
from auditor.exchanges.unified import recorder
from auditor.exchanges.unified.recorder import CcxtError
from auditor.model.clock import now
from auditor.transport.ccxt import account as opening
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS
from tests import direct, known_answers, remembered_readings
from tests.ccxt_descriptions import description
from tests.noted_accounts import MAKING, Making, NotedAccount
from tests.remembered_readings import ASKED, Asked, decision_made

_CLOCK = re.compile(r"(^|/|_)(server)?-?time(stamp)?$", re.IGNORECASE)
_HOUR = 3600.0
_MOMENTS = ((13, 0.001), (10, 1.0))
"""Digits of a moment before its point, and the seconds of one unit."""
_STANDS = 300.0
"""Seconds for which the rows of named accounts are counted from the same moment."""
_CURSORS = frozenset({"after", "before"})
"""Parameters with the moment of a row, to the millisecond: the next page begins there."""


_TABLES: dict[int, object] = {}


class _Switch:
    on = True


@contextmanager
def nothing() -> Iterator[None]:
    """Within the block everything is asked anew."""
    _Switch.on = False
    try:
        yield
    finally:
        _Switch.on = True


def install() -> None:
    """Let requests of this process that are handed over directly be answered again."""
    DemoExchange.put = _putting(DemoExchange.put)  # type: ignore[method-assign]
    DemoExchange._log = _logging(DemoExchange._log)  # type: ignore[method-assign]
    # What is replaced is not exported where it is used.
    setattr(account_files, "time", _Clock())  # noqa: B010
    for module in (opening, recorder):
        setattr(module, "exact_class", _named(module.exact_class))  # noqa: B010
    remembered_readings.install(_served_to_reader, _key)


class _Clock:
    """The time of the named accounts: the same for a while, so that an account of the same name has the same rows."""

    def __init__(self) -> None:
        self._moment = 0.0

    def time(self) -> float:
        now_ = time.time()
        if not 0 <= now_ - self._moment < _STANDS:
            self._moment = now_
        return self._moment


def _putting(real: Any) -> Any:
    def put(served: DemoExchange, account: Account) -> None:
        is_noted = not any(map(_is_edited, account.refuses.values()))
        real(served, NotedAccount(account) if is_noted else account)
        served.__dict__["_noted"] = is_noted and served.__dict__.get("_noted", True)

    return put


def _is_edited(refusal: str | Reply) -> bool:
    """Whether a refusal holds a function, which no text tells from another."""
    return isinstance(refusal, Reply) and refusal.edit is not None


def _logging(real: Any) -> Any:
    def log(served: DemoExchange, call: Call) -> None:
        making = MAKING.get()
        if making is not None:
            making.calls.append(call)
        real(served, call)

    return log


def _named(real: Any) -> Any:
    def exact_class(base: Any, exchange: Any, keep: Any = None, freshness: Any = None) -> Any:
        made = real(base if keep is not None else _remembering(base), exchange, keep, freshness)
        made.table = exchange.api
        return made

    return exact_class


def _remembering(base: Any) -> Any:
    """Return ccxt's class ``base``, whose answers may be said again."""

    class Remembering(base):  # type: ignore[misc]
        """Asks what was not asked before."""

        remembers = True

        def __init__(self, config: Any) -> None:
            if not config.get("enableRateLimit"):
                self.__dict__.update({**description(base), "origin": self.uuid()})
                for name, value in config.items():
                    setattr(self, name, value)
            else:
                super().__init__(config)

        async def fetch2(self, path: Any, api: Any, method: Any, params: Any, *rest: Any, **named: Any) -> Any:
            """Return the answer that is known, or ask for one."""
            served, ask, reading = _served_to(self, path), super().fetch2, ASKED.get() or Asked()
            if served is None:
                reading.note(None, None)
                return await ask(path, api, method, params, *rest, **named)
            request = _request(served, self, (str(api), method, path), params)
            known, made = known_answers.find(request, served), decision_made(request)
            if made is None:
                if known is None:
                    return await _asked(request, ask(path, api, method, params, *rest, **named), reading)
                made = direct.decide(served, known.asked_now()), known.call.query
            decision, before = made
            if known is not None and decision.is_real(before):
                reading.note(request, known)
                return await _again(served, self, known)
            reading.note(request, None)
            with direct.decided(decision, before):
                return await ask(path, api, method, params, *rest, **named)

    Remembering.__name__ = Remembering.__qualname__ = base.__name__
    return Remembering


def _served_to(ccxt: Any, path: str) -> DemoExchange | None:
    """The demo exchange whose answers to ``ccxt`` may be said again, None where they may not."""
    if not (_Switch.on and direct.is_on()) or _CLOCK.search(path) or ccxt.logger.isEnabledFor(logging.DEBUG):
        return None
    served = _server(ccxt)
    if served is None or served._given or served._clock is not time.time:
        return None
    is_now = abs((now() - datetime.now(UTC)).total_seconds()) < 1
    is_noted = served.__dict__.get("_noted", True)
    return served if is_now and is_noted and not any(state.status_rows for state in served._states.values()) else None


def _served_to_reader(ccxt: Any) -> DemoExchange | None:
    return _served_to(ccxt, "") if getattr(ccxt, "remembers", False) else None


def _server(ccxt: Any) -> DemoExchange | None:
    """The one demo exchange that ``ccxt`` asks, None where it asks several."""
    if "_ports" not in ccxt.__dict__:
        ccxt.__dict__["_ports"] = {URL(url).port or 0 for url in _addresses(ccxt.urls["api"])}
    servers = [direct.served_at(port) for port in ccxt.__dict__["_ports"]]
    ours = [server for server in servers if server is not None]
    return ours[0] if ours and all(server is ours[0] for server in ours) else None


def _addresses(urls: Any) -> Iterator[str]:
    if isinstance(urls, dict):
        for inner in urls.values():
            yield from _addresses(inner)
    elif isinstance(urls, str) and urls.startswith("http"):
        yield urls


def _request(served: DemoExchange, ccxt: Any, call: tuple[str, str, str], params: Mapping[str, Any]) -> object:
    asked = tuple(sorted((name, str(value) if name in _CURSORS else _ago(value)) for name, value in params.items()))
    is_known = known_answers.account_of(served, ccxt.apiKey) is not None
    return is_known, _key(ccxt), call, asked


def _key(ccxt: Any) -> object:
    """Whose requests ``ccxt`` sends, by which table."""
    signed = ccxt.apiKey, ccxt.secret, ccxt.password, ccxt.uid, str(ccxt.headers), ccxt.options.get("sandboxMode")
    # What is kept has an address of its own.
    return type(ccxt).__name__, id(_TABLES.setdefault(id(ccxt.table), ccxt.table)), signed


def _ago(value: Any) -> str:
    """A parameter; a moment counts as so many hours ago."""
    text = str(value)
    whole = text.partition(".")[0]
    for digits, unit in _MOMENTS:
        if len(whole) == digits and whole.isdigit():
            return f"{round((time.time() - float(text) * unit) / _HOUR)} hours ago"
    return text


async def _asked(request: object, asking: Awaitable[Any], reading: Asked) -> Any:
    """Ask the exchange, and remember its answer where nothing but the request and the rows made it."""
    making, kept = Making(), None
    tokens = MAKING.set(making), direct.STRIKES.set(making.strikes)
    try:
        body = await asking
        kept = known_answers.keep(request, making, body)
    except ExchangeError as error:
        if type(error) in {ExchangeError, CcxtError}:
            kept = known_answers.keep(request, making, None, error)
        raise
    finally:
        reading.note(request, kept)
        MAKING.reset(tokens[0])
        direct.STRIKES.reset(tokens[1])
    return body


async def _again(served: DemoExchange, ccxt: Any, known: known_answers.Answer) -> Any:
    told = known.call
    query, now_ = dict(told.query), time.time()
    served._log(Call(told.method, told.path, query, told.account, told.status, told.code, told.address, now_))
    await asyncio.sleep(0)
    headers = {**known.headers, **({"Date": _date(int(now_))} if "Date" in known.headers else {})}
    ANSWER_HEADERS.set(headers)
    if "_dated" not in ccxt.__dict__:
        # The dates of other answers are compared with it.
        ccxt.__dict__["_dated"] = True
        ccxt.check_date("", headers)
    if known.error is not None:
        raise _same(known.error)
    return orjson.loads(known.body)


@lru_cache(1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


def _same(error: ExchangeError) -> ExchangeError:
    """The same error, which has not been raised yet."""
    again = type(error).__new__(type(error))
    again.__dict__.update(error.__dict__)
    again.args = error.args
    return again
