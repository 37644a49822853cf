"""What was written down by hand of each exchange, against the program, and against what an audit really asks.

Where they differ, one of the two is wrong: find out which from the exchange's documentation. Never copy.
"""

import asyncio
from collections import Counter

import pytest

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.exchanges.registry import load, table_ids
from auditor.exchanges.unified import spec as facts
from auditor.model.account import Options
from auditor.settings.exchange_facts import exchange_config
from auditor.spec.endpoint import Endpoint
from auditor.spec.exchange import Exchange
from tests.conftest import configured_account
from tests.exchanges.witness import (
    Place,
    Request,
    alike,
    as_line,
    fits,
    full_path,
    guard,
    guarded_exchanges,
    in_the_table,
    names_every_place,
    paging,
    places_of_the_table,
    read_places,
    read_requests,
    read_unserved,
    refuses,
    root,
    sent,
    unserved_by_the_table,
    urls,
    witnessed,
)

GUARDED = guarded_exchanges()
ADDRESSES = [(exchange, url) for exchange in GUARDED for url in urls(exchange)]


def demo_calls(exchange: str) -> set[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Audit every demo account of an exchange, and return what was asked: method, path and parameters."""
    accounts = [one for one in map(demo.account, demo.names()) if one.exchange == root(exchange)]
    table = load(exchange)
    with demo.serve(accounts, limits=False) as served:
        audited = [configured_account(one, served, exchange) for one in accounts]
        asyncio.run(take_snapshot(audited, Options(pace=0)))
    asked = [(call, {name: value for name, value in call.query.items() if name != "nonce"}) for call in served.calls]
    whole = [(call.method, "/" + (table.api.prefix + call.path).lstrip("/"), query) for call, query in asked]
    cut = paging(table)
    return {
        (
            method,
            path,
            tuple(sorted((name, value) for name, value in query.items() if name not in cut.get(path, set()))),
        )
        for method, path, query in whole
    }


@pytest.mark.parametrize("exchange", GUARDED)
def test_each_exchange_has_a_list_of_what_may_be_sent_and_one_of_what_never_may(exchange: str) -> None:
    assert read_requests(exchange, "allowlist")
    assert read_requests(exchange, "writes")


@pytest.mark.parametrize(("exchange", "url"), ADDRESSES)
def test_what_may_be_sent_is_what_was_written_down_by_hand(exchange: str, url: str) -> None:
    expected = {sent(request, exchange, url) for request in read_requests(exchange, "allowlist")}
    assert expected == guard(exchange, url).requests


@pytest.mark.parametrize("exchange", GUARDED)
def test_without_an_address_of_its_own_an_account_is_asked_at_the_first_host(exchange: str) -> None:
    first = f"https://{exchange_config(exchange).api_hosts[0]}"
    expected = {sent(request, exchange, first) for request in read_requests(exchange, "allowlist")}
    assert expected == guard(exchange).requests


@pytest.mark.parametrize("exchange", GUARDED)
def test_what_was_written_down_names_only_hosts_of_the_exchange(exchange: str) -> None:
    hosts = {request.host for request in read_requests(exchange, "allowlist")}
    official = exchange_config(root(exchange)).hosts
    assert set() == hosts - {*official.api, *official.services.values()}


@pytest.mark.parametrize("exchange", GUARDED)
@pytest.mark.parametrize("file", ["allowlist", "writes"])
def test_no_request_is_written_down_twice(exchange: str, file: str) -> None:
    lines = Counter(map(as_line, read_requests(exchange, file)))
    assert [] == [line for line, count in lines.items() if count > 1]


@pytest.mark.parametrize("exchange", GUARDED)
def test_nothing_that_may_be_sent_is_a_documented_write(exchange: str) -> None:
    writes = read_requests(exchange, "writes")
    found = [
        as_line(read)
        for read in read_requests(exchange, "allowlist")
        if any(read.method == write.method and alike(read.path, write.path) for write in writes)
    ]
    assert [] == found


@pytest.mark.parametrize(("exchange", "url"), ADDRESSES)
def test_every_documented_write_is_refused_wherever_it_is_sent(exchange: str, url: str) -> None:
    allow = guard(exchange, url)
    assert [] == [as_line(write) for write in read_requests(exchange, "writes") if not refuses(allow, write)]


@pytest.mark.parametrize(("exchange", "url"), ADDRESSES)
def test_no_request_that_the_guard_allows_fits_a_documented_write(exchange: str, url: str) -> None:
    allowed = guard(exchange, url).requests
    found = [
        as_line(write)
        for write in read_requests(exchange, "writes")
        if any(method == write.method and alike(path, write.path) for method, _origin, path in allowed)
    ]
    assert [] == found


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_each_request_of_the_unified_reader_is_in_the_witness_also_beside_a_table(exchange: str) -> None:
    listed = {Request(one.method, one.host, one.path) for one in facts.read_requests(exchange)}
    assert set() == listed - {*read_requests(exchange, "allowlist")}


@pytest.mark.parametrize("exchange", table_ids())
def test_the_places_of_a_table_are_written_down_by_hand(exchange: str) -> None:
    assert exchange in witnessed(), f"write tests/exchanges/{exchange}/surfaces.txt"


@pytest.mark.parametrize("exchange", witnessed())
def test_a_table_is_complete_only_when_its_witness_names_every_documented_place(exchange: str) -> None:
    assert names_every_place(exchange) >= load(exchange).complete


@pytest.mark.parametrize("exchange", witnessed())
def test_each_place_in_the_table_is_one_of_those_written_down_by_hand_and_none_is_missing(exchange: str) -> None:
    """A table that is partial may lack some."""
    written, found = [in_the_table(place) for place in read_places(exchange)], places_of_the_table(exchange)
    assert set() == found - set[Place]().union(*written)
    assert not load(exchange).complete or [] == [sorted(forms) for forms in written if not forms & found]


@pytest.mark.parametrize("exchange", witnessed())
def test_what_a_site_does_not_serve_is_written_down_by_hand_and_told_in_one_line(exchange: str) -> None:
    """At exactly those places may a refusal be left to a person, whom a condition of the exchange's facts tells."""
    assert read_unserved(exchange) == unserved_by_the_table(exchange)
    lines = {fact.id for fact in exchange_config(exchange).requirements if fact.manual and fact.official}
    assert set() == {one.not_served.requirement for one in load(exchange).surfaces if one.not_served} - lines


@pytest.mark.parametrize("exchange", witnessed())
def test_no_place_is_written_down_twice(exchange: str) -> None:
    lines = Counter(map(as_line, read_places(exchange)))
    assert [] == [line for line, count in lines.items() if count > 1]


@pytest.mark.parametrize("exchange", witnessed())
def test_each_place_may_be_asked_and_all_else_that_may_is_the_clock_the_key_or_a_ledger(exchange: str) -> None:
    """Beside a table that is partial, the unified reader asks further places."""
    table, allowed = load(exchange), {(one.method, one.path) for one in read_requests(exchange, "allowlist")}
    places = {(place.method, place.path) for place in read_places(exchange)}
    questions = {(one.method, full_path(table, one)) for one in questions_of(table)} - places
    assert set() == questions - allowed
    assert not table.complete or questions == allowed - places
    assert set() == places_asked(exchange) - allowed


def questions_of(table: Exchange) -> list[Endpoint]:
    """What is asked that holds nothing: the clock, the key, a login, the ledgers."""
    login = None if table.api.login is None else table.api.login.endpoint
    known = table.identification.endpoints()
    asked = (table.clock.endpoint, *known, login, *(one.endpoint for one in table.ledgers))
    return [endpoint for endpoint in asked if endpoint is not None]


def places_asked(exchange: str) -> set[tuple[str, str]]:
    return {(place.method, place.path) for place in places_of_the_table(exchange)}


def asked() -> list[object]:
    """Complete tables; those of sites that inherit another's, which are asked alike, in the campaign."""
    own = {one: [] if root(one) == one else [pytest.mark.campaign] for one in witnessed() if load(one).complete}
    return [pytest.param(one, marks=marks) for one, marks in own.items()]


@pytest.mark.parametrize("exchange", asked())
def test_each_place_is_asked_as_written_down_and_nothing_else_is(exchange: str) -> None:
    places, calls = read_places(exchange), demo_calls(exchange)
    asked_of = {(place.method, place.path) for place in places}
    beside = {(one.method, one.path) for one in read_requests(exchange, "allowlist")} - asked_of
    unasked = [place for place in places if not any(fits(place, one, path, dict(q)) for one, path, q in calls)]
    unknown = [
        (method, path, query)
        for method, path, query in sorted(calls)
        if (method, path) not in beside and not any(fits(place, method, path, dict(query)) for place in places)
    ]
    assert ([], []) == (unasked, unknown)
