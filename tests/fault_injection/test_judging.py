"""When the campaign calls a clean false: an amount in a row that is over says nothing, any other one does."""

from typing import Any

import pytest

from tests.fault_injection.cells import Cell
from tests.fault_injection.judging import may_hold
from tests.fault_injection.striking import Strike
from tests.fault_injection.venues import VENUES


def with_changed_row(
    exchange: str, place: str, field: str, *, state: str = "finished", **changes: Any
) -> tuple[Cell, Strike]:
    """An amount of a clean account, changed in a row of the sample: the finished one, or the one that is not."""
    cell = Cell(exchange, place, "number with 40 digits", False, field)
    sample, strike = VENUES[exchange].samples.all[place], Strike(cell)
    row = (sample.finished or {}) if state == "finished" else sample.rows[0]
    strike.spoilt = [{**row, **changes}]
    return cell, strike


@pytest.mark.parametrize(
    ("place", "field"), [("leveraged-tokens", "amount"), ("withdrawals", "amount")], ids=["one page", "pages"]
)
def test_an_amount_in_a_finished_row_says_nothing_of_what_is_held(place: str, field: str) -> None:
    assert not may_hold(*with_changed_row("bybit", place, field))


def test_an_amount_in_a_row_that_is_not_finished_is_held() -> None:
    assert may_hold(*with_changed_row("bybit", "leveraged-tokens", "amount", state="under way"))
    assert may_hold(*with_changed_row("bybit", "leveraged-tokens", "amount", ltOrderStatus="4"))
    assert may_hold(*with_changed_row("bybit", "funding", "walletBalance", state="held"))


def test_an_amount_beside_a_row_that_is_not_finished_is_held() -> None:
    cell, strike = with_changed_row("bybit", "leveraged-tokens", "amount")
    strike.spoilt += with_changed_row("bybit", "leveraged-tokens", "amount", state="under way")[1].spoilt
    assert may_hold(cell, strike)


def test_an_amount_that_a_finished_row_has_at_zero_is_held_where_it_is_more() -> None:
    assert may_hold(*with_changed_row("bybit", "institutional-loans", "unpaidAmount"))
    assert may_hold(*with_changed_row("bybit", "alpha-pools", "token0Amount"))
