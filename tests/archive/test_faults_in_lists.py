"""Faults in each list beside the ledgers: never complete, unless the list came whole all the same.

A list that only explains shows no row twice, so that nothing can tell that it lacks one, or that a digit is another:
there no other row may be lost.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from auditor import demo
from auditor.archive import comparison
from auditor.archive.finishing import Archive
from auditor.archive.outcome import ArchiveStatus
from auditor.archive.tables import any_cell
from auditor.demo.faults import Call, Reply
from auditor.demo.okx.story_samples import SAMPLES
from auditor.exchanges.registry import load
from auditor.spec.fields import Kind
from auditor.spec.history_tables import TABLES
from auditor.spec.paged_list import OF_ROW
from auditor.spec.second_list import SecondList
from tests.archive.archiving import NOW, archived, rows_of, told
from tests.archive.striking import Edit, Rows, Striking, alter, as_float, blank, double, lose, swap

pytestmark = pytest.mark.usefixtures("without_exports")

PAGE, ROWS = 7, 25
INVISIBLE = frozenset({"lost", "another number", "a float"})
"""What nothing can tell of a list whose rows no other list shows. A number that came as a float is kept as it came."""


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare balances twice, not five times, where they do not agree."""
    monkeypatch.setattr(comparison, "ATTEMPTS", 2)


@cache
def account() -> demo.Account:
    """An account as young as the shortest ledger, with some pages of each list."""
    books = {path: list(sample.rows(ROWS, int(NOW.timestamp() * 1000))) for path, sample in SAMPLES.items()}
    bots = {path: rows[:1] for path, rows in books.items() if path.endswith(("orders-algo-history", "history-list"))}
    algo = "trade/orders-algo-history"
    made = told(events=200, days=6)
    return made.with_(books={**made.books, **books, **bots, algo: books[algo]})


@dataclass(frozen=True)
class Struck:
    """A list as a test strikes it."""

    listed: SecondList

    @property
    def path(self) -> str:
        return self.listed.endpoint.path

    @property
    def params(self) -> dict[str, str]:
        return dict(self.listed.endpoint.queries[-1].params)

    @property
    def number(self) -> str:
        """The field of an amount that each row has."""
        names = [field.name for field in self.listed.fields if field.kind is Kind.AMOUNT]
        row = self.rows(account())[0]
        return next((name for name in names if row.get(name)), "")

    def rows(self, of: demo.Account) -> Rows:
        """The rows that the list has with these parameters."""
        asked = {name: value.split(",") for name, value in self.params.items()}

        def fits(row: dict[str, object]) -> bool:
            return all(row[name] in values for name, values in asked.items() if name in row)

        return list(filter(fits, of.rows(self.path)))

    def archive(self, to: Path, of: demo.Account, fault: demo.Fault | None = None) -> Archive:
        begins = self.listed.parent or self.listed.id
        return archived(of, to, fault=fault, beside=begins if self.listed.explains else None, page=PAGE)

    def is_whole(self, folder: Path, rows: Iterable[dict[str, object]]) -> bool:
        """Whether every row was read once, and is in its table as it came."""
        expected = Counter(self._written(row) for row in rows)
        return expected == self.found(folder, expected) and self.count(folder) == expected.total()

    def found(self, folder: Path, expected: Counter[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
        """Those of the expected rows that a table has."""
        if not self.listed.table:
            return expected
        columns = ("id", "exchange_time", *TABLES[self.listed.table])
        rows = rows_of(folder, f"{self.listed.table}.csv")
        written = Counter(tuple(row[name] for name in columns) for row in rows)
        return Counter({row: written[row] for row in expected if written[row]})

    def count(self, folder: Path) -> int:
        """How many rows were read, of one list or of those of all rows of its parent."""
        lists = json.loads((folder / "data/archive.json").read_text(encoding="utf-8"))["second_lists"]
        return sum(int(one["rows"]) for one in lists if one["list"].partition(OF_ROW)[0] == self.listed.id)

    def _written(self, row: object) -> tuple[str, ...]:
        inner = self.listed.of_row("565849588") if self.listed.parent else self.listed
        listed = inner.listed(row)
        return (listed.id, str(listed.time), *map(any_cell, listed.cells)) if listed.cells else (listed.id,)


def _lists() -> dict[str, SecondList]:
    """Of each path the list with most rows: others differ by a parameter."""
    history = load("okx").history
    assert history is not None
    found: dict[str, SecondList] = {}
    for one in sorted(history.seconds, key=lambda one: len(Struck(one).rows(account()))):
        found[one.endpoint.path] = one
    return {one.id: one for one in found.values()}


LISTS = _lists()
ROW_FAULTS: dict[str, Callable[[Struck], Callable[[int], Edit]]] = {
    "lost": lambda _struck: lose,
    "doubled": lambda _struck: double,
    "out of order": lambda _struck: swap,
    "another number": lambda struck: alter(struck.number),
    "a float": lambda struck: as_float(struck.number),
    "no id": lambda struck: blank(struck.listed.key),
}
OF_A_NUMBER = frozenset({"another number", "a float"})
PAGE_FAULTS: dict[str, Callable[[Struck], Edit]] = {
    "short": lambda _struck: lambda rows: rows[:3],
    "short at its beginning": lambda _struck: lambda rows: rows[3:],
    "empty": lambda _struck: lambda rows: rows[:0],
    "the one after it": lambda struck: lambda rows: [older(row, struck.listed.key) for row in rows],
}


def older(row: dict[str, object], key: str) -> dict[str, object]:
    """The row as if it stood a page further back: a whole page is lost."""
    return {**row, key: str(int(str(row[key])) - 10_000_000)}


def test_each_list_has_rows_to_strike() -> None:
    bots = {name for name in LISTS if LISTS[name].endpoint.path.endswith(("orders-algo-history", "history-list"))}
    few = {name for name in LISTS if len(Struck(LISTS[name]).rows(account())) < 4}

    assert bots - {"algo-orders-trigger-canceled"} == few


@pytest.mark.slow("an archive each")
@pytest.mark.campaign(one_of=120)
@pytest.mark.parametrize("place", [0, 3, PAGE - 1])
@pytest.mark.parametrize("fault", ROW_FAULTS)
@pytest.mark.parametrize("list_id", LISTS)
def test_a_fault_in_a_row_of_a_list_is_noticed_or_mended(tmp_path: Path, list_id: str, fault: str, place: int) -> None:
    struck = Struck(LISTS[list_id])
    rows = struck.rows(account())
    if fault in OF_A_NUMBER and not struck.number:
        pytest.skip("no amount")
    page = 1 if len(rows) > 2 * PAGE and struck.listed.endpoint.pagination is not None else 0
    striking = Striking(struck.path, page, ROW_FAULTS[fault](struck)(min(place, len(rows) - 1)), params=struck.params)
    made = struck.archive(tmp_path, account(), striking)

    assert striking.struck or len(rows) == 1
    # A fill is matched by its trade: its price and size change no balance, which the ledger's own rows say.
    is_alone = struck.listed.explains or (fault in OF_A_NUMBER and struck.listed.table == "fills")
    assert is_honest(struck, made, rows, lost=1 if fault in INVISIBLE and is_alone else 0)


@pytest.mark.slow("an archive each")
@pytest.mark.campaign(one_of=80)
@pytest.mark.parametrize("page", [0, 1])
@pytest.mark.parametrize("fault", PAGE_FAULTS)
@pytest.mark.parametrize("list_id", [name for name, one in LISTS.items() if one.endpoint.pagination is not None])
def test_a_fault_in_a_page_of_a_list_is_noticed_or_mended(tmp_path: Path, list_id: str, fault: str, page: int) -> None:
    struck = Struck(LISTS[list_id])
    rows = struck.rows(account())
    striking = Striking(struck.path, page, PAGE_FAULTS[fault](struck), params=struck.params)
    made = struck.archive(tmp_path, account(), striking)

    # A first page that begins later, or has no row, is all that there is, for a list that nothing else shows.
    is_beginning = page == 0 and fault in {"short at its beginning", "empty"} and struck.listed.explains
    assert is_honest(struck, made, rows, lost=len(rows) if is_beginning else 0)


@pytest.mark.slow("an archive each")
@pytest.mark.campaign(one_of=20)
@pytest.mark.parametrize("list_id", LISTS)
def test_a_page_that_comes_again_for_ever_is_noticed(tmp_path: Path, list_id: str) -> None:
    struck = Struck(LISTS[list_id])
    rows = struck.rows(account())
    first = list(reversed(rows))[:PAGE]

    def repeated(call: Call) -> Reply | None:
        is_struck = call.path == struck.path and struck.params.items() <= call.query.items()
        return Reply(edit=lambda body: {**body, "data": first}) if is_struck else None

    assert is_honest(struck, struck.archive(tmp_path, account(), repeated), rows)


REFUSALS = {
    "429": Reply(429, {"code": "50011", "data": [], "msg": "Too Many Requests"}),
    "503": Reply(503, {"code": "50001", "data": [], "msg": "Service temporarily unavailable"}),
    "401": Reply(401, {"code": "50113", "data": [], "msg": "Invalid Sign"}),
    "cut": Reply(cut=True),
}


@pytest.mark.slow("two archives each")
@pytest.mark.campaign(one_of=80)
@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("list_id", LISTS)
def test_a_refusal_midway_is_unfinished_and_the_same_command_goes_on(
    tmp_path: Path, list_id: str, refusal: str
) -> None:
    struck = Struck(LISTS[list_id])
    rows = struck.rows(account())
    asked: list[str] = []

    def refusing(call: Call) -> Reply | None:
        is_struck = call.path == struck.path and struck.params.items() <= call.query.items()
        asked.extend([call.path] if is_struck else [])
        return REFUSALS[refusal] if is_struck and (len(asked) > 1 or len(rows) <= PAGE) else None

    first = struck.archive(tmp_path, account(), refusing)
    if len(asked) > 1:
        assert ArchiveStatus.UNFINISHED is first.outcome.status
        again = struck.archive(tmp_path, account())
        assert (ArchiveStatus.COMPLETE, True) == (again.outcome.status, struck.is_whole(again.folder, rows))


@pytest.mark.campaign(one_of=7)
@pytest.mark.parametrize("list_id", [name for name, one in LISTS.items() if not one.explains])
def test_a_list_that_ends_sooner_than_it_should_is_noticed(tmp_path: Path, list_id: str) -> None:
    struck = Struck(LISTS[list_id])
    rows = struck.rows(account())
    short = account().with_rows(struck.path, rows[len(rows) // 2 :])

    assert ArchiveStatus.COMPLETE is not struck.archive(tmp_path, short).outcome.status


def is_honest(struck: Struck, made: Archive, rows: Rows, lost: int = 0) -> bool:
    """Whether an archive is not complete, or the list whole, but for rows that nothing can miss."""
    if made.outcome.status is not ArchiveStatus.COMPLETE:
        return True
    if not lost:
        return struck.is_whole(made.folder, rows)
    return struck.count(made.folder) >= len(rows) - lost
