"""Never a false clean: a sample of the campaign in every run, all of it with --campaign, which prints its table."""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from tests.campaign.cells import Cell, cells, sample
from tests.campaign.fields import places
from tests.campaign.judging import Outcome
from tests.campaign.running import FINE, Runner, run_all, table, wrong
from tests.okx.bench import bench
from tests.okx.surfaces import SURFACES

EACH = 3


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with bench() as at:
        yield Runner(at)


@pytest.mark.parametrize("cell", sample(EACH), ids=str)
def test_no_fault_makes_an_account_look_clean(runner: Runner, cell: Cell) -> None:
    result = runner.run(cell)
    assert result.outcome in FINE, f"{result.outcome}: {result.detail}"


@pytest.mark.campaign
def test_no_fault_of_the_whole_campaign_makes_an_account_look_clean(capsys: pytest.CaptureFixture[str]) -> None:
    results = run_all(os.cpu_count() or 1)
    with capsys.disabled():
        print(f"\n{table(results)}")  # noqa: T201 - the table is what the command is for
    assert [] == wrong(results)


def test_every_surface_of_the_table_is_in_the_campaign_with_all_its_strict_fields() -> None:
    struck = {(cell.surface, cell.field) for cell in cells()}
    expected = {(name, place.name) for name, surface in SURFACES.items() for place in places(surface.proves)}
    assert expected <= struck
    assert set(SURFACES) <= {cell.surface for cell in cells()}


def test_every_surface_that_is_asked_of_an_empty_account_is_struck_there_too() -> None:
    clean = {cell.surface for cell in cells() if not cell.holding}
    only_with_something_left = {name for name in SURFACES if name.startswith("convertible-")} | {"markets", "networks"}
    assert set(SURFACES) - only_with_something_left - {"prices"} == clean & set(SURFACES)


def test_a_program_that_takes_trouble_for_empty_would_be_caught(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The campaign itself, tried on a program with the mistake that it is there to find."""
    from auditor.wire import client  # noqa: PLC0415 - it is changed for this test alone

    read_list = client.read_list

    async def gullible(*asked: Any) -> list[object]:
        with suppress(client.Failed):
            return await read_list(*asked)
        return []

    monkeypatch.setattr(client, "read_list", gullible)
    held = Cell("orders", "HTTP 404", holding=True)
    assert Outcome.FALSE_CLEAN is Runner(runner._at).run(held).outcome
