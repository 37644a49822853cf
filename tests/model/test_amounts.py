"""Amounts as exchanges write them: exact to the last digit, whatever the notation, and never of insane length."""

from decimal import Decimal

import pytest

from auditor.model import amounts


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("0.001000000000000000", "0.001000000000000000"),
        ("0E-18", "0.000000000000000000"),
        ("0e0", "0"),
        ("1E-8", "0.00000001"),
        ("1e-18", "0.000000000000000001"),
        ("3.14E-6", "0.00000314"),
        ("12.5e3", "12500"),
        ("-2.50E+2", "-250"),
        ("1e-007", "0.0000001"),
        ("1e100", f"1{'0' * 100}"),
        ("1e-100", f"0.{'0' * 99}1"),
        (f"{'9' * 60}e-60", f"0.{'9' * 60}"),
    ],
)
def test_an_amount_is_exact_with_an_exponent_and_without(written: str, plain: str) -> None:
    amount = amounts.parse(written)
    assert amount is not None
    assert plain == amounts.plain(amount)


@pytest.mark.parametrize(
    "written",
    ["1e101", "1e-101", "1e999", "1e999999999", "0e999", "9" * 65, f"{'9' * 65}e-3", f"1e{'0' * 90}5", "1" * 100_000],
)
def test_an_amount_of_insane_length_is_none(written: str) -> None:
    assert amounts.parse(written) is None


def test_sums_and_products_of_the_longest_amounts_lose_no_digit_and_raise_nothing() -> None:
    large, small = amounts.parse(f"{'9' * 64}e100"), amounts.parse(f"0.{'9' * 62}e-100")
    assert large is not None
    assert small is not None
    whole = amounts.total([large, small, large.copy_negate()])
    assert small == whole
    both = amounts.total([large, small])
    assert amounts.product(both, both, both, both) > large
    assert Decimal(0) <= amounts.remainder(large, small) < small


@pytest.mark.parametrize("made", ["0", "-1.50", "1E-18", "0E-10", "9" * 64, "1E+100"])
def test_an_amount_that_a_library_made_is_what_it_is(made: str) -> None:
    assert made == str(amounts.bounded(Decimal(made)))


@pytest.mark.parametrize("made", [*map(Decimal, ("NaN", "Infinity", "1E+999", "0E-999999", "1E+999999999")), "1", None])
def test_an_amount_that_nobody_could_compute_with_is_none(made: object) -> None:
    assert amounts.bounded(made) is None
