"""Which rows of a statement are changes of the API's, a few by hand."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

import pytest

from auditor.archive.imports.binance_statement import IN_UTC
from auditor.archive.imports.imported_file import ImportedFile
from auditor.archive.imports.statement import StatementRow
from auditor.archive.imports.statement_store import ApiChange
from auditor.archive.imports.statements import Statements

NOON = 1_767_700_800
"""Unix seconds of some day."""
DAY = 86_400
Given = tuple[int, str, str, str]
"""Seconds after noon, wallet, kind, amount."""


@contextmanager
def compared(api: Sequence[Given], rows: Sequence[Given], perhaps: str = "") -> Iterator[Statements]:
    """Statements of one coin beside the API's changes, which may be of another wallet ``perhaps``."""
    statements, file = Statements(), ImportedFile(source="file", statement=IN_UTC)
    number = statements.begin(file)
    for line, (second, wallet, kind, amount) in enumerate(rows):
        file.count((NOON + second) * 1000)
        row = StatementRow("1", NOON + second, wallet, wallet, "BTC", Decimal(amount), amount, kind, kind, "")
        statements.store.add(number, f"file:{line}", row)
    changes = (
        ApiChange(NOON + second, wallet, "BTC", amount, kind, perhaps, f"api:{line}")
        for line, (second, wallet, kind, amount) in enumerate(api)
    )
    statements.compare(changes, NOON + 10 * DAY, ["earn"])
    yield statements
    statements.store.close()


def found(statements: Statements) -> list[tuple[str, str]]:
    """What became of each row, and the API's change that it is."""
    rows = sorted(statements.store.rows(), key=lambda row: row.id)
    return [(row.state, row.ledger) for row in rows]


CASES: dict[str, tuple[Sequence[Given], Sequence[Given], list[tuple[str, str]]]] = {
    "the same second": ([(0, "spot", "trade", "0.1")], [(0, "spot", "trade", "0.1")], [("api", "api:0")]),
    "a second later": ([(0, "spot", "trade", "0.1")], [(1, "spot", "trade", "0.1")], [("api", "api:0")]),
    "a trade a minute later": ([(0, "spot", "trade", "0.1")], [(60, "spot", "trade", "0.1")], [("", "")]),
    "a deposit an hour later": (
        [(0, "spot", "deposit", "0.1")],
        [(3600, "spot", "deposit", "0.1")],
        [("api", "api:0")],
    ),
    "a deposit two days later": ([(0, "spot", "deposit", "0.1")], [(2 * DAY, "spot", "deposit", "0.1")], [("", "")]),
    "two fills as one row": (
        [(0, "spot", "trade", "0.1"), (1, "spot", "trade", "0.2")],
        [(1, "spot", "trade", "0.3")],
        [("api-sum", "")],
    ),
    "one change as two rows": (
        [(0, "spot", "trade", "0.3")],
        [(0, "spot", "trade", "0.1"), (0, "spot", "trade", "0.2")],
        [("api-sum", ""), ("api-sum", "")],
    ),
    "rewards of a day as one row": (
        [(0, "spot", "reward", "0.1"), (3600, "spot", "reward", "0.2")],
        [(7200, "spot", "interest", "0.3")],
        [("api-sum", "")],
    ),
    "two alike, of which the API has one": (
        [(0, "spot", "trade", "0.1")],
        [(0, "spot", "trade", "0.1"), (0, "spot", "trade", "0.1")],
        [("api", "api:0"), ("", "")],
    ),
    "another wallet": ([(0, "spot", "trade", "0.1")], [(0, "funding", "trade", "0.1")], [("", "")]),
    "another sign": ([(0, "spot", "trade", "0.1")], [(0, "spot", "trade", "-0.1")], [("", "")]),
    "another amount": ([(0, "spot", "trade", "0.1")], [(0, "spot", "trade", "0.11")], [("contradicted", "api:0")]),
    "another amount of another kind": ([(0, "spot", "reward", "0.1")], [(0, "spot", "trade", "0.2")], [("", "")]),
    "another amount beside others": (
        [(0, "spot", "trade", "0.1"), (0, "spot", "trade", "0.2")],
        [(0, "spot", "trade", "0.11")],
        [("", "")],
    ),
    "a change within Earn": ([(0, "spot", "trade", "0.1")], [(0, "earn", "trade", "0.1")], [("inside", "")]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_row_is_the_apis_by_wallet_amount_and_time(case: str) -> None:
    api, rows, expected = CASES[case]
    with compared(api, rows) as statements:
        assert expected == found(statements)


def test_a_conversion_is_found_in_the_other_wallet_before_one_of_another_hour_in_its_own() -> None:
    rows = [(0, "funding", "conversion", "-1"), (3600, "spot", "other", "-1")]
    with compared([(0, "spot", "conversion", "-1")], rows, perhaps="funding") as statements:
        assert [("api", "api:0"), ("", "")] == found(statements)
        assert "funding" == statements.store.place_of("api:0")


@pytest.mark.parametrize(("kind", "is_read"), [("withdrawal", True), ("deposit", False)])
def test_times_of_withdrawals_do_not_show_a_zone(kind: str, is_read: bool) -> None:
    """Eight hours apart, twice: the API writes withdrawals without a zone."""
    api = [(8 * 3600, "spot", kind, "-1"), (9 * 3600, "spot", kind, "-2")]
    with compared(api, [(0, "spot", kind, "-1"), (3600, "spot", kind, "-2")]) as statements:
        assert is_read == (not statements.files[0].unread)


def test_changes_of_the_api_that_no_file_has_are_counted_up_to_the_last_row() -> None:
    api = [
        (-DAY, "spot", "trade", "1"),
        (0, "spot", "trade", "2"),
        (5, "spot", "trade", "3"),
        (900, "spot", "trade", "4"),
    ]
    with compared(api, [(0, "spot", "trade", "2"), (60, "spot", "other", "9")]) as statements:
        assert (2, 1) == (statements.missing, statements.before)
        assert ["1", "3"] == [one.amount for one in statements.lacking]


def test_files_have_every_row_of_wallets_that_are_in_them_and_of_no_other() -> None:
    with compared([], [(0, "spot", "deposit", "2"), (DAY, "spot", "deposit", "9")]) as statements:
        asked = [(["spot"], NOON + 60), (["spot"], NOON + 2 * DAY), (["spot", "funding"], NOON + 60)]
        assert [True, False, False] == [statements.covers(wallets, second * 1000) for wallets, second in asked]
