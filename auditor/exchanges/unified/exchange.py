"""An exchange of ccxt's that has no table, described by its unified methods.

What they cannot read is a surface that stays unread, so that such an account is never called clean. Only requests on
the exchange's list of reads are sent (``unified/reads``); without such a list, none.
"""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from auditor.exchanges.catalogue import catalogue_entry, ccxt_ids
from auditor.exchanges.shared.envelopes import whole_body
from auditor.exchanges.shared.identities import TITLE
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.codes import load_codes
from auditor.exchanges.unified.spec import NeverOpened, UnifiedCall, UnifiedSpec
from auditor.model.records import Area
from auditor.model.snapshot import Reading, seen_records, time_read
from auditor.spec.endpoint import Endpoint, Limit
from auditor.spec.exchange import Api, Exchange
from auditor.spec.identity import Identification, Lookup
from auditor.spec.reader import Scope
from auditor.spec.surface import AppliesTo, NeverUsed, RequestPlan, Surface

EXCHANGES = Path(__file__).parents[1]
REFERENCE = {"markets": "Spot markets", "prices": "Last prices", "networks": "Networks and withdrawal minimums"}
OTHERS = "Other places than this program reads"
AREAS: Mapping[Area, str] = {
    Area.BALANCES: "Balances",
    Area.ORDERS: "Open orders",
    Area.POSITIONS: "Positions",
    Area.EARN: "Earn, staking and savings",
    Area.DEBTS: "Loans and margin debts",
    Area.FLOWS: "Deposits and withdrawals under way",
    Area.BOTS: "Trading bots and copy trading",
    Area.SUBACCOUNTS: "Sub-accounts",
}


@cache
def unified_exchange(exchange: str) -> Exchange:
    """Return the exchange as the unified methods read it.

    Raises KeyError for an id that ccxt does not have.
    """
    entry = catalogue_entry(exchange)
    if exchange not in ccxt_ids() or entry is None:
        raise KeyError(exchange)
    spec = facts.load_spec(exchange)
    return Exchange(
        id=exchange,
        name=entry.name,
        api=Api(
            credentials=entry.credentials if spec else (),
            unwrap=_unwrap(exchange),
            error_code=lambda _body: None,  # ccxt detects errors here
        ),
        identification=_identification(exchange, spec),
        clock=Lookup(id="clock", title="Server time", endpoint=None),
        status=Lookup(id="account-status", title="Restrictions of the account, and maintenance", endpoint=None),
        surfaces=tuple(_surfaces(exchange, spec)),
        history=_declared(exchange, "history", "HISTORY"),
        archive_api=_declared(exchange, "archive_api", "API"),
    )


def _declared(exchange: str, module: str, name: str) -> Any:
    """Return what a module of the exchange's folder declares for its archive, None where there is no such module."""
    if not (EXCHANGES / exchange / f"{module}.py").is_file():
        return None
    return getattr(importlib.import_module(f"auditor.exchanges.{exchange}.{module}"), name)


def has_identification(exchange: str) -> bool:
    """Return whether the exchange has a request for a key's rights."""
    return (EXCHANGES / exchange / "identity.py").is_file()


def _unwrap(exchange: str) -> Callable[[object], object]:
    if not has_identification(exchange):
        return whole_body
    unwrap: Callable[[object], object] = importlib.import_module(f"auditor.exchanges.{exchange}.envelope").unwrap
    return unwrap


def _identification(exchange: str, spec: UnifiedSpec | None) -> Identification:
    """Return how to identify keys, with the request of the exchange's list of reads."""
    proofs = [r for r in facts.read_requests(exchange) if spec is not None and r.name == spec.proof]
    endpoint = _endpoint(proofs[0].method, proofs[0].path) if proofs else None
    if spec is None or not has_identification(exchange):
        return Identification(account=Lookup(id="key", title=TITLE, endpoint=endpoint))
    identification: Identification = importlib.import_module(f"auditor.exchanges.{exchange}.identity").IDENTIFICATION
    return identification


def _surfaces(exchange: str, spec: UnifiedSpec | None) -> Iterator[Surface]:
    """Yield a surface for every place that is read and for every one that is not, so that no area is omitted."""
    calls, gaps = (spec.calls, spec.gaps) if spec else ((), ())
    requests, codes = {request.path: request for request in facts.read_requests(exchange)}, load_codes(exchange)
    seen = tuple(call.id for call in calls if call.area in {Area.BALANCES, Area.FLOWS})
    never = spec.never_opened if spec else ()
    for call in calls:
        request = requests[call.at]
        surface = _call_surface(call, request.method, seen)
        box = codes.box(request.section, request.name)
        yield replace(surface, right=box, never_used=_never_used(call, never))
    yield from (gap_surface(f"unread-{gap.area}-{number}", gap.area, gap.title) for number, gap in enumerate(gaps, 1))
    for area, title in AREAS.items():
        if not any(call.area is area for call in calls):
            yield from () if any(gap.area is area for gap in gaps) else (gap_surface(f"unread-{area}", area, title),)
        elif spec is None or area not in spec.full:
            yield others_surface(area)
    if spec is not None:
        wallets = tuple(call.id for call in calls if call.area is Area.BALANCES)
        yield from (_reference(name, title, wallets) for name, title in REFERENCE.items())


def _never_used(call: UnifiedCall, never: Sequence[NeverOpened]) -> NeverUsed:
    return NeverUsed(codes={entry.code: entry.meaning for entry in never if call.id in entry.calls})


def _call_surface(call: UnifiedCall, verb: str, seen: tuple[str, ...]) -> Surface:
    """Return the surface of a call.

    ``seen``: the surfaces whose assets select the markets to request.
    """
    surface = Surface(
        id=call.id,
        area=call.area,
        title=call.title,
        endpoint=_endpoint(verb, call.at),
        applies_to=AppliesTo(modes=frozenset({call.mode}) if call.mode else None),
        value=_can_hold_value(call.area),
    )
    if call.each is None or not call.each.places:
        return surface
    first = {*call.each.places, *(seen if call.each.what == "market" else ())}
    scopes = partial(scopes_when_read, call.each.places)
    return replace(surface, plan=RequestPlan(after=tuple(sorted(first)), scopes=scopes))


def scopes_when_read(places: Sequence[str], read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """Plan one request, unless a surface that decides what to request was not read, not even in part."""
    results = [reading.result for place in places for reading in read[place]]
    return [Scope()] if results and all(time_read(result) is not None for result in results) else None


def gap_surface(name: str, area: Area, title: str) -> Surface:
    """Return a surface that no request reads: always Unread, so that the account is never called clean."""
    return Surface(id=name, area=area, title=title, endpoint=None, value=_can_hold_value(area))


def others_surface(area: Area) -> Surface:
    """Return the surface for an area's places that no other surface reads."""
    return gap_surface(f"unread-{area}-others", area, f"{AREAS[area]}: {OTHERS[0].lower()}{OTHERS[1:]}")


def _can_hold_value(area: Area) -> bool:
    return area not in {Area.ORDERS, Area.STATUS}


def _endpoint(method: str, path: str) -> Endpoint:
    """Return a request as reports show it; ccxt's method sends it."""
    return Endpoint(method=method, path=path, limit=Limit(1, 1), source="ccxt")


def _reference(name: str, title: str, wallets: tuple[str, ...]) -> Surface:
    return Surface(
        id=name,
        area=Area.BALANCES,
        title=title,
        endpoint=_endpoint("GET", "public data"),
        plan=RequestPlan(after=wallets, scopes=scopes_when_left),
        value=False,
    )


def scopes_when_left(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
    """Plan one request when any balance is not zero."""
    results = (reading.result for readings in read.values() for reading in readings)
    holds_any = any(record.holds for result in results for record in seen_records(result))
    return [Scope()] if holds_any else []
