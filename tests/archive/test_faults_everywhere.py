"""Each fault in each list of each archive: never complete, and never told less than without it.

Nothing but one list's raw answers is another. What changes nothing that is proved, as a row that comes a second time,
need not be noticed. By default a fault strikes one list of each archive, with ``--campaign`` each of them. A plain run
tries each fault at one archive and each archive with one fault; the others are among the slow tests.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import pytest

from auditor.archive import comparison
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.model.amounts import ZERO, total
from auditor.spec.ledger import Ledger, LedgerEntry
from auditor.spec.paged_list import PagedList
from tests.archive.fault_cases import CASES
from tests.archive.fault_kinds import ANSWERS, PAGE_FAULTS, REFUSALS, ROW_FAULTS, Place, Serving, with_page
from tests.archive.proved_content import Content, Raw, is_noticed
from tests.archive.raw_strikes import (
    Pages,
    RawFile,
    Rows,
    digits_of,
    value_at,
)
from tests.slow_tests import crossed

T = TypeVar("T")
pytestmark = pytest.mark.usefixtures("without_exports")
TRIES = 3
"""Strikes of a sample that need not be told, before it is enough."""
NEAR = 12
"""How near to each other rows that may cancel out stand in a page."""
Strike = tuple[RawFile, Callable[[Pages], Pages], str]
"""A file, the fault in its pages, and the words for it."""


@dataclass(frozen=True)
class Healthy:
    """An archive without a fault, whose raw answers are struck."""

    raw: Raw
    outcome: Outcome
    content: Content

    @cached_property
    def files(self) -> list[tuple[PagedList, RawFile, Pages]]:
        """The lists with rows that a proof rests on."""
        found = [(one, RawFile(path)) for one in self.raw.proving if (path := self.raw.file(one)) is not None]
        return [(one, file, pages) for one, file in found if (pages := file.pages())]

    def is_told(self, to: Path) -> bool | None:
        """Whether what the raw answers are now is told; None where nothing that is proved is another."""
        if is_noticed(self.raw.judged(to), self.outcome):
            return True
        return False if self.must_be_told(self.raw, to) else None

    def must_be_told(self, raw: Raw, tables: Path) -> bool:
        """Whether other raw answers cannot be what the exchange has."""
        is_whole = self.outcome.status is ArchiveStatus.COMPLETE
        return raw.content(tables, self.raw.entries).must_be_told(self.content, is_whole=is_whole)


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare balances twice, not five times, where they do not agree."""
    monkeypatch.setattr(comparison, "ATTEMPTS", 2)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Healthy]:
    """Return the archive of a case, made once."""
    made = dict[str, Healthy]()

    def of(name: str) -> Healthy:
        if name not in made:
            folder, tables = tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("tables")
            raw = Raw(CASES[name].make(folder).folder, CASES[name].table())
            outcome = raw.judged(tables)
            made[name] = Healthy(raw, outcome, raw.content(tables, raw.entries))
        return made[name]

    return of


def _missed(one: Healthy, strikes: Iterable[Strike], to: Path, *, campaign: bool) -> list[str]:
    """The strikes that are not told: of all, or in a sample of the first ones until one of them is."""
    missed = []
    for number, (file, edit, words) in enumerate(strikes):
        with file.struck(edit):
            is_told = one.is_told(to)
        missed += [words] if is_told is False else []
        if not campaign and (is_told is not None or number >= TRIES):
            break
    return missed


def _from(found: Sequence[T], *names: str) -> list[T]:
    """All of them, beginning with one that the names of the test choose."""
    first = crc32(" ".join(names).encode()) % max(len(found), 1)
    return [*found[first:], *found[:first]]


def _ends(count: int) -> list[int]:
    """The first, one within and the last."""
    return sorted({0, count // 2, count - 1})


@pytest.mark.parametrize(("name", "fault"), crossed(CASES, ROW_FAULTS))
def test_no_archive_is_complete_with_a_row(
    name: str, fault: str, healthy: Callable[[str], Healthy], tmp_path: Path, *, campaign: bool
) -> None:
    one = healthy(name)
    strikes: list[Strike] = [
        (file, partial(_put, place, rows), f"{place.listed.id} {place.page} {place.row} {rows}")
        for file, place, row in _places(one)
        for rows in ROW_FAULTS[fault](row, place)
    ]

    assert strikes
    assert [] == _missed(one, _from(strikes, name, fault), tmp_path, campaign=campaign)


def _places(one: Healthy) -> Iterator[tuple[RawFile, Place, Any]]:
    for listed, file, pages in one.files:
        for page in _ends(len(pages)):
            for row in _ends(len(pages[page])):
                yield file, Place(listed, page, row), pages[page][row]


def _put(at: Place, rows: Rows, pages: Pages) -> Pages:
    page = pages[at.page]
    return with_page(pages, at.page, [*page[: at.row], *rows, *page[at.row + 1 :]])


@pytest.mark.parametrize(("name", "fault"), crossed(CASES, PAGE_FAULTS))
def test_no_archive_is_complete_with_a(
    name: str, fault: str, healthy: Callable[[str], Healthy], tmp_path: Path, *, campaign: bool
) -> None:
    one = healthy(name)
    strikes: list[Strike] = [
        (file, partial(PAGE_FAULTS[fault], number=number), f"{listed.id} {number}")
        for listed, file, pages in one.files
        for number in _ends(len(pages))
    ]

    assert [] == _missed(one, _from(strikes, name, fault), tmp_path, campaign=campaign)


def _pairs(one: Healthy) -> Iterator[tuple[RawFile, int, tuple[int, int]]]:
    """Rows of one page of a ledger whose amounts may cancel out: file, page, and both rows."""
    passed_on = _passed_on(one)
    for listed, file, pages in one.files:
        for number, page in enumerate(pages) if isinstance(listed, Ledger) and passed_on else ():
            for first, second in combinations(range(len(page)), 2):
                if second - first < NEAR and _sizes(listed, page[first]) & _sizes(listed, page[second]) & passed_on:
                    yield file, number, (first, second)


def _passed_on(one: Healthy) -> set[Decimal]:
    """The sizes of what came into a wallet and went straight on, or the other way about."""
    by_coin = defaultdict[tuple[str, str], list[Decimal]](list)
    for wallet, entry in one.raw.entries:
        by_coin[wallet, entry.asset].append(entry.change)
    return {abs(before) for changes in by_coin.values() for before, after in pairwise(changes) if before == -after != 0}


def _sizes(listed: PagedList, row: Any) -> set[Decimal]:
    """The amounts of a row without their signs, but for its balance."""
    paths = (path for path in Place(listed, 0, 0).amounts(row) if path != (listed.balance,))
    return {abs(Decimal(digits_of(value_at(row, path)))) for path in paths}


def _are_due(one: Healthy, entries: list[tuple[str, LedgerEntry]]) -> bool:
    """Whether the ledgers' rows without these lack two that cancel out, of which a second list says that they are."""
    gone = [entry for entry in one.raw.entries if entry not in entries]
    coins, change = {entry.asset for _wallet, entry in gone}, total(entry.change for _wallet, entry in gone)
    if (len(gone), len(coins), change) != (2, 1, ZERO):
        return False
    due = {(list_id, mark) for list_id, marks in one.content.due for mark in marks}
    return any((second.id, second.mark(entry)) in due for second in one.raw.history.seconds for _wallet, entry in gone)


@pytest.mark.parametrize("name", CASES)
def test_no_archive_is_complete_without_two_rows_that_cancel_out(
    name: str, healthy: Callable[[str], Healthy], tmp_path: Path, *, campaign: bool
) -> None:
    """No balance shows what came and went straight on: the lists of deposits and withdrawals do."""
    one, missed = healthy(name), []
    for file, number, pair in _pairs(one):
        with file.struck(partial(_without, number, pair)):
            if not _are_due(one, Raw(one.raw.folder, one.raw.table).entries):
                continue
            missed += (
                [] if is_noticed(one.raw.judged(tmp_path), one.outcome) else [(file.path.parent.name, number, pair)]
            )
        if not campaign:
            break

    assert [] == missed


def _without(number: int, places: tuple[int, int], pages: Pages) -> Pages:
    return with_page(pages, number, [row for place, row in enumerate(pages[number]) if place not in places])


def _paths_of(one: Healthy, answers: int) -> list[str]:
    """The paths of lists that were asked for so often."""
    return list(
        dict.fromkeys(listed.endpoint.path for listed, file, _pages in one.files if len(file.read()) >= answers)
    )


@pytest.mark.slow("two archives each")
@pytest.mark.campaign(one_of=4)
@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("name", CASES)
def test_a_refusal_midway_is_unfinished_and_the_same_command_goes_on(
    name: str, refusal: str, healthy: Callable[[str], Healthy], tmp_path: Path, *, campaign: bool
) -> None:
    one, case = healthy(name), CASES[name]
    for path in _from(_paths_of(one, 2), name, refusal)[: None if campaign else 1]:
        to = tmp_path / path.replace("/", "-")
        serving = Serving(path, refusal=REFUSALS[refusal])
        first = case.make(to, serving)
        again = case.make(to) if first.outcome.status is ArchiveStatus.UNFINISHED else first

        assert (path, True, True) == (path, bool(serving.struck), is_noticed(first.outcome, one.outcome))
        assert (path, False) == (path, again is not first and is_noticed(again.outcome, one.outcome))


@pytest.mark.campaign(one_of=11)
@pytest.mark.parametrize("fault", ANSWERS)
@pytest.mark.parametrize("name", CASES)
def test_no_archive_is_complete_whose_exchange_answers(
    name: str, fault: str, healthy: Callable[[str], Healthy], tmp_path: Path, *, campaign: bool
) -> None:
    """Every answer of one list, so that paging meets the fault as well as the proof."""
    one, case = healthy(name), CASES[name]
    for path in _from(_paths_of(one, 1), name, fault)[: None if campaign else 1]:
        serving = Serving(path, edit=ANSWERS[fault])
        made = case.make(tmp_path / path.replace("/", "-"), serving)
        assert (path, True) == (path, bool(serving.struck))
        if not is_noticed(made.outcome, one.outcome):
            raw, tables = Raw(made.folder, one.raw.table), made.folder / "data/tables"
            assert (path, False) == (path, one.must_be_told(raw, tables))
