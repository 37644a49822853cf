"""Exchanges without a table: what cannot be read is Unread with a reason, whatever comes instead of an answer."""

from datetime import UTC, datetime
from typing import Any

import pytest

from auditor.exchanges.unified import spec as facts
from auditor.model.snapshot import NotApplicable, Read, Unread, read_with_doubts
from tests.fault_injection.hidden import held
from tests.fault_injection.judging import FINE, Outcome
from tests.fault_injection.running import wrong
from tests.fault_injection.unified import (
    EVERYWHERE,
    before,
    run_exchange,
    run_unified,
    unified_cells,
    unified_sample,
    unread_at_first,
)
from tests.fault_injection.unified_answers import IN_ONE_ROW
from tests.fault_injection.unified_striking import UnifiedCell
from tests.fault_injection.venues import VENUES

EACH = 2
AT_LEAST = 10


@pytest.mark.parametrize("cell", unified_sample(EACH), ids=str)
def test_no_fault_makes_a_place_look_read(cell: UnifiedCell) -> None:
    result = run_unified(cell)
    assert result.outcome in FINE, f"{result.outcome}: {result.detail}"


@pytest.mark.campaign
@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_no_fault_of_the_whole_campaign_makes_a_place_look_read(exchange: str) -> None:
    assert [] == wrong(run_exchange(exchange))


def test_at_least_ten_exchanges_are_struck_at_every_place_that_is_read() -> None:
    struck = {(cell.exchange, cell.place) for cell in unified_cells()}
    assert len({*VENUES, *(exchange for exchange, _place in struck)}) >= AT_LEAST
    for exchange in facts.specified_exchanges():
        told = facts.load_spec(exchange)
        assert told is not None
        assert {(exchange, call.id) for call in told.calls} <= struck


@pytest.mark.parametrize("exchange", [one for one in facts.specified_exchanges() if one != "bitget"])
def test_every_place_that_is_struck_is_read_when_nothing_is_wrong(exchange: str) -> None:
    assert set() == unread_at_first(exchange)


def test_a_program_that_takes_trouble_for_empty_would_be_caught_here_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The campaign itself, tried on a program with the mistake that it is there to find."""
    from auditor.exchanges.unified import client as line  # noqa: PLC0415 - it is changed for this test alone

    read = line.UnifiedClient._read

    async def gullible(*asked: Any) -> Read | NotApplicable:
        result = await read(*asked)  # taking what was not read for empty is the mistake
        return Read(records=(), rows=0, at=datetime.now(UTC)) if isinstance(result, Unread) else result

    monkeypatch.setattr(line.UnifiedClient, "_read", gullible)
    assert Outcome.NO_REASON is run_unified(UnifiedCell("gate", "spot", "HTTP 404")).outcome


def balances(exchange: str) -> dict[str, list[str]]:
    """The assets that each wallet holds when nothing is wrong."""
    found: dict[str, list[str]] = {}
    for _account, kind, place, subject, _owner in held(before(exchange).accounts[0].snapshot):
        if kind == "Balance":
            found.setdefault(place, []).append(subject)
    return found


@pytest.mark.parametrize(("exchange", "place"), [("bitget", "unified"), ("bitget", "unified-positions-usdt")])
@pytest.mark.parametrize("figure", ["1e999", "1e999999999"])
def test_a_figure_of_insane_length_neither_halts_the_audit_nor_hides_another_row(
    exchange: str, place: str, figure: str
) -> None:
    struck = UnifiedCell(exchange, place, f"{figure}{IN_ONE_ROW}")
    result = run_unified(struck)
    assert (Outcome.PASSED, "") == (result.outcome, result.detail)


@pytest.mark.parametrize("exchange", ["bitget", "gate"])
def test_a_program_that_hides_the_rows_beside_an_odd_one_would_be_caught_here_too(
    monkeypatch: pytest.MonkeyPatch, exchange: str
) -> None:
    """The campaign itself, tried on a program that tells nothing of a place in which it doubts anything."""
    from auditor.exchanges.unified import client as line  # noqa: PLC0415 - it is changed for this test alone

    def all_or_nothing(records: Any, rows: int, at: Any, doubts: Any = ()) -> Read | Unread:
        return read_with_doubts(() if doubts else records, rows, at, doubts)

    place, several = next((name, held) for name, held in balances(exchange).items() if len(held) > 1)
    struck = UnifiedCell(exchange, place, f"figure null{IN_ONE_ROW}")
    assert Outcome.PASSED is run_unified(struck).outcome
    monkeypatch.setattr(line, "read_with_doubts", all_or_nothing)
    assert Outcome.HIDDEN is run_unified(struck).outcome, several


@pytest.mark.parametrize("exchange", ["mexc", "phemex"])
def test_orders_are_unread_when_nothing_tells_the_markets_to_ask_in(exchange: str) -> None:
    assert Outcome.PASSED is run_unified(UnifiedCell(exchange, EVERYWHERE, "HTTP 404")).outcome


@pytest.mark.parametrize("exchange", facts.specified_exchanges())
def test_a_limit_that_is_over_when_asked_again_changes_nothing(exchange: str) -> None:
    result = run_unified(UnifiedCell(exchange, EVERYWHERE, "HTTP 429, once"))
    assert (Outcome.PASSED, "") == (result.outcome, result.detail)
