"""The answers of the embedded exchange that can be said again, by their requests."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from auditor.demo.faults import Call
from auditor.demo.model import Account
from auditor.demo.server import DemoExchange
from auditor.transport.ccxt.answer_errors import ExchangeError
from auditor.transport.ccxt.latest_call import ANSWER_HEADERS, NO_HEADERS
from tests.noted_accounts import Making, NotedAccount

FRESH = 300.0
"""Seconds."""
MOST = 6
"""Answers to one request that are kept: those for other rows."""
MANY = 2000
"""Requests, beyond which those whose answers came first are forgotten."""


@dataclass(frozen=True)
class Answer:
    """An answer that can be said again: ``body`` as JSON, or the error that ccxt's class made of it."""

    given: float
    call: Call
    looked_into: Mapping[tuple[str, str], str]
    body: bytes
    error: ExchangeError | None
    headers: Mapping[str, str]

    @property
    def is_fresh(self) -> bool:
        """Whether it was given just now."""
        return time.monotonic() - self.given < FRESH

    def asked_now(self) -> Call:
        """The request as it arrives now."""
        call = self.call
        return Call(call.method, call.path, dict(call.query), call.account, address=call.address, at=time.time())

    def fits(self, served: DemoExchange) -> bool:
        """Whether it would be made of the same rows, and was given just now."""
        return self.is_fresh and is_written(served, self.looked_into)


_KNOWN: OrderedDict[object, list[Answer]] = OrderedDict()


def find(request: object, served: DemoExchange) -> Answer | None:
    """Return the answer that the exchange would give again, None where it must be asked."""
    return next((one for one in _KNOWN.get(request, ()) if one.fits(served)), None)


def forget() -> None:
    """Ask everything anew once."""
    _KNOWN.clear()


def _json(body: object) -> bytes | None:
    try:
        return orjson.dumps(body)
    except TypeError:
        return None


def keep(request: object, making: Making, answered: object, error: ExchangeError | None = None) -> Answer | None:
    """Remember an answer, and return it, where nothing but the request and the account made it."""
    body = _json(answered)
    if body is None or making.strikes or len(making.calls) != 1:
        return None
    headers = dict(ANSWER_HEADERS.get(NO_HEADERS))
    answer = Answer(time.monotonic(), making.calls[0], making.looked_into, body, error, headers)
    _KNOWN[request] = [answer, *_KNOWN.get(request, ())][:MOST]
    _KNOWN.move_to_end(request)
    if len(_KNOWN) > MANY:
        _KNOWN.popitem(last=False)
    return answer


def is_written(served: DemoExchange, looked_into: Mapping[tuple[str, str], str]) -> bool:
    """Whether these parts of the accounts are as they were."""
    accounts = {key: account_of(served, key) for key in {key for key, _part in looked_into}}
    return all(_written(accounts[key], part) == text for (key, part), text in looked_into.items())


def account_of(served: DemoExchange, key: str) -> Account | None:
    for state in served._states.values():
        if key in state.accounts:
            return state.accounts[key]
    return None


def _written(account: Account | None, part: str) -> str | None:
    return account.written(part) if isinstance(account, NotedAccount) else None
