"""The large ledger of the benchmark of archives: any page of it is what a ledger of so many rows has."""

import json
from decimal import Decimal

from benchmarks.archive import figures_lines
from benchmarks.big_ledger import DAY, FIRST_ID, BigLedger

LEDGER = BigLedger(4_500, 100 * DAY, 180 * DAY)


def test_every_balance_without_its_change_is_the_balance_before() -> None:
    balances = {"BTC": Decimal(0), "USDT": Decimal(0)}
    for number in range(LEDGER.rows):
        row = LEDGER.row(number)
        assert balances[row["ccy"]] == Decimal(row["bal"]) - Decimal(row["balChg"])
        balances[row["ccy"]] = Decimal(row["bal"])
    assert balances == {ccy: Decimal(balance) for ccy, balance in LEDGER.balances()}


def test_pages_go_from_the_newest_row_to_the_oldest_and_then_are_short() -> None:
    ids, after = [], None
    while page := LEDGER.page(after):
        ids += [int(row["billId"]) for row in page]
        after = page[-1]["billId"]
    assert list(range(FIRST_ID + 4_499, FIRST_ID - 1, -1)) == ids


def test_a_page_that_is_served_has_the_rows_of_the_ledger() -> None:
    for after in (None, str(FIRST_ID + 101), str(FIRST_ID + 50), str(FIRST_ID)):
        assert LEDGER.page(after) == json.loads(LEDGER.page_json(after))


def test_figures_stand_beside_their_goals() -> None:
    lines = list(figures_lines({"ccxt / audit": 2.5, "rows": 1_000_000}))
    assert [["2.50", "at", "least", "2.0"], ["1,000,000.00"]] == [lines[0].split()[3:], lines[1].split()[1:]]
