"""One odd row beside a good one, in every list of every exchange: both are told."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from auditor.demo import Call, Reply
from auditor.exchanges.unified import spec as facts
from auditor.exchanges.unified.odd_rows import rows_anywhere, rows_by_path
from auditor.exchanges.unified.spec import UnifiedCall
from auditor.model.snapshot import Unread, seen_records
from tests.exchanges.unified.answering import audit_stand_in
from tests.exchanges.unified.bodies import BODIES
from tests.exchanges.unified.conftest import IMITATED, Audit, Audited

ODD: dict[str, Any] = {"null": None, "a number": "5", "empty": {}, "fields of another type": {"?": []}}


def with_odd_row(body: Any, call: UnifiedCall, odd: Any) -> Any:
    """The body with an odd row before the good ones, if it has any."""
    first = next(rows_by_path(body, call.rows, 0), None)
    if first is None:
        return body
    body = place = deepcopy(body)
    for key in first[1:-1]:
        place = place[key]
    place.insert(0, odd) if isinstance(place, list) else place.update({"ODD": odd})
    return body


def calls(exchange: str) -> tuple[UnifiedCall, ...]:
    told = facts.load_spec(exchange)
    assert told is not None
    return tuple(call for call in told.calls if "@" not in call.rows and call.method != facts.ASK)


def held(audited: Audited) -> dict[str, set[str]]:
    """What each place holds."""
    found = {reading.surface: seen_records(reading.result) for reading in audited.account.readings}
    return {place: names for place, records in found.items() if (names := {r.subject for r in records if r.holds})}


def once(body: Any) -> Callable[[Any], Any]:
    """Answer so the first time, and as ever after that, as a list's next page would."""
    left = [body]

    def page(real: Any) -> Any:
        shown = left.pop() if left else real
        return {**real, **shown} if isinstance(shown, dict) else shown

    return page


def stand_in(exchange: str, odd: str | None) -> Audited:
    """Audit the account of `BODIES`, with an odd row in each list if there is a kind of it."""
    found = dict(BODIES[exchange])
    for call in {call.at.replace("*", "100"): call for call in calls(exchange)}.values():
        path = call.at.replace("*", "100")
        if path in found:
            body = found[path] if odd is None else with_odd_row(found[path], call, ODD[odd])
            found[path] = once(body) if call.pages or call.window else body
    return audit_stand_in(exchange, found)


@cache
def whole(exchange: str) -> dict[str, set[str]]:
    return held(stand_in(exchange, None))


def unread(audited: Audited) -> set[str]:
    return {reading.surface for reading in audited.account.readings if isinstance(reading.result, Unread)}


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("exchange", BODIES)
def test_one_odd_row_beside_a_good_one_and_both_are_told(exchange: str, odd: str) -> None:
    spoiled = stand_in(exchange, odd)
    listed = {call.id for call in calls(exchange)} & {*whole(exchange)}

    now = held(spoiled)
    assert {} == {place: names for place in listed if (names := whole(exchange)[place] - now.get(place, set()))}
    assert set() == listed - unread(spoiled)


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("exchange", IMITATED)
def test_one_odd_row_hides_nothing_of_what_an_account_holds(
    exchange: str, odd: str, audit: Audit, messy: dict[str, Audited]
) -> None:
    by_path = {call.at: call for call in calls(exchange)}

    def fault(call: Call) -> Reply | None:
        concerned = next((one for at, one in by_path.items() if alike(at, call.path)), None)
        return None if concerned is None else Reply(edit=lambda body: with_odd_row(body, concerned, ODD[odd]))

    before, spoiled = held(messy[exchange]), audit(exchange, "messy", fault=fault)
    now, listed = held(spoiled), {call.id for call in calls(exchange)} & {*before}
    assert {} == {place: names for place in listed if (names := before[place] - now.get(place, set()))}
    assert set() == listed - unread(spoiled)


def alike(known: str, path: str) -> bool:
    pairs = list(zip(known.split("/"), path.split("/"), strict=False))
    return known.count("/") == path.count("/") and all(part in {"*", own} for part, own in pairs)


MARKETS = {
    "kraken": "/0/public/AssetPairs",
    "bybit": "/v5/market/instruments-info",
    "gate": "/api/v4/spot/currency_pairs",
    "bitget": "/api/v3/market/instruments",
    "coinbase": "/api/v3/brokerage/market/products",
    "mexc": "/api/v3/exchangeInfo",
}


def with_odd_market(body: Any, odd: Any) -> Any:
    place = next(rows_anywhere(body, ()), None)
    if place is None:
        return body
    rows = body
    for key in place[:-1]:
        rows = rows[key]
    rows.insert(0, odd) if isinstance(rows, list) else rows.update({"ODD": odd})
    return body


@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("exchange", IMITATED)
def test_one_odd_market_hides_no_balance_and_no_other_market(
    exchange: str, odd: str, audit: Audit, messy: dict[str, Audited]
) -> None:
    def fault(call: Call) -> Reply | None:
        return Reply(edit=lambda body: with_odd_market(body, ODD[odd])) if call.path == MARKETS[exchange] else None

    spoiled = audit(exchange, "messy", fault=fault)
    assert any(call.path == MARKETS[exchange] for call in spoiled.calls)
    assert held(messy[exchange]) == held(spoiled)
    assert minima(messy[exchange]) == minima(spoiled)


def minima(audited: Audited) -> set[tuple[str, str]]:
    """Each asset among the dust with the smallest amount of it that can be sold."""
    return {(line.asset, str(line.min_notional)) for line in audited.report.dust}
