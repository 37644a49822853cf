"""Every table has samples, and every sample has a place in its table."""

import pytest

from auditor.model.report import Verdict
from auditor.model.snapshot import records
from tests.exchanges.bench import Bench
from tests.exchanges.places import area_of, table
from tests.exchanges.samples import load_samples, sampled, tables
from tests.fault_injection.answers import CODES, SHAPES, has_faults, load_faults

EXCHANGES = sampled()
BESIDE = [(exchange, name) for exchange in EXCHANGES for name, one in load_samples(exchange).all.items() if one.beside]


@pytest.mark.parametrize("exchange", tables())
def test_an_exchange_with_a_table_has_samples_and_words_for_its_faults(exchange: str) -> None:
    assert exchange in EXCHANGES, f"write tests/exchanges/{exchange}/samples.py"
    assert has_faults(exchange), f"write tests/exchanges/{exchange}/faults.py"


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_every_place_has_a_sample_or_a_reason_and_every_sample_has_a_place(exchange: str) -> None:
    samples = load_samples(exchange)
    assert set(table(exchange).surfaces) == {*samples.all, *samples.holds_nothing}
    assert set() == set(samples.all) & set(samples.holds_nothing)
    assert [] == [name for name, nothing in samples.holds_nothing.items() if not nothing.reason]


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_every_sample_has_rows_and_the_words_of_a_user_for_them(exchange: str) -> None:
    samples = load_samples(exchange)
    assert [] == [name for name, sample in samples.all.items() if not all(sample.books.values())]
    assert set(samples.samples) == set(samples.words)
    assert [] == [name for name, words in samples.words.items() if not words.strip()]


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_a_sample_lies_at_the_path_of_its_place(exchange: str) -> None:
    paths = {name: table(exchange).path(place.endpoint) for name, place in table(exchange).places.items()}
    assert [] == [name for name, sample in load_samples(exchange).all.items() if sample.path != paths[name]]


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_an_exchange_has_words_for_every_fault_of_the_campaign(exchange: str) -> None:
    faults = load_faults(exchange)
    endpoints = [place.endpoint for place in table(exchange).places.values()]
    assert set(CODES) == set(faults.codes)
    assert [] == [endpoint.name for endpoint in endpoints if set(SHAPES) != set(faults.shapes(endpoint))]


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_the_account_of_these_tests_holds_nothing(shared: Bench, exchange: str) -> None:
    audited = shared.audit(load_samples(exchange).bare)
    complete = table(exchange).exchange.complete
    assert (Verdict.CLEAN if complete else Verdict.INCOMPLETE) == audited.report.verdict
    assert [] == [record for _reading, record in records(audited.snapshot.accounts[0]) if record.holds]
    assert complete == (audited.snapshot.accounts[0].confirmed_at is not None)


@pytest.mark.campaign(one_per=area_of)
@pytest.mark.parametrize(("exchange", "place"), BESIDE)
def test_what_makes_a_place_asked_holds_nothing_by_itself(shared: Bench, exchange: str, place: str) -> None:
    report = shared.audit_at(place, *load_samples(exchange).asked(place)).report
    assert (Verdict.CLEAN if table(exchange).exchange.complete else Verdict.INCOMPLETE) == report.verdict
