"""The hand-written lists of what an audit may ask, against the table it asks from, and against what it really asks.

Where they differ, one of the two is wrong: find out which from the exchange's documentation. Never copy.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from auditor.config import exchange_config
from auditor.demo import Call
from auditor.exchanges import known, load
from auditor.wire.guard import AllowList
from auditor.wire.surface import Query, Surface
from tests.conftest import Audit

HERE = Path(__file__).parent
SAME_AS = {"myokx": "okx", "okxus": "okx"}
OKX = ("okx", *SAME_AS)
# A key of one site does not exist at another, but all of them are OKX's own and may stand in a base_url of okx.
SITES = [
    ("okx", "www.okx.com"),
    ("okx", "openapi.okx.com"),
    ("okx", "eea.okx.com"),
    ("okx", "us.okx.com"),
    ("okx", "app.okx.com"),
    ("myokx", "eea.okx.com"),
    ("okxus", "us.okx.com"),
    ("okxus", "app.okx.com"),
]
PAGING = {"limit", "after", "before", "begin", "end", "beginId", "endId"}
ACCOUNTS = ("messy", "spot", "futures", "multi", "portfolio", "subaccounts", "alice")


@dataclass(frozen=True, order=True)
class Place:
    """One line of a surfaces file."""

    area: str
    path: str
    asked: str
    standing: str
    modes: str
    kinds: str


def lines(file: Path) -> Iterator[list[str]]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


def written(folder: str, exchange: str) -> list[list[str]]:
    """What was written down by hand of an exchange, or of the one that it is a further site of."""
    return list(lines(HERE / folder / f"{SAME_AS.get(exchange, exchange)}.txt"))


def places_by_hand(exchange: str = "okx") -> set[Place]:
    return {Place(*words) for words in written("surfaces", exchange)}


def places_of_the_table(exchange_id: str) -> set[Place]:
    exchange = load(exchange_id)
    surfaces = (exchange.identity, exchange.status, *exchange.surfaces)
    return {place(surface, query) for surface in surfaces for query in surface.queries}


def place(surface: Surface, query: Query) -> Place:
    return Place(
        area=surface.area.value,
        path=surface.path,
        asked=asked(query),
        standing=surface.standing.value,
        modes=",".join(sorted(surface.modes or ())) or "all",
        kinds=",".join(sorted(surface.kinds or ())) or "all",
    )


def asked(query: Query) -> str:
    said = [f"{name}={value}" for name, value in sorted(query.params.items())]
    back = [] if query.back is None else [f"back={query.back.days}d"]
    return "&".join(said + back) or "-"


def in_the_table(place: Place) -> Place:
    """What a row of the table says by itself of a place that is asked for each of what was found before."""
    return replace(place, asked="-") if place.asked.endswith("=*") else place


def fits(place: Place, call: Call) -> bool:
    sent = {name: value for name, value in call.query.items() if name not in PAGING}
    if place.asked == "-" or place.asked.startswith("back="):
        return place.path == call.path and not sent
    expected = dict(part.split("=", 1) for part in place.asked.split("&"))
    alike = all(value in {"*", sent.get(name)} for name, value in expected.items())
    return place.path == call.path and expected.keys() == sent.keys() and alike


@pytest.mark.parametrize("exchange", known())
def test_each_exchange_has_a_witness(exchange: str) -> None:
    assert written("allowlist", exchange)
    assert written("surfaces", exchange)


@pytest.mark.parametrize("exchange", OKX)
def test_each_place_in_the_table_is_one_of_those_written_down_by_hand_and_none_is_missing(exchange: str) -> None:
    expected = {in_the_table(place) for place in places_by_hand(exchange)}
    assert expected == places_of_the_table(exchange)


def test_each_place_is_asked_as_written_down_and_nothing_else_is(demo: Audit) -> None:
    named = {words[2].removeprefix("/api/v5/") for words in written("allowlist", "okx")}
    beside = named - {place.path for place in places_by_hand()}
    calls = [call for name in ACCOUNTS for call in demo(name).calls if call.path not in beside]
    unasked = {place for place in places_by_hand() if not any(fits(place, call) for call in calls)}
    unknown = {f"{call.path} {call.query}" for call in calls if not any(fits(one, call) for one in places_by_hand())}
    assert (set(), set()) == (unasked, unknown)


@pytest.mark.parametrize(("exchange", "site"), SITES)
def test_what_may_be_sent_is_what_was_written_down_by_hand(exchange: str, site: str) -> None:
    expected = {(method, f"https://{site}", path) for method, _host, path in written("allowlist", exchange)}
    actual = AllowList.of(load(exchange), [f"https://{site}"]).requests
    assert expected == actual


def test_these_are_all_the_hosts_that_a_key_may_be_sent_to() -> None:
    assert set(SITES) == {(exchange, host) for exchange in OKX for host in exchange_config(exchange).api_hosts}


@pytest.mark.parametrize("exchange", known())
def test_what_was_written_down_names_hosts_of_the_exchange_and_no_line_twice(exchange: str) -> None:
    by_hand = written("allowlist", exchange)
    official = exchange_config(SAME_AS.get(exchange, exchange)).key_hosts
    assert (len(by_hand), set()) == (len(set(map(tuple, by_hand))), {host for _, host, _ in by_hand} - {*official})


def test_only_reads_are_on_the_list() -> None:
    assert {"GET"} == {method for method, _host, _path in written("allowlist", "okx")}
