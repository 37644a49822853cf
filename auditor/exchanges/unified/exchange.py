"""Any exchange that ccxt knows and that has no table of its own: as much as ccxt's unified methods honestly give.

What they cannot read is a place of its own that stays unread, so that such an account is never called clean. Only
requests that are written down as reads are sent (``unified/reads``); of an exchange without such a list, nothing is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NoReturn

from auditor.exchanges.catalogue import every, listed
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.spec import Call, Gap, Told
from auditor.model.records import Area
from auditor.model.snapshot import Read, Reading
from auditor.spec.surface import Exchange, Limit, Scope, Surface

NO_METHOD = "no method"
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


def table(exchange: str) -> Exchange:
    """What can be read there. Raises KeyError for an id that ccxt does not have."""
    entry = listed(exchange)
    if exchange not in every() or entry is None:
        raise KeyError(exchange)
    told = facts.told(exchange)
    return Exchange(
        id=exchange,
        name=entry.name,
        credentials=entry.credentials if told else (),
        prefix="",
        surfaces=tuple(_surfaces(exchange, told)),
        identity=_identity(exchange, told),
        identify=_never,
        clock=_gap("clock", Gap(area=Area.STATUS, title="Server time")),
        status=_gap("account-status", Gap(area=Area.STATUS, title="Restrictions of the account, and maintenance")),
        ledgers=(),
        outages=_never,
        unwrap=_never,
        code=lambda _body: None,
        errors={},
        sandbox_codes={},
        beyond=(),
        line=_line,
    )


def _identity(exchange: str, told: Told | None) -> Surface:
    asked = [r for r in facts.requests(exchange) if told is not None and r.name == told.proof]
    method, path = (asked[0].method, asked[0].path) if asked else NO_METHOD.split()
    return _place("key", Area.STATUS, "What the key may do, and whose it is", method, path)


def _surfaces(exchange: str, told: Told | None) -> Iterator[Surface]:
    """Every place that is read, and every one that is not, so that no area is passed over in silence."""
    calls, gaps = (told.calls, told.gaps) if told else ((), ())
    verbs = {request.path: request.method for request in facts.requests(exchange)}
    seen = tuple(call.id for call in calls if call.area in {Area.BALANCES, Area.FLOWS})
    yield from (_called(call, verbs[call.at], seen) for call in calls)
    yield from (_gap(f"unread-{gap.area}-{number}", gap) for number, gap in enumerate(gaps, 1))
    for area, title in AREAS.items():
        if not any(call.area is area for call in calls):
            yield from (
                () if any(gap.area is area for gap in gaps) else (_gap(f"unread-{area}", Gap(area=area, title=title)),)
            )
        elif told is None or area not in told.full:
            yield _gap(f"unread-{area}-others", Gap(area=area, title=f"{title}: {OTHERS[0].lower()}{OTHERS[1:]}"))
    if told is not None:
        wallets = tuple(call.id for call in calls if call.area is Area.BALANCES)
        yield from (_reference(name, title, wallets) for name, title in REFERENCE.items())


def _called(call: Call, verb: str, seen: tuple[str, ...]) -> Surface:
    """``seen``: the places whose assets say in which markets to ask, where a list must name its market."""
    place = _place(call.id, call.area, call.title, verb, call.at)
    asked = replace(place, modes=frozenset({call.mode}) if call.mode else None)
    if call.each is None or not call.each.places:
        return asked
    first = {*call.each.places, *(seen if call.each.what == "market" else ())}
    return replace(asked, after=tuple(sorted(first)), plan=partial(when_these_were_read, call.each.places))


def when_these_were_read(places: Sequence[str], read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope] | None:
    """Ask once, unless a place was not read without which nobody can tell what to ask for."""
    results = [reading.result for place in places for reading in read[place]]
    return [Scope()] if results and all(isinstance(result, Read) for result in results) else None


def _gap(name: str, gap: Gap) -> Surface:
    return _place(name, gap.area, gap.title, *NO_METHOD.split())


def _reference(name: str, title: str, wallets: tuple[str, ...]) -> Surface:
    return _place(name, Area.BALANCES, title, "GET", "public data", after=wallets, plan=when_something_is_left)


def when_something_is_left(read: Mapping[str, Sequence[Reading]]) -> Sequence[Scope]:
    """Ask once when any balance is not zero."""
    results = (reading.result for readings in read.values() for reading in readings)
    left = any(record.holds for result in results if isinstance(result, Read) for record in result.records)
    return [Scope()] if left else []


def _place(name: str, area: Area, title: str, method: str, path: str, **more: Any) -> Surface:
    return Surface(
        id=name,
        area=area,
        title=title,
        method=method,
        path=path,
        limit=Limit(1, 1),
        proves=(),
        read=_never,
        source="ccxt",
        value=area not in {Area.ORDERS, Area.STATUS} and not more,
        **more,
    )


def _never(*_arguments: object) -> NoReturn:
    raise NotImplementedError  # the line reads these places by itself


def _line(*arguments: Any, **named: Any) -> Any:
    """Ccxt and aiohttp are loaded when something is asked."""
    from auditor.exchanges.unified.client import UnifiedLine  # noqa: PLC0415

    return UnifiedLine(*arguments, **named)
