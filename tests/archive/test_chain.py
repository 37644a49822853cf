"""The chain of running balances: what it sees, what it cannot see, and rows of one millisecond."""

from decimal import Decimal
from itertools import permutations

import pytest

from auditor.archive.chain import Break, CoinChain, in_order
from auditor.spec.ledger import LedgerEntry

# (change, balance after it), as in the examples of OKX's documentation and of a made-up account.
STORY = [
    ("1000", "1000"),
    ("-500", "500"),
    ("-0.30", "499.70"),
    ("0.021933823221", "499.721933823221"),
    ("-499.721933823221", "0"),
]


def entry(number: int, change: str, balance: str, time: int | None = None) -> LedgerEntry:
    return LedgerEntry(
        number=number,
        time=number if time is None else time,
        asset="USDT",
        change=Decimal(change),
        balance=Decimal(balance),
        digits=(change, balance),
        kind="trade",
        type="2",
    )


def entries(rows: list[tuple[str, str]] = STORY) -> list[LedgerEntry]:
    return [entry(number, *row) for number, row in enumerate(rows, start=1)]


def breaks_of(rows: list[LedgerEntry]) -> tuple[CoinChain, list[Break]]:
    chain = CoinChain("USDT")
    found = [one for row in rows for one in chain.add(row)]
    return chain, [*found, *chain.settle()]


def test_rows_that_follow_one_another_come_to_the_closing_balance() -> None:
    chain, found = breaks_of(entries())

    assert [] == found
    assert (Decimal(0), Decimal(0), Decimal(0), 5) == (chain.opening, chain.closing, chain.change, chain.rows)


@pytest.mark.parametrize("lost", range(1, len(STORY) - 1))
def test_a_lost_row_is_a_break_with_the_amount_that_is_missing(lost: int) -> None:
    rows = entries()
    _chain, (found,) = breaks_of(rows[:lost] + rows[lost + 1 :])

    assert (rows[lost - 1], rows[lost + 1], rows[lost].change) == (found.before, found.after, found.missing)


def test_a_lost_oldest_row_is_an_opening_balance_and_a_lost_newest_one_another_closing_balance() -> None:
    without_oldest, _none = breaks_of(entries()[1:])
    without_newest, _none = breaks_of(entries()[:-1])

    assert (Decimal(1000), Decimal("499.721933823221")) == (without_oldest.opening, without_newest.closing)


@pytest.mark.parametrize("number", range(len(STORY)))
def test_a_doubled_row_is_a_break(number: int) -> None:
    rows = entries()
    _chain, found = breaks_of([*rows[: number + 1], *rows[number:]])

    assert found


@pytest.mark.parametrize("number", range(1, len(STORY) - 1))
@pytest.mark.parametrize("altered", ["change", "balance"])
def test_a_row_that_is_off_by_the_18th_digit_is_a_break(number: int, altered: str) -> None:
    rows = [*STORY]
    off = Decimal("1E-18")
    change, balance = map(Decimal, rows[number])
    changed = (change + off, balance) if altered == "change" else (change, balance + off)
    rows[number] = (format(changed[0], "f"), format(changed[1], "f"))

    assert breaks_of(entries(rows))[1]


def test_neighbouring_rows_that_cancel_out_are_beyond_what_a_chain_sees() -> None:
    rows = entries([("5", "5"), ("7", "12"), ("-7", "5"), ("1", "6")])

    assert [] == breaks_of([rows[0], rows[3]])[1]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_rows_of_one_millisecond_fit_in_whatever_order_they_come(order: tuple[int, ...]) -> None:
    rows = [entry(number, *row, time=9) for number, row in enumerate([("3", "8"), ("-2", "6"), ("2", "8"), ("1", "9")])]
    chain, found = breaks_of([entry(0, "5", "5", time=1), *(rows[place] for place in order)])

    assert ([], Decimal(9)) == (found, chain.closing)


def test_rows_of_one_millisecond_that_lead_round_in_circles_are_one_trail() -> None:
    rows = [
        entry(1, "1", "1", time=9),
        entry(2, "4", "4", time=9),
        entry(3, "-4", "0", time=9),
        entry(4, "-1", "0", time=9),
    ]
    fitting = in_order(rows, Decimal(0))

    assert {1, 2, 3, 4} == {row.number for row in fitting}
    assert [] == breaks_of(rows)[1]


def test_a_row_that_is_missing_among_rows_of_one_millisecond_is_a_break() -> None:
    rows = [entry(1, "5", "5", time=1), entry(2, "3", "8", time=9), entry(4, "1", "7", time=9)]

    assert breaks_of(rows)[1]


def test_two_rounds_that_do_not_touch_are_no_trail() -> None:
    rows = [
        entry(1, "1", "1", time=9),
        entry(2, "-1", "0", time=9),
        entry(3, "1", "8", time=9),
        entry(4, "-1", "7", time=9),
    ]

    assert breaks_of([entry(0, "0", "0", time=1), *rows])[1]
