"""Which answers of an exchange are the same for everybody, and what its table says about fields."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from auditor.exchanges.unified.spec import load_spec, read_requests
from auditor.spec.exchange import Exchange
from auditor.spec.fields import Field, Kind
from auditor.transport.ccxt.latest_call import UnsignedRequest

REFERENCE = frozenset({"markets", "networks", "prices"})
# Lists that ccxt reads before anything else, some of them with the key.
_LISTS = re.compile("currenc|coin|asset|symbol|instrument|market|product|ticker|contract|pair|getall", re.IGNORECASE)
Call = tuple[str, str, str]


def call_of(request: UnsignedRequest) -> Call:
    """Return section, method and path of a request."""
    return (request.section, request.method, request.path)


def answers_for_all(exchange: Exchange) -> tuple[frozenset[Call], frozenset[Call]]:
    """Return the requests whose answers are the same for everybody, and those of lists of coins and markets."""
    endpoints = exchange.endpoints()
    public = {(e.ccxt_section, e.method, e.path) for e in endpoints if e.public}
    listed = (s.endpoint for s in exchange.surfaces if s.id in REFERENCE and s.endpoint is not None)
    reference = {(e.ccxt_section, e.method, e.path) for e in listed}
    spec = load_spec(exchange.id)
    asked = {call.at for call in spec.calls} if spec else set()
    names = {e.path for e in exchange.identification.endpoints()}
    others = (r for r in read_requests(exchange.id) if r.path not in asked and r.name not in names)
    lists = (r for r in others if _LISTS.search(r.name))
    return frozenset(public), frozenset(reference | {(r.section, r.method, r.name) for r in lists})


def _call(request: UnsignedRequest) -> Call:
    return (request.section, request.method, request.path)


def declared_kinds(exchange: Exchange) -> Mapping[str, frozenset[Kind]]:
    """Return the kinds that the exchange's table declares for a field's name."""
    found: dict[str, set[Kind]] = defaultdict(set)
    lookups = (exchange.clock, exchange.status, exchange.identification.account, *exchange.ledgers)
    fields = [field for lookup in lookups for field in lookup.fields]
    fields += [field for surface in exchange.surfaces if surface.reader for field in surface.reader.fields]
    for field in _flat(fields):
        found[field.name].add(field.kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _flat(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _flat(field.of)
