"""One place read again and again from the answers of one audit, each time with something changed in them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from unittest.mock import patch

from auditor.demo import Account
from auditor.spec.blanks import AccountSetup
from auditor.spec.client import Result
from auditor.spec.endpoint import Endpoint
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport.client import TableClient
from auditor.transport.request import RequestSender
from tests.exchanges.bench import Bench
from tests.exchanges.memory import MILLISECONDS
from tests.exchanges.places import table
from tests.exchanges.samples import load_samples

Params = Mapping[str, str]
Change = Callable[[Endpoint, object], None]

# Digits of a time in seconds.
SECONDS = 10


@dataclass(frozen=True)
class ReadingContext:
    """How a place was read: by which client, for which scope, with which account setup, when."""

    client: TableClient
    surface: Surface
    scope: Scope
    setup: AccountSetup
    now: datetime


@dataclass
class Recording:
    """Every reading of one place in an audit, and the bodies of its answers."""

    shared: Bench
    readings: list[ReadingContext] = field(default_factory=list)
    answers: list[tuple[Params, object]] = field(default_factory=list)

    def read(self, change: Change | None = None) -> list[Result]:
        """Read the place again from the same answers, each changed in place before it is looked at."""
        bodies = [(params, deepcopy(body)) for params, body in self.answers]
        if change is not None:
            first = self.readings[0]
            for _params, body in bodies:
                change(_endpoint(first), first.client.exchange.api.unwrap(body))

        async def again() -> list[Result]:
            return [await r.client._read(r.surface, r.scope, r.setup, r.now) for r in self.readings]

        async def sent(_sending: RequestSender, _endpoint: Endpoint, params: Params) -> object:
            return _nearest(bodies, params)

        with patch.object(RequestSender, "_sent", sent):
            return self.shared.run(again())


def _endpoint(reading: ReadingContext) -> Endpoint:
    assert reading.surface.endpoint is not None
    return reading.surface.endpoint


def _nearest(bodies: list[tuple[Params, object]], params: Params) -> object:
    """The answer to the same question, which was asked some moments earlier."""
    asked, times = _split(params)
    found = [(known_times, body) for known, body in bodies for own, known_times in [_split(known)] if own == asked]
    assert found, f"not asked before: {dict(params)}"
    return min(found, key=lambda pair: sum(abs(pair[0].get(name, 0) - value) for name, value in times.items()))[1]


def _split(params: Params) -> tuple[dict[str, str], dict[str, int]]:
    times = {
        name: int(value) for name, value in params.items() if len(value) in {SECONDS, MILLISECONDS} and value.isdigit()
    }
    return {name: value for name, value in params.items() if name not in times}, times


def record(shared: Bench, exchange: str, place: str, *accounts: Account) -> Recording:
    """Audit these accounts, and keep how this place of the first one was read."""
    recording = Recording(shared)
    with _recorded(recording, table(exchange).surfaces[place]):
        shared.read_at(place, *accounts, options=load_samples(exchange).options(place))
    return recording


@contextmanager
def _recorded(recording: Recording, surface: Surface) -> Iterator[None]:
    real_read, real_sent = TableClient._read, RequestSender._sent

    async def read(
        client: TableClient, read_surface: Surface, scope: Scope, setup: AccountSetup, now: datetime
    ) -> Result:
        if read_surface.id == surface.id:
            recording.readings.append(ReadingContext(client, surface, scope, setup, now))
        return await real_read(client, read_surface, scope, setup, now)

    async def sent(sending: RequestSender, endpoint: Endpoint, params: Params) -> object:
        body: Any = await real_sent(sending, endpoint, params)
        if endpoint is surface.endpoint:
            recording.answers.append((dict(params), deepcopy(body)))
        return body

    with patch.object(TableClient, "_read", read), patch.object(RequestSender, "_sent", sent):
        yield
