"""The lower bound: no audit that sends these requests can be faster, in any language.

It is the longest chain of round trips, or the fullest rate limit with the requests that must come before and after it,
whichever takes longer. Where requests of a key must arrive in order, all of them are one chain.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import floor

from auditor.demo import Call
from auditor.spec.endpoint import Cursor, Endpoint, Limit, Numbered, Offset, Token
from auditor.spec.exchange import Exchange
from auditor.transport.paths import fits


class Places:
    """The endpoints of an exchange, found by a call as the embedded exchange logs it."""

    def __init__(self, exchange: Exchange) -> None:
        """Write down each path with its service, and without where no other service has it."""
        prefix = exchange.api.prefix
        self._known: dict[tuple[str, str], Endpoint] = {}
        for endpoint in sorted(exchange.endpoints(), key=_service):
            path = endpoint.full_path(prefix).removeprefix("/api/v5/").lstrip("/")
            self._known.setdefault((endpoint.method, path), endpoint)
            self._known.setdefault((endpoint.method, f"{_service(endpoint)}:{path}"), endpoint)

    def __getitem__(self, call: Call) -> Endpoint:
        """Return the endpoint of a call. Raises KeyError for a call that no endpoint makes."""
        service, _colon, path = call.path.rpartition(":")
        name = f"{service}:{path.lstrip('/')}" if service else path.lstrip("/")
        if (call.method, name) in self._known:
            return self._known[call.method, name]
        fitting = (own for (method, known), own in self._known.items() if method == call.method and fits(known, name))
        endpoint = next(fitting, None)
        if endpoint is None:
            raise KeyError(call.path)
        return endpoint


def _service(endpoint: Endpoint) -> str:
    return endpoint.site.service if endpoint.site else ""


@dataclass(frozen=True, slots=True)
class LowerBound:
    """The lower bound of one pass.

    ``seconds``: the bound; ``window``: seconds of the ``fullest`` rate limit; ``trips``: round trips of the longest
    chain.
    """

    seconds: float
    window: float
    fullest: str
    trips: int


def lower_bound(exchange: Exchange, calls: Iterable[Call], latency: float) -> LowerBound:
    """Return the bound for one pass that made ``calls``. ``latency``: seconds of each answer."""
    calls_made, places = list(calls), Places(exchange)
    fullest, window = _fullest(exchange, calls_made, places)
    around, longest = _around(exchange, calls_made, places), _longest_list(calls_made, places)
    trips = max(around + longest, _in_order(exchange, calls_made, places))
    return LowerBound(max(trips * latency, (around + 1) * latency + window), window, fullest, trips)


def window_of(requests: int, cost: int, limit: int, seconds: float) -> float:
    """Return the least seconds from the first to the last of so many requests, at ``limit`` in any ``seconds``."""
    at_once = max(1, limit // max(1, cost))
    return floor((requests - 1) / at_once) * seconds if requests else 0.0


def _fullest(exchange: Exchange, calls: list[Call], places: Places) -> tuple[str, float]:
    counts: Counter[tuple[str, Hashable, Limit]] = Counter()
    for call in calls:
        endpoint = places[call]
        name = endpoint.limit.pool or endpoint.path + call.query.get(endpoint.limit_by or "", "")
        is_shared = endpoint.limit.shared or endpoint.public
        counts[name, None if is_shared else call.account, endpoint.limit] += 1
    windows = [
        (name, window_of(n, limit.cost, limit.requests, limit.seconds)) for (name, _, limit), n in counts.items()
    ]
    return max(windows, key=lambda entry: entry[1], default=(exchange.id, 0.0))


def _around(exchange: Exchange, calls: list[Call], places: Places) -> int:
    """Return the round trips around the readings: identification and ledgers, and the ledgers after confirmation."""
    lookups = (exchange.identification.account, exchange.identification.rights)
    own = {lookup.endpoint.path for lookup in lookups if lookup is not None and lookup.endpoint is not None}
    ledgers = {ledger.endpoint.path for ledger in exchange.ledgers if ledger.endpoint is not None}
    times = Counter((call.path, call.account) for call in calls if places[call].path in ledgers)
    return len(own) + (min(times.values()) if times else 0)


def _in_order(exchange: Exchange, calls: list[Call], places: Places) -> int:
    """Return the round trips of one key where the exchange takes one request of a key after the other."""
    if not exchange.api.in_order:
        return 0
    private = Counter(call.account for call in calls if not places[call].public)
    return max(private.values(), default=0)


def _longest_list(calls: list[Call], places: Places) -> int:
    """Return the largest number of pages of one list: they are sequential, since each depends on the previous one."""
    pages: Counter[tuple[Hashable, ...]] = Counter()
    for call in calls:
        cursor = _cursor(places[call])
        if cursor is not None:
            same = sorted((name, value) for name, value in call.query.items() if name != cursor)
            pages[call.account, call.path, *same] += 1
    return max(pages.values(), default=1)


def _cursor(endpoint: Endpoint) -> str | None:
    match endpoint.pagination:
        case Cursor(cursor=name) | Numbered(number=name) | Offset(skip=name) | Token(parameter=name):
            return name
    return None
