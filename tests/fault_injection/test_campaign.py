"""Never a false clean: a sample of the campaign in every run, all of it with --campaign, which prints its table."""

import os
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from auditor.audit import collector
from auditor.i18n import verbatim
from auditor.model.records import Area
from auditor.model.snapshot import NotApplicable, Read, Reading, Trouble, Unread, read_with_doubts
from auditor.spec.fields import Kind
from auditor.transport import client
from auditor.transport.errors import RequestFailedError
from auditor.transport.pagination import read_list
from tests.exchanges import spoiling
from tests.exchanges.bench import bench
from tests.exchanges.places import area_of
from tests.exchanges.spoiling import strict_fields
from tests.fault_injection.answers import FOR_EVER, HARMLESS, ONCE
from tests.fault_injection.cells import SEED, Cell, cells, sample
from tests.fault_injection.hidden import held_in
from tests.fault_injection.judging import FINE, Outcome
from tests.fault_injection.running import Runner, run_all, table, work, wrong
from tests.fault_injection.venues import VENUES
from tests.slow_tests import first_of


def shown_nowhere_else(exchange: str) -> list[str]:
    """Lists of orders with a sample: no total shows what an order is worth. None where an account is never clean."""
    venue = VENUES[exchange]
    orders = [one.id for one in venue.table.surfaces.values() if one.area is Area.ORDERS]
    return [name for name in orders if name in venue.samples.samples and venue.table.exchange.complete]


EACH = 1
ALIKE, ALIKE_IN_ALL = 1, 20


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with bench() as at:
        yield Runner(at, remembering=True)


@pytest.mark.parametrize("cell", sample(EACH), ids=str)
def test_no_fault_makes_an_account_look_clean(runner: Runner, cell: Cell) -> None:
    result = runner.run(cell)
    assert result.outcome in FINE, f"{result.outcome}: {result.detail}"


@pytest.mark.parametrize("exchange", first_of(VENUES))
def test_a_cell_ends_alike_whether_the_rest_is_asked_anew_or_remembered(
    runner: Runner, campaign: bool, exchange: str
) -> None:
    asking = Runner(runner._at)
    for cell in random.Random(SEED).sample(cells(exchange), ALIKE_IN_ALL if campaign else ALIKE):
        assert asking.run(cell) == runner.run(cell)


@pytest.mark.campaign
def test_no_fault_of_the_whole_campaign_makes_an_account_look_clean(capsys: pytest.CaptureFixture[str]) -> None:
    results = run_all(os.cpu_count() or 1, work())
    with capsys.disabled():
        print(f"\n{table(results)}")  # noqa: T201 - the table is what the command is for
    assert [] == wrong(results)


@pytest.mark.parametrize("exchange", VENUES)
def test_every_place_of_every_table_is_in_the_campaign_with_all_its_strict_fields(exchange: str) -> None:
    places, struck = VENUES[exchange].places, {(cell.place, cell.field) for cell in cells(exchange)}
    expected = {(name, strict.name) for name, place in places.items() for strict in strict_fields(place.fields)}
    assert expected <= struck
    assert set(places) == {name for name, _field in struck}


@pytest.mark.parametrize("exchange", VENUES)
def test_every_place_that_is_asked_of_an_empty_account_is_struck_there_too(exchange: str) -> None:
    nothing = VENUES[exchange].samples.holds_nothing
    only_with_something_left = {name for name in nothing if nothing[name].left}
    clean = {cell.place for cell in cells(exchange) if not cell.holding}
    assert set(VENUES[exchange].places) - only_with_something_left == clean


@pytest.mark.parametrize("exchange", VENUES)
def test_an_exchange_knows_every_fault_of_a_whole_answer(exchange: str) -> None:
    venue = VENUES[exchange]
    assert ONCE == set(venue.once)
    assert set(HARMLESS) == set(venue.harmless)
    assert [] == [name for name, place in venue.places.items() if set(venue.for_ever(place.endpoint)) != FOR_EVER]


def test_every_run_strikes_every_area_of_every_exchange_and_has_every_kind_of_fault() -> None:
    drawn = sample(EACH)
    assert {cell.fault for cell in cells()} == {cell.fault for cell in drawn}
    assert {(cell.holding, cell.beside) for cell in cells()} == {(cell.holding, cell.beside) for cell in drawn}
    places = ((exchange, place) for exchange, venue in VENUES.items() for place in venue.places)
    assert {area_of(*place) for place in places} == {area_of(cell.exchange, cell.place) for cell in drawn}


@pytest.mark.parametrize("exchange", first_of(one for one in VENUES if shown_nowhere_else(one)))
def test_a_program_that_takes_trouble_for_empty_would_be_caught(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, exchange: str
) -> None:
    """The campaign itself, tried on a program with the mistake that it is there to find."""

    async def gullible(*asked: Any) -> list[object]:
        with suppress(RequestFailedError):
            return await read_list(*asked)
        return []

    monkeypatch.setattr(client, "read_list", gullible)
    held = Cell(exchange, shown_nowhere_else(exchange)[0], "HTTP 404", holding=True)
    assert Outcome.FALSE_CLEAN is Runner(runner._at).run(held).outcome


def first_wallet(exchange: str) -> tuple[str, str]:
    """A place where another row can stand beside the sample's, and an amount there."""
    venue = VENUES[exchange]
    place = next(name for name in venue.samples.samples if venue.table.surfaces[name].area is Area.BALANCES)
    amounts = (one.name for one in strict_fields(venue.places[place].fields) if one.field.kind is Kind.AMOUNT)
    return place, next(amounts)


@pytest.mark.parametrize("exchange", first_of(VENUES))
def test_a_program_that_hides_the_rows_beside_an_odd_one_would_be_caught(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, exchange: str
) -> None:
    """The campaign itself, tried on a program that tells nothing of a place in which it doubts anything."""

    def all_or_nothing(records: Any, rows: int, at: Any, doubts: Any = ()) -> Read | Unread:
        return read_with_doubts(() if doubts else records, rows, at, doubts)

    place, amount = first_wallet(exchange)
    struck = Cell(exchange, place, "field of another type", True, amount, beside=True)
    assert Outcome.PASSED is runner.run(struck).outcome
    monkeypatch.setattr(client, "read_with_doubts", all_or_nothing)
    assert Outcome.HIDDEN is runner.run(struck).outcome


@pytest.mark.parametrize("exchange", first_of(VENUES))
def test_a_program_that_hides_one_place_when_another_is_down_would_be_caught(
    runner: Runner, monkeypatch: pytest.MonkeyPatch, exchange: str
) -> None:
    """The same of a program that tells nothing of an account of which it could not read everything."""

    def all_or_nothing(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        if all(isinstance(one.result, Read | NotApplicable) for one in readings):
            return readings
        reason = Unread(reason=verbatim("Something else was not read."), trouble=Trouble.SKIPPED)
        return tuple(replace(one, result=reason) for one in readings)

    struck = Cell(exchange, first_wallet(exchange)[0], "HTTP 404", True, beside=True)
    assert Outcome.PASSED is runner.run(struck).outcome
    monkeypatch.setattr(collector, "settle_doubts", all_or_nothing)
    assert Outcome.HIDDEN is runner.run(struck).outcome


ALONE = {
    "okx": {"valuation", "borrowing", "copy-role", "profit-share", "okusd"},
    "binance": {
        *("account-status", "api-trading-status", "permissions", "valuation", "bfusd", "rwusd", "eth-staking"),
        *("sol-staking", "liquidation-loan", "bankruptcy-loan", "mining-today"),
    },
    "coinbase": {"breakdown-loans", "us-futures"},
}
"""Places whose answer has one row, or none that can be read."""


@pytest.mark.campaign
@pytest.mark.parametrize("exchange", VENUES)
def test_another_row_stands_beside_the_struck_one_wherever_an_answer_has_several(runner: Runner, exchange: str) -> None:
    alone = {name for name in VENUES[exchange].samples.all if not two_rows(runner, exchange, name)}
    assert ALONE[exchange] == alone


def two_rows(runner: Runner, exchange: str, place: str) -> bool:
    both = {key for key in held_in(runner.before(exchange, place, holding=True, beside=True)) if key[2] == place}
    rest = held_in(runner.before(exchange, place, holding=False, beside=True))
    return bool(both & rest) and bool(both - rest)


@pytest.mark.slow("many cells")
def test_a_fault_that_the_campaign_cannot_make_is_no_cell_passed(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(spoiling, "rows_of")
    struck = [cell for exchange in VENUES for cell in cells(exchange) if cell.fault == "field null" and cell.holding]
    by_exchange = {cell.exchange: cell for cell in struck if cell.place in VENUES[cell.exchange].samples.samples}
    assert {Outcome.UNHANDLED} == {runner.run(cell).outcome for cell in by_exchange.values()}
