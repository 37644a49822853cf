"""One odd row beside good ones, at every place of every table: the good ones are told, and the place is unread."""

from collections.abc import Callable
from typing import Any

import pytest

from auditor.model.records import Record
from auditor.model.snapshot import Unread, seen_records
from auditor.spec.client import Result
from auditor.spec.endpoint import Endpoint
from auditor.spec.rows import object_row, single_row
from tests.exchanges import spoiling
from tests.exchanges.bench import Bench
from tests.exchanges.places import area_of, table
from tests.exchanges.replay import record
from tests.exchanges.samples import load_samples, sampled

ODD: dict[str, Callable[[dict[str, Any]], object]] = {
    "no object": lambda _row: 5,
    "an empty object": lambda _row: {},
    "a row of nothing": dict.fromkeys,
}
# Answers of one row: there is no other beside it.
SINGLE = (single_row, object_row)


def has_rows(exchange: str, place: str) -> bool:
    """Whether a strict field of a row in a list could be odd there."""
    asked = table(exchange).places[place]
    return bool(asked.fields) and asked.endpoint.rows not in SINGLE


PLACES = [
    (exchange, place)
    for exchange in sampled()
    for place in load_samples(exchange).holding_places
    if place in table(exchange).places and has_rows(exchange, place)
]


def is_entry(value: object, row: dict[str, Any]) -> bool:
    """Whether a value of an object is this row, to which its key was added."""
    return isinstance(value, dict) and len(row) == len(value) + 1 and value.items() <= row.items()


def with_odd_row(data: object, row: dict[str, Any], odd: object) -> bool:
    """Put the odd row in front of this one, in the list or object that holds it; return whether any does."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            if item is row:
                data.insert(index, odd)
                return True
    if isinstance(data, dict) and (key := next((key for key in data if is_entry(data[key], row)), None)) is not None:
        entries = {f"{key}9": odd, **data}
        data.clear()
        data.update(entries)
        return True
    inside = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return any(with_odd_row(item, row, odd) for item in inside)


def held(results: list[Result]) -> set[tuple[type[Record], str, str | None]]:
    found = (one for result in results for one in seen_records(result))
    return {(type(one), one.subject, one.owner) for one in found if one.holds}


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), PLACES)
def test_one_odd_row_beside_a_good_one_and_both_are_told(shared: Bench, exchange: str, place: str) -> None:
    recording = record(shared, exchange, place, *load_samples(exchange).holding(place))
    healthy = held(recording.read())
    assert healthy
    for name, odd in ODD.items():
        struck: list[bool] = []

        def change(endpoint: Endpoint, data: object, odd: Callable[[dict[str, Any]], object] = odd) -> None:
            rows = spoiling.rows_of(endpoint, data)
            struck.extend(with_odd_row(data, row, odd(row)) for row in rows[:1])  # noqa: B023 - used within its round

        results = recording.read(change)
        if not any(struck):
            pytest.skip("the rows are no list")
        assert (set(), True) == (healthy - held(results), any(isinstance(one, Unread) for one in results)), name
