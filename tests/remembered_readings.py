"""Places that were read before, read again without their requests: of most audits a test is about one place.

A reading is taken again only where each answer that it was made of would be said again (`tests/remembered.py`): the
account's rows are the same, and the fault of the test, which is asked of each request as ever, leaves all of them
alone. Otherwise the place is read, and the fault is not asked again of what it was asked already. Everything is read
where a test replaces any part of the program, where the exchange asked for a pause, where its clock or a login matters,
and where requests are paced.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any
from unittest import mock

import pytest

from auditor.demo.faults import Call
from auditor.demo.server import DemoExchange
from auditor.model.clock import now
from auditor.model.snapshot import NotApplicable, Read, Unread, time_read
from auditor.spec.client import Result
from auditor.transport.client import TableClient
from tests import direct, known_answers
from tests.known_answers import FRESH, Answer

MOST = 4
"""Readings of one place that are kept: those of other rows."""
MANY = 4000
"""Places, beyond which those that were read first are forgotten."""


@dataclass
class Asked:
    """The requests of a reading, each with its answer. ``whole``: whether each can be said again."""

    answers: list[tuple[object, Answer]] = field(default_factory=list)
    whole: bool = True

    def note(self, request: object, answer: Answer | None) -> None:
        """Note a request; one without an answer that can be said again leaves the reading out."""
        if answer is None:
            self.whole = False
        else:
            self.answers.append((request, answer))


ASKED: ContextVar[Asked | None] = ContextVar("asked", default=None)
"""The reading that a task asks for."""
Decided = tuple[direct.Decision, Mapping[str, str]]
"""What the fault made of a request, and of which parameters."""
Made = Mapping[object, deque[Decided]]
_MADE: ContextVar[Made | None] = ContextVar("made", default=None)
"""What the fault made of requests before they were sent."""


def decision_made(request: object) -> Decided | None:
    """What the fault made of this request already, None where it was not asked."""
    made = (_MADE.get() or {}).get(request)
    return made.popleft() if made else None


@dataclass(frozen=True)
class Known:
    """A reading that can be taken again, and all that its answers were made of."""

    result: Result
    answers: tuple[tuple[object, Answer], ...]
    looked_into: Mapping[tuple[str, str], str]
    given: float

    def fits(self, served: DemoExchange) -> bool:
        """Whether all its answers would be the same."""
        return time.monotonic() - self.given < FRESH and known_answers.is_written(served, self.looked_into)


_KNOWN: OrderedDict[object, list[Known]] = OrderedDict()
_KEPT: dict[int, object] = {}
"""What keys name by its address."""
_replaced: set[int] = set()
"""Who replaces a part of the program at the moment."""


def install(served_to: Callable[[Any], DemoExchange | None], signed: Callable[[Any], object]) -> None:
    """Take readings again in this process. ``served_to``: whose answers; ``signed``: what tells keys apart."""
    TableClient._read = _reading(TableClient._read, served_to, signed)  # type: ignore[method-assign]
    for name in ("setattr", "delattr", "setitem", "delitem"):
        setattr(pytest.MonkeyPatch, name, _noted(getattr(pytest.MonkeyPatch, name)))
    pytest.MonkeyPatch.undo = _over(pytest.MonkeyPatch.undo)  # type: ignore[method-assign]
    patches: list[Any] = [mock._patch, mock._patch_dict]
    for one in patches:
        one.__enter__, one.__exit__ = _noted(one.__enter__), _over(one.__exit__)


def count_from_now() -> None:
    """Take what is replaced by now for the program: it stays so for all tests."""
    _replaced.clear()


@contextmanager
def wrapped(owner: object, name: str, wrapper: object) -> Iterator[None]:
    """Within the block, put what only notes or remembers around a part of the program, which counts as unchanged."""
    real = getattr(owner, name)
    setattr(owner, name, wrapper)
    try:
        yield
    finally:
        setattr(owner, name, real)


def _noted(real: Any) -> Any:
    def replacing(who: Any, *arguments: Any, **named: Any) -> Any:
        target = getattr(who, "in_dict", arguments[0] if arguments else None)
        if target is not os.environ and target is not sys:
            _replaced.add(id(who))
        return real(who, *arguments, **named)

    return replacing


def _over(real: Any) -> Any:
    def undo(who: Any, *arguments: Any) -> Any:
        _replaced.discard(id(who))
        return real(who, *arguments)

    return undo


def _reading(real: Any, served_to: Callable[[Any], DemoExchange | None], signed: Callable[[Any], object]) -> Any:
    async def _read(client: Any, surface: Any, scope: Any, setup: Any, at: Any) -> Result:
        served = served_to(client._ccxt) if surface.endpoint is not None and _is_plain(client) else None
        if served is None:
            return await real(client, surface, scope, setup, at)  # type: ignore[no-any-return]
        key = signed(client._ccxt), id(_KEPT.setdefault(id(surface), surface)), repr(scope), setup
        made: Made | None = None
        known = next((one for one in _KNOWN.get(key, ()) if one.fits(served)), None)
        if known is not None:
            made = _made(served, known.answers)
            if made is None:
                return await _again(served, known)
        asked, token = Asked(), _MADE.set(made)
        try:
            with _asking(asked):
                result: Result = await real(client, surface, scope, setup, at)
        finally:
            _MADE.reset(token)
        if asked.whole and asked.answers and _is_plain(client):
            _keep(key, result, asked)
        return result

    return _read


@contextmanager
def _asking(asked: Asked) -> Iterator[None]:
    token = ASKED.set(asked)
    try:
        yield
    finally:
        ASKED.reset(token)


def _is_plain(client: Any) -> bool:
    """Whether nothing but its answers decides what this client makes of a place."""
    if _replaced or client._options.pace or client.skew is not None or client.exchange.api.login is not None:
        return False
    if client.deadline is not None and asyncio.get_running_loop().time() >= client.deadline:
        return False
    limits = client._host.limits, client._sending._private
    return not any(one._until for some in limits for one in (some.silence, *some._silences.values()))


def _made(served: DemoExchange, answers: Iterable[tuple[object, Answer]]) -> Made | None:
    """What the fault makes of these requests, up to the first that it strikes; None where it leaves all alone."""
    if served.fault is None:
        return None
    made = defaultdict[object, deque[Decided]](deque)
    before = _accounts(served)
    for request, answer in answers:
        decision = direct.decide(served, answer.asked_now())
        made[request].append((decision, answer.call.query))
        if not decision.is_real(answer.call.query):
            return made
    # A fault may change an account.
    return None if before == _accounts(served) else made


def _accounts(served: DemoExchange) -> list[int]:
    return [id(one) for state in served._states.values() for one in state.accounts.values()]


async def _again(served: DemoExchange, known: Known) -> Result:
    for _request, answer in known.answers:
        told, at = answer.call, time.time()
        served._log(
            Call(told.method, told.path, dict(told.query), told.account, told.status, told.code, told.address, at)
        )
    await asyncio.sleep(0)
    return known.result if isinstance(known.result, NotApplicable) else _at(known.result)


def _at(result: Read | Unread) -> Result:
    """A result of now, as far as it saw anything."""
    return result if time_read(result) is None else replace(result, at=now())


def _keep(key: object, result: Result, asked: Asked) -> None:
    parts = {part: text for _request, one in asked.answers for part, text in one.looked_into.items()}
    given = min(one.given for _request, one in asked.answers)
    if any(parts[part] != text for _request, one in asked.answers for part, text in one.looked_into.items()):
        return
    _KNOWN[key] = [Known(result, tuple(asked.answers), parts, given), *_KNOWN.get(key, ())][:MOST]
    _KNOWN.move_to_end(key)
    if len(_KNOWN) > MANY:
        _KNOWN.popitem(last=False)


def forget() -> None:
    """Read everything anew once."""
    _KNOWN.clear()
