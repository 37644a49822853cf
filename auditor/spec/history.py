"""The vocabulary of an account's history: its ledgers, how far back each goes, and how a row is read."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import quote, unquote

from auditor.model.amounts import ZERO, cut, digits_of
from auditor.spec.endpoint import Cursor, Endpoint
from auditor.spec.fields import Field, Row
from auditor.spec.history_tables import TABLES
from auditor.spec.times import Unit

if TYPE_CHECKING:
    from auditor.spec.summed import ChangeList, SummedWallet, WalletTotals

OF_ROW = "--"
"""Between the id of a list that is asked for each row of another, or for each value, and that row's id or value."""
RowsOf = Callable[[str], Iterable[Mapping[str, object]]]
"""Returns the rows of a list of the archive as they came, by its id."""


class LedgerEntry(NamedTuple):
    """One change of one balance. An archive has millions: a tuple is made in a third of a dataclass's time.

    ``number``: the exchange's id, which grows with time, or where ids do not, the time as exactly as it is given;
    ``id``: such an id, "" where ``number`` is it; ``time``: Unix milliseconds; ``change`` and ``balance`` (after
    the change) are exact, ``digits`` are both as they came. ``kind``: in this program's words; the texts are the
    exchange's own. ``slack``: by how much both amounts may differ from the true ones, where a file has them rounded.
    """

    number: int
    time: int
    asset: str
    change: Decimal
    balance: Decimal
    digits: tuple[str, str]
    kind: str
    type: str
    subtype: str = ""
    description: str = ""
    fee: str = ""
    instrument: str = ""
    order_id: str = ""
    trade_id: str = ""
    ref: str = ""
    slack: Decimal = ZERO
    id: str = ""

    @property
    def label(self) -> str:
        """The id as the exchange writes it."""
        return self.id or str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far back the exchange gives a list, in its own words and as a time, with the source.

    ``back``: None where the list goes back to the day that ``words`` name, before which the exchange has nothing;
    ``first``: that day, None where none is stated; ``source``: "" where the page of the list's request says so.
    """

    words: str
    source: str = ""
    back: timedelta | None = None
    first: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBalances:
    """The request that shows the balances of a wallet now, in all its pages. A coin that is not listed is 0.

    ``more``: further fields with parts of the amount; ``several``: a coin may have several rows, which are added up;
    ``is_here``: whether a name of a coin in the answer is of this wallet. ``places``: amounts are cut to so many
    decimal places or more; None: they are exact. ``none_by``: codes of refusals by which the exchange says that there
    is no such wallet: ``endpoint`` reads no rows from them.
    """

    endpoint: Endpoint
    asset: str
    amount: str
    more: tuple[str, ...] = ()
    several: bool = False
    is_here: Callable[[str], bool] = lambda _asset: True
    places: int | None = None
    none_by: frozenset[str] = frozenset()

    def agrees(self, shown: Decimal, exact: Decimal) -> bool:
        """Return whether what is shown is an exact amount, as far as it is shown."""
        return shown == exact or (self.places is not None and shown == cut(exact, max(self.places, digits_of(shown))))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFiles:
    """The request that says whether the file of an older quarter lies ready.

    ``year``, ``quarter``: its parameters, such as 2024 and Q3; ``link``, ``state``: fields of its row; ``ready``: the
    state of a file that can be downloaded.
    """

    endpoint: Endpoint
    year: str
    quarter: str
    link: str
    state: str
    ready: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ascending:
    """Pages from old to new: the next is asked from the last row's ``key`` on, which it repeats.

    ``key``: a whole number; ``cursor``: the parameter, which begins at ``first``, or in time windows where each starts.
    """

    cursor: str
    key: str
    limit: str = "limit"
    size: int = 1000
    first: str = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """One answer has all rows, if fewer than ``size`` came; else a time window is asked in halves."""

    limit: str = "limit"
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """A list that is asked once for each value of a parameter, such as a symbol.

    ``values``: known ones; ``find``: further ones out of the rows of the lists ``of``, which are read before and may
    be the list itself: it is asked until nothing new is found. ``field``: the name under which a row is read with its
    value, "" for none; a row that has it must have the same. ``shared``: several parts may show the same row.
    ``about``: how many values an account has to be asked for, where they are found, for an estimate of the time.
    """

    parameter: str
    values: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    find: Callable[[RowsOf], Iterable[str]] = lambda _rows: ()
    field: str = ""
    about: int = 1
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PagedList:
    """A list that is read from its newest row to its end, or from its oldest one.

    ``key``, ``time``: the fields with a row's id and time, which is written in ``unit``; ``ties``: whether rows may
    have one key; ``ordered``: whether keys, or times, fall from row to row; ``asset``, ``balance``: the fields with the
    coin and its balance after the row, "" without.

    Paged by `Cursor`, ids are whole numbers that fall. Every other list is read by time (``timed``, which only one
    without pages must say): ids may be text, times may tie, and without a ``key`` a row is known by its content.
    ``oldest_first``: windows and rows rise; ``paging``: in place of the endpoint's pagination, where an audit has no
    such; ``partition``: it is asked for each of several values.
    """

    id: str
    title: str
    endpoint: Endpoint
    reach: Reach
    key: str
    time: str
    ties: bool = False
    ordered: bool = True
    asset: str = ""
    balance: str = ""
    unit: Unit = "ms"
    timed: bool = False
    oldest_first: bool = False
    paging: Ascending | Single | None = None
    partition: Partition | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Cite the page of the request for a reach without a source of its own."""
        if not self.reach.source:
            object.__setattr__(self, "reach", replace(self.reach, source=self.endpoint.source))

    @property
    def by_time(self) -> bool:
        """Whether its rows are told apart and ordered by time and id, not by a number that is both."""
        pagination = self.endpoint.pagination
        is_paged_so = pagination is None or isinstance(pagination, Cursor)
        return self.timed or self.paging is not None or self.endpoint.windows is not None or not is_paged_so

    def part(self, value: str) -> Self:
        """Return the list of one value of its partition."""
        if self.partition is None:
            return self
        query = self.endpoint.queries[-1]
        query = replace(query, params={**query.params, self.partition.parameter: value})
        return replace(
            self,
            id=f"{self.id}{OF_ROW}{quote(value, safe='')}",
            endpoint=replace(self.endpoint, queries=(query,)),
            partition=None,
            given={self.partition.field: value} if self.partition.field else {},
        )

    def value_of(self, part_id: str) -> str:
        """Return the value of a part, whose id is that of the list and the value."""
        return unquote(part_id.removeprefix(f"{self.id}{OF_ROW}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger(PagedList):
    """The list of every change of the balances of one wallet, newest first, with the balance after each.

    ``title``: of the wallet; ``key``: the field with a row's id; ``fields``: what a row must have; ``read``: its
    meaning; ``asset``, ``balance``: never "". ``pays_in``: the ledger through which whatever comes into this wallet
    came first, or "": when that one begins with nothing within this one's reach, so does this one.
    ``files``: of quarters before its reach, which the user must ask for; ``quick``: reads most rows in less time, None
    for none; it returns None for a row that ``read`` has to look at. ``unused``: codes of refusals by which the
    exchange says that the account never had this wallet, with that in words. ``uncounted``: why what is shown may be
    something else than what the rows come to, although none is missing: a difference is then a question and no
    contradiction; ``unsure_of``: the same of the balances that rows of a coin print, "" where they are documented.
    ``reader_of``: returns what reads a row, where only the rows beside it say what it means;
    ``reader_in_order``: what reads the rows from the oldest on, where it depends on those before; ``one_of_many``: the
    account has others, and goes on without this one where the exchange refuses it from the beginning; ``counted``: the
    exchange numbers the rows of each account from 1 on, so that a number tells how many came before.
    """

    wallet: str
    shown: ShownBalances
    fields: tuple[Field, ...]
    read: Callable[[Row], LedgerEntry]
    pays_in: str = ""
    files: QuarterFiles | None = None
    quick: Callable[[object], LedgerEntry | None] | None = None
    unused: Mapping[str, str] = field(default_factory=dict)
    uncounted: str = ""
    unsure_of: Callable[[str], str] = lambda _asset: ""
    reader_of: Callable[[RowsOf], Callable[[Row], LedgerEntry]] | None = None
    reader_in_order: Callable[[], Callable[[Row], LedgerEntry]] | None = None
    one_of_many: bool = False
    counted: bool = False

    def begun(self) -> Self:
        """Return the ledger with what reads its rows from the oldest on."""
        return self if self.reader_in_order is None else replace(self, read=self.reader_in_order())

    def beside(self, rows_of: RowsOf) -> Self:
        """Return the ledger with what reads its rows beside the others."""
        return self if self.reader_of is None else replace(self, read=self.reader_of(rows_of))

    def entry(self, row: object) -> LedgerEntry:
        """Return the meaning of a row. Raises MalformedError for one that is not exactly understood."""
        entry = None if self.quick is None else self.quick(row)
        return self.read(Row(row, self.fields)) if entry is None else entry


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One row of a list that shows over again what a ledger shows.

    ``time``: Unix milliseconds; ``cells``: of its table. A ledger's row is the same thing if its mark is one of
    ``marks``; none: no ledger's row is looked for. ``due``: such a row must be there; ``expected``: without one an
    archive is not complete, although nothing contradicts; ``legs``: how many. ``parties``: the accounts that it is of,
    by the exchange's ids; none: the archive's.
    """

    id: str
    time: int
    cells: tuple[str, ...]
    marks: tuple[Hashable, ...] = ()
    due: bool = True
    expected: bool = False
    legs: int = 1
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondList(PagedList):
    """A list beside a ledger that shows a part of it over again: a second witness.

    ``table``: the table that its rows stand in, "" for none; ``types``: the ledger's types whose rows it shows, None
    for all; ``mark``: what a ledger's row has in common with its row here, None where it has none; ``group``: lists
    that together show such rows; ``also``: types of other wallets whose rows it shows; ``perhaps``: types whose rows it
    may show, None for all; ``shared``: one row here may stand for more than ``legs``; ``main_only``: the key of a
    sub-account cannot ask for it.

    ``not_had``: codes of refusals that say that the account has none of this kind; whether it has follows from the
    rows of its ledgers, which the other lists of the group must show. ``explains``: no proof rests on it, so that it
    may end at its reach; ``used_by``: types of the ledgers that show
    that the account has something there; ``parent``: the list for each of whose rows it is asked, ``by``: the parameter
    with that row's id. ``may_be_withheld``: the exchange may keep its rows back for good.
    """

    wallet: str
    fields: tuple[Field, ...]
    read: Callable[[Row], ListedRow]
    table: str = ""
    types: frozenset[str] | None = frozenset()
    mark: Callable[[LedgerEntry], Hashable] = lambda _entry: None
    group: str = ""
    also: Mapping[str, frozenset[str]] = field(default_factory=dict)
    perhaps: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    shared: bool = False
    main_only: bool = False
    not_had: frozenset[str] = frozenset()
    explains: bool = False
    used_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    parent: str = ""
    by: str = ""
    may_be_withheld: bool = False

    def shows(self, wallet: str, code: str) -> bool:
        """Return whether every row of a type in a wallet's ledger must be here."""
        types = self.types if wallet == self.wallet else self.also.get(wallet, frozenset())
        return types is None or code in types

    def may_show(self, wallet: str, code: str) -> bool:
        """Return whether rows of a type in a wallet's ledger may be here."""
        types = self.perhaps.get(wallet, frozenset())
        return types is None or code in types

    def of_row(self, row_id: str) -> "SecondList":
        """Return the list that belongs to one row of its parent."""
        query = replace(self.endpoint.queries[-1], params={**self.endpoint.queries[-1].params, self.by: row_id})
        endpoint = replace(self.endpoint, queries=(query,))
        return replace(self, id=f"{self.id}{OF_ROW}{row_id}", endpoint=endpoint, read=partial(self._read_for, row_id))

    def _read_for(self, parent_id: str, row: Row) -> ListedRow:
        """Read a row of a list that belongs to a parent's row, which need not say so."""
        listed = self.read(row)
        named = zip(TABLES[self.table], listed.cells, strict=True)
        return replace(listed, cells=tuple(parent_id if name == "parent_id" else cell for name, cell in named))

    def listed(self, row: object) -> ListedRow:
        """Return the meaning of a row. Raises MalformedError for one that is not exactly understood."""
        return self.read(Row(row, self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletTransfer:
    """Types of two ledgers whose rows are the halves of one transfer between their wallets."""

    wallets: tuple[str, str]
    types: tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedWallet:
    """A wallet without a ledger: rows of certain types in another wallet's ledger pay into it and out of it.

    ``also``: further wallets with such rows; ``shown``: what is in it now; ``accrued``: the field with what of it was
    earned there.
    """

    id: str
    title: str
    beside: str
    types: frozenset[str]
    shown: ShownBalances
    accrued: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningTime:
    """The request that says when the account was opened. ``field``: of its one row, with Unix seconds."""

    endpoint: Endpoint
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The lists of an exchange that an archive holds.

    ``kinds``: what each code of a type is called in this program's words, by wallet; ``derived``: wallets without a
    ledger; ``missing``: what no list here holds, each a sentence for the user; ``remarks``: what no list gives in
    detail, though a ledger has its money; ``dictionary``: the request for the exchange's own words for its codes;
    ``contracts``: a regular expression of the names of contracts, "" for none.

    ``summed``: wallets whose changes stand in the lists ``changes`` and are added up; ``totals``: what is in each
    wallet, also in those of which no list here has the changes; ``others``: titles of these by the names in rows.
    ``opened``: without its answer nothing says that there is nothing older than the ledgers' reach.

    ``named_by``: the id of the one of ``seconds`` that is read first, and once, since its rows name accounts that the
    exchange keeps apart; ``of_accounts``: returns the history with the lists of these, which need the same requests.
    ``opened``: without its answer nothing says that there is nothing older than the ledgers' reach. ``by_mode``: the
    lists of accounts that are set up in another way, by the mode that `Identity` names.
    """

    ledgers: tuple[Ledger, ...]
    seconds: tuple[SecondList, ...] = ()
    transfers: tuple[WalletTransfer, ...] = ()
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    derived: tuple[DerivedWallet, ...] = ()
    summed: tuple["SummedWallet", ...] = ()
    changes: tuple["ChangeList", ...] = ()
    totals: "WalletTotals | None" = None
    others: Mapping[str, str] = field(default_factory=dict)
    opened: OpeningTime | None = None
    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    dictionary: Endpoint | None = None
    contracts: str = ""
    named_by: str = ""
    of_accounts: Callable[[RowsOf], "History"] | None = None
    by_mode: Mapping[str, "History"] = field(default_factory=dict)

    def of_mode(self, mode: str | None) -> "History":
        """Return the lists of an account in a mode."""
        return self.by_mode.get(mode or "", self)

    def with_lists(self, ids: Iterable[str]) -> "History":
        """Return the history with the lists that are asked for each row of another, as far as ids name them."""
        by_id = {one.id: one for one in self.seconds if one.parent}
        parts = (list_id.partition(OF_ROW) for list_id in ids)
        found = tuple(by_id[list_id].of_row(row_id) for list_id, _dot, row_id in parts if row_id and list_id in by_id)
        return replace(self, seconds=(*self.seconds, *found))

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return every request that an archive may send beside those about the key."""
        asked = (one for ledger in self.ledgers for one in (ledger.endpoint, ledger.shown.endpoint))
        files = (one.files.endpoint for one in self.ledgers if one.files is not None)
        words = () if self.dictionary is None else (self.dictionary,)
        wallets = (*(one.shown for one in self.derived), *(one.shown for one in self.summed))
        derived = (one.endpoint for one in wallets)
        totals = () if self.totals is None else (self.totals.shown.endpoint,)
        opened = () if self.opened is None else (self.opened.endpoint,)
        lists = (one.endpoint for one in (*self.seconds, *self.changes))
        others = (endpoint for other in self.by_mode.values() for endpoint in other.endpoints())
        return (*asked, *files, *words, *derived, *totals, *opened, *lists, *others)
