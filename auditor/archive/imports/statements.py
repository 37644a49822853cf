"""All statements of an archive beside the API's changes: what both have, what one of them lacks, and of which time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations, pairwise

from auditor.archive.imports.coverage import Coverage, Stretch
from auditor.archive.imports.imported_file import ImportedFile
from auditor.archive.imports.statement_matching import NEAR, hours_ahead, match
from auditor.archive.imports.statement_store import ApiChange, FiledRow, State, StatementStore
from auditor.archive.pages import OddRow
from auditor.i18n import Message, _
from auditor.model import amounts

SECOND = 1000
"""Milliseconds."""
MOST_TOLD, MOST_DOUBTS = 3, 100
_MOVED = "SELECT count(*) FROM row JOIN api ON entry = ledger WHERE row.state = ? AND abs(row.second - api.second) > ?"
_MISSING = "state = '' AND second <= ?"


@dataclass(slots=True)
class Statements:
    """The rows of all statements, each known by the number of its file.

    ``files``: by that number; ``coverage``: of which time they have every row, each from its first to its last, since
    nothing says that a file has all of what its name names; ``missing``: number of the API's changes up to the last
    row that no file has, of these ``before`` the first row; ``lacking``: the first of them; ``contradicted``: rows of
    which the API says another amount, with that; ``one_sided``: number of changes that two files of the same time do
    not have alike; ``inside``: sums of products, by wallet and coin; ``odd``: rows that cannot be read, the first;
    ``only``: number of rows that only files have, by operation; ``undue``: of those that a list of the API's had to
    have, by its title; ``unknown``: of rows of accounts that this program does not know; ``moved``: of rows that the
    API gave with another time of the same day; ``lone``: of transfers without their other half; ``wallets``: of rows.
    """

    store: StatementStore = field(default_factory=StatementStore)
    files: dict[int, ImportedFile] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=lambda: Coverage(()))
    missing: int = 0
    before: int = 0
    lacking: tuple[ApiChange, ...] = ()
    contradicted: tuple[tuple[FiledRow, str], ...] = ()
    one_sided: int = 0
    inside: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    counts: dict[State, int] = field(default_factory=dict)
    odd: list[OddRow] = field(default_factory=list)
    only: dict[str, int] = field(default_factory=dict)
    undue: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)
    moved: int = 0
    lone: int = 0
    wallets: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether there is no row of any file."""
        return not self.coverage.stretches

    @property
    def stretch(self) -> Stretch:
        """The time of the first row and of the last, in Unix milliseconds."""
        return self.coverage.stretches[0][0], self.coverage.stretches[-1][1]

    @property
    def gaps(self) -> Iterator[tuple[int, int]]:
        """The last row before and the first after each time that no file is of, in Unix milliseconds."""
        return ((one[1], other[0]) for one, other in pairwise(self.coverage.stretches))

    def covers(self, wallets: Iterable[str], until: int) -> bool:
        """Return whether files have every row of wallets from the account's first to a time (Unix milliseconds).

        Of a wallet without any row nothing says that the files were made of it, too.
        """
        doubts = (self.missing, self.one_sided, self.odd, self.unknown, self.lone, set(wallets) - self.wallets)
        return not self.is_empty and not any(doubts) and self.coverage.covers(self.stretch[0], until)

    @property
    def is_whole(self) -> bool:
        """Whether files have every change from the account's first to their last."""
        return not self.is_empty and self.covers((), self.stretch[1])

    def begin(self, file: ImportedFile) -> int:
        """Return the number of a further file."""
        number = len(self.files)
        self.files[number] = file
        return number

    def doubt(self, reason: Message, source: str) -> None:
        """Keep a doubt about a row."""
        self.odd += [OddRow(reason, source)] if len(self.odd) < MOST_DOUBTS else []

    def compare(self, changes: Iterable[ApiChange], end: int, inside: Sequence[str]) -> None:
        """Compare all rows with the API's changes up to ``end`` (Unix seconds).

        ``inside``: wallets within a product.
        """
        for change in changes:
            self.store.add_api(change)
        self.store.index()
        for number, file in self.files.items():
            self._check_zone(number, file)
        self._cover(end)
        self.store.mark_twice()
        self.store.set_state(State.LATER, "second > ?", end)
        self.store.set_state(State.UNKNOWN, "wallet = ''")
        self.store.set_state(State.INSIDE, f"wallet IN ({', '.join('?' * len(inside))})", *inside)
        match(self.store)
        self._settle()

    def _check_zone(self, number: int, file: ImportedFile) -> None:
        unzoned = file.statement.unzoned if file.statement else ""
        hours, count = hours_ahead(self.store, number, unzoned)
        if hours:
            text = _(
                "its times are of another zone: {count} of its rows are those of the exchange if {hours} hours are "
                "added. Generate it anew in UTC, or leave its name as it was, which has the zone"
            )
            file.refuse(text.format(count=count, hours=format(hours, "g")))
            self.store.drop(number)

    def _cover(self, end: int) -> None:
        read = {number: file for number, file in self.files.items() if file.rows and not file.unread}
        stretches = {number: (file.first_time, min(file.last_time, end * SECOND)) for number, file in read.items()}
        self.coverage = Coverage.of(one for one in stretches.values() if one[0] <= one[1])
        for (one, own), (other, its) in combinations(stretches.items(), 2):
            between = max(own[0], its[0]) // SECOND, min(own[1], its[1]) // SECOND
            if between[0] < between[1]:
                self.one_sided += self.store.one_sided(one, other, between)

    def _settle(self) -> None:
        counted = self.store.counted("SELECT state, count(*) FROM row GROUP BY state")
        self.counts = {State(str(state)): int(str(count)) for state, count in counted}
        matched = "SELECT file, count(*) FROM row WHERE state IN ('api', 'api-sum', 'contradicted') GROUP BY file"
        for number, count in self.store.counted(matched):
            self.files[int(str(number))].matched = int(str(count))
        if not self.is_empty:
            first, last = (moment // SECOND for moment in self.stretch)
            self._note_missing(first, last)
        query = "SELECT amount FROM api WHERE entry = ?"
        rows = self.store.rows("state = ?", State.CONTRADICTED.value)
        self.contradicted = tuple((row, str(self.store.counted(query, row.ledger)[0][0])) for row in rows)
        self.unknown = self._count("account", "state = ?", State.UNKNOWN.value)
        self.only = self._count("operation", "state = ''")
        ((moved,),) = self.store.counted(_MOVED, State.API.value, NEAR)
        self.moved = int(str(moved))
        self.lone = self.store.lone_halves(NEAR)
        self.wallets = frozenset(self._count("wallet", "state NOT IN ('later', 'again')"))
        due = {
            words: title for one in self.files.values() if one.statement for words, title in one.statement.due.items()
        }
        counts = {words.casefold(): count for words, count in self.only.items()}
        self.undue = {title: counts[words] for words, title in due.items() if words in counts}
        for row in self.store.rows("state = ?", State.INSIDE.value):
            coins = self.inside.setdefault(row.wallet, {})
            coins[row.asset] = amounts.add(coins.get(row.asset, amounts.ZERO), Decimal(row.amount))

    def _note_missing(self, first: int, last: int) -> None:
        columns = "second, wallet, asset, amount, kind, perhaps, entry"
        query = f"SELECT {columns} FROM api WHERE {_MISSING} ORDER BY second, id LIMIT ?"  # noqa: S608
        found = self.store.database.execute(query, (last, MOST_TOLD))
        self.lacking = tuple(map(ApiChange._make, found))
        count = f"SELECT count(*) FROM api WHERE {_MISSING}"  # noqa: S608
        self.missing, self.before = (int(str(self.store.counted(count, end)[0][0])) for end in (last, first - 1))

    def added(self) -> Iterator[FiledRow]:
        """Yield the rows that only files have, in the order of time."""
        yield from self.store.rows("state = ?", State.ONLY.value)

    def _count(self, column: str, which: str, *values: object) -> dict[str, int]:
        """Return the number of rows of each text in a column, the most frequent first."""
        query = (
            f"SELECT {column}, count(*) FROM row WHERE {which} "  # noqa: S608
            f"GROUP BY {column} ORDER BY count(*) DESC, {column}"
        )
        return {str(name): int(str(count)) for name, count in self.store.counted(query, *values)}
