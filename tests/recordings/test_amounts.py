"""Other amounts for those of an account: of the same form, with the same sums, on the same side of each minimum."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.recording.figures import Bounds, Figure, Minimums
from auditor.recording.sums import choose, sums_in_row, sums_of_rows

AMOUNTS = st.decimals(min_value="0.00000001", max_value="99999999", places=8).filter(bool)


def figure(text: str) -> Figure:
    return Figure.of(Decimal(text))


def bounds(*figures: Figure) -> dict[Figure, Bounds]:
    return {each: Bounds.of(each, Minimums()) for each in figures}


@given(AMOUNTS, st.lists(AMOUNTS, max_size=4), st.integers(0, 99))
def test_another_amount_has_as_many_digits_and_stays_on_its_side(
    amount: Decimal, limits: list[Decimal], seed: int
) -> None:
    old = Figure.of(amount)
    new = Bounds.of(old, Minimums(tuple(sorted(limits)))).draw(Random(seed))
    assert (old.digits, old.decimals) == (new.digits, new.decimals)
    assert [old.amount >= limit for limit in limits] == [new.amount >= limit for limit in limits]


@pytest.mark.parametrize(("amount", "lot", "whole"), [("1.25", "0.01", True), ("1.2534", "0.01", False)])
def test_what_a_lot_leaves_behind_stays_nothing_or_something(amount: str, lot: str, whole: bool) -> None:
    limits = Bounds.of(figure(amount), Minimums((), (Decimal(lot),)))
    drawn = {limits.draw(Random(seed)).amount % Decimal(lot) == 0 for seed in range(20)}
    assert {whole} == drawn


@given(st.lists(AMOUNTS, min_size=2, max_size=4, unique=True), st.integers(0, 20))
def test_a_total_stays_the_sum_of_its_parts(parts: list[Decimal], seed: int) -> None:
    total = Figure.of(sum(parts, Decimal(0)))
    column = [{"bal": (Figure.of(part), 1)} for part in parts]
    sums = dict.fromkeys(sums_of_rows(column, [total]), 1)
    chosen = choose(sums, bounds(total, *map(Figure.of, parts)), Random(seed))
    kept = chosen[total].amount == sum(chosen[Figure.of(part)].amount for part in parts)
    same = (total.digits, total.decimals) == (chosen[total].digits, chosen[total].decimals)
    # Few others fit a total of few digits, one near a power of ten, and one with fewer decimals than its parts: such a
    # sum may be given up.
    first_digits = Decimal(total.units).scaleb(1 - total.digits)
    rarely_fits = total.digits < 3 or not Decimal("1.2") < first_digits < 9
    rarely_fits |= total.decimals < max(Figure.of(part).decimals for part in parts)
    assert (True, True) == (kept or rarely_fits, same)


def test_the_sum_of_two_is_seen_in_a_row() -> None:
    free, used, whole = figure("1534.27"), figure("300"), figure("1834.27")
    (found,) = sums_in_row([whole, free, used, figure("7")])
    assert {free: 1, used: 1, whole: -1} == dict(found)


def test_sums_that_hang_together_are_kept_together() -> None:
    names = {"free": "12.5", "used": "7.25", "whole": "19.75", "lent": "3.1", "equity": "22.85"}
    row = {name: figure(text) for name, text in names.items()}
    chosen = choose(dict.fromkeys(sums_in_row(row.values()), 1), bounds(*row.values()), Random(5))
    new = {name: chosen[each].amount for name, each in row.items()}
    assert (new["whole"], new["equity"]) == (new["free"] + new["used"], new["whole"] + new["lent"])
    assert new["free"] != Decimal("12.5")
