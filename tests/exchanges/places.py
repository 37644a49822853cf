"""A table as the tests go through it: every place that is asked, by the demo's names, and who sent a request."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from auditor.demo import Account, Call, Fault, Reply
from auditor.demo.venue import Request, find_venue
from auditor.exchanges.registry import load
from auditor.model.snapshot import Standing
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from auditor.spec.fields import Field
from auditor.spec.surface import Surface
from tests.exchanges.samples import load_samples

Answer = Callable[[Call], Reply | None]


@dataclass(frozen=True)
class Place:
    """Something that is asked: a surface, or (``surface`` None) a question about the key or the exchange itself."""

    id: str
    endpoint: Endpoint
    fields: tuple[Field, ...] = ()
    surface: Surface | None = None


class Table:
    """One exchange's own table. What only ccxt's unified methods read, beside a partial table, is no part of it."""

    def __init__(self, exchange: Exchange) -> None:
        """Look at this table."""
        self.exchange = exchange

    @cached_property
    def surfaces(self) -> Mapping[str, Surface]:
        """Every place that can hold something, by id."""
        return {one.id: one for one in self.exchange.surfaces if one.reader is not None}

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Everything that is asked, by id, but for the clock."""
        return {place.id: place for place in (*self._questions(), *map(_place, self.surfaces.values()))}

    def _questions(self) -> Iterator[Place]:
        known = self.exchange.identification
        for lookup in (known.account, known.rights, self.exchange.status, *self.exchange.ledgers):
            if lookup is not None and lookup.endpoint is not None:
                yield Place(lookup.id, lookup.endpoint, lookup.fields)
        if known.sub_account is not None:
            yield Place("key-kind", known.sub_account.endpoint)
        yield from (Place(f"key-{number}", endpoint) for number, endpoint in enumerate(known.further, 1))

    def path(self, endpoint: Endpoint) -> str:
        """The path as the demo names it."""
        whole = endpoint.full_path(self.exchange.api.prefix)
        return find_venue(self.exchange.id).describe(Request(endpoint.method, whole, whole))[0]

    def afresh(self, place: str, *accounts: Account) -> frozenset[str]:
        """The endpoints' paths whose answers depend on this place's, and on what these accounts hold.

        All of its own fault, and of the places that add up what others hold.
        """
        samples = load_samples(self.exchange.id)
        asked = {place, *samples.totals, *samples.derived}
        held = {path for account in accounts for path, rows in account.books.items() if rows != samples.bare.rows(path)}
        clock = () if self.exchange.clock.endpoint is None else (self.exchange.clock.endpoint.path,)
        depending = (one for one in self.places.values() if one.id in asked or self._paths[one.id] in held)
        return frozenset((*clock, *(one.endpoint.path for one in depending)))

    def says_whose(self, endpoint: Endpoint) -> bool:
        """Whether this very request says whose the key is, or what it may do."""
        return self._request(endpoint) in map(self._request, self.exchange.identification.endpoints())

    def says_whose_of(self, place: str) -> bool:
        """The same of a place."""
        return self.says_whose(self.places[place].endpoint)

    def is_documented(self, place: str) -> bool:
        """Whether the account is unproved when this place cannot be read, whatever the refusal."""
        surface = self.surfaces.get(place)
        return surface is None or (surface.standing is Standing.DOCUMENTED and not surface.manual_check.some_accounts)

    def asked_by(self, call: Call) -> str | None:
        """The place that sent this request: of several at one path, the one most of whose parameters it carries."""
        fitting = [
            (len(query.params), place.id)
            for place in self._asked_at.get((call.method, call.path), ())
            for query in place.endpoint.queries
            if query.params.items() <= call.query.items()
        ]
        return max(fitting)[1] if fitting else None

    def only_at(self, place: str, answer: Answer) -> Fault:
        """The fault that strikes this place's requests, and those that cannot be told from them."""
        path = self._paths[place]
        return lambda call: answer(call) if call.path == path and self.is_asked(place, call) else None

    def is_asked(self, place: str, call: Call) -> bool:
        """Whether this place sent the request, or one that cannot be told from it."""
        return self.asked_by(call) in self.alike(place)

    def struck_with(self, place: str) -> set[str]:
        """The places that need this one's answer: those asked alike, and those planned by what they show."""
        struck = self.alike(place)
        plans = {one.id: set(one.plan.after) for one in self.exchange.surfaces if one.plan is not None}
        while more := {name for name, after in plans.items() if after & struck} - struck:
            struck |= more
        return struck

    def alike(self, place: str) -> set[str]:
        """The places whose requests cannot be told from this one's."""
        return set(self._alike[self._request(self.places[place].endpoint)])

    @cached_property
    def _alike(self) -> Mapping[tuple[str, str, str], Sequence[str]]:
        """The places by their requests."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for one in self.places.values():
            found.setdefault(self._request(one.endpoint), []).append(one.id)
        return found

    @cached_property
    def _asked_at(self) -> Mapping[tuple[str, str], Sequence[Place]]:
        """The places by method and path."""
        found: dict[tuple[str, str], list[Place]] = {}
        for one in self.places.values():
            found.setdefault((one.endpoint.method, self._paths[one.id]), []).append(one)
        return found

    @cached_property
    def _paths(self) -> Mapping[str, str]:
        return {place.id: self.path(place.endpoint) for place in self.places.values()}

    def _request(self, endpoint: Endpoint) -> tuple[str, str, str]:
        return endpoint.method, self.path(endpoint), str(endpoint.queries)


def _place(surface: Surface) -> Place:
    assert surface.endpoint is not None
    assert surface.reader is not None
    return Place(surface.id, surface.endpoint, surface.reader.fields, surface)


@cache
def table(exchange: str) -> Table:
    """The table of an exchange."""
    return Table(load(exchange))


@cache
def area_of(exchange: str, place: str) -> tuple[str, str]:
    """The exchange and the area of a place; what asks about the key or the exchange itself is one more area."""
    surface = table(exchange).surfaces.get(place)
    return exchange, "" if surface is None else surface.area
