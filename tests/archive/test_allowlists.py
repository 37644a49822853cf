"""What was written down by hand of each exchange's archive, against what the guard of an archive lets out."""

from collections import Counter

import pytest

from auditor.exchanges.registry import load
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from tests.exchanges.witness import (
    alike,
    archive_guard,
    as_line,
    read_archive_requests,
    read_requests,
    refuses,
    root,
    sent,
    urls,
)

ARCHIVED = tuple(exchange for exchange in known_exchanges() if load(exchange).history is not None)
ADDRESSES = [(exchange, url) for exchange in ARCHIVED for url in urls(exchange)]


@pytest.mark.parametrize(("exchange", "url"), ADDRESSES)
def test_what_an_archive_may_send_is_what_was_written_down_by_hand(exchange: str, url: str) -> None:
    expected = {sent(request, exchange, url) for request in read_archive_requests(exchange)}
    assert expected == archive_guard(exchange, url).requests


@pytest.mark.parametrize("exchange", ARCHIVED)
def test_what_an_archive_may_send_goes_to_hosts_of_the_exchange(exchange: str) -> None:
    official = exchange_config(root(exchange)).hosts
    hosts = {request.host for request in read_archive_requests(exchange)}
    assert set() == hosts - {*official.api, *official.services.values()}


@pytest.mark.parametrize("exchange", ARCHIVED)
def test_no_request_of_an_archive_is_written_down_twice(exchange: str) -> None:
    lines = Counter(map(as_line, read_archive_requests(exchange)))
    assert [] == [line for line, count in lines.items() if count > 1]


@pytest.mark.parametrize("exchange", ARCHIVED)
def test_nothing_that_an_archive_may_send_is_a_documented_write(exchange: str) -> None:
    writes = read_requests(exchange, "writes")
    assert [] == [
        as_line(read)
        for read in read_archive_requests(exchange)
        if any(read.method == write.method and alike(read.path, write.path) for write in writes)
    ]


@pytest.mark.parametrize(("exchange", "url"), ADDRESSES)
def test_every_documented_write_is_refused_by_the_guard_of_an_archive(exchange: str, url: str) -> None:
    allow = archive_guard(exchange, url)
    assert [] == [as_line(write) for write in read_requests(exchange, "writes") if not refuses(allow, write)]
