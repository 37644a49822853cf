"""A list beside a ledger that shows a part of it over again, or only explains it."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from auditor.spec.fields import Field
from auditor.spec.history_tables import TABLES
from auditor.spec.ledger import LedgerEntry
from auditor.spec.paged_list import OF_ROW, PagedList
from auditor.spec.parsed_row import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRow:
    """One row of a list that shows over again what a ledger shows.

    ``time``: Unix milliseconds; ``cells``: of its table. A ledger's row is the same thing if its mark is one of
    ``marks``; none: no ledger's row is looked for. ``due``: such a row must be there; ``expected``: without one an
    archive is not complete, although nothing contradicts; ``legs``: how many. ``parties``: the accounts that it is of,
    by the exchange's ids; none: the archive's. ``final``: its state is followed by no other, whether or not a balance
    changed. ``done``: a balance did change, although the ledger may lack its row; ``credited``: when, as the exchange
    says, in Unix milliseconds, 0 where it does not.
    """

    id: str
    time: int
    cells: tuple[str, ...]
    marks: tuple[Hashable, ...] = ()
    due: bool = True
    expected: bool = False
    legs: int = 1
    parties: frozenset[str] = frozenset()
    final: bool = False
    done: bool = False
    credited: int = 0


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
    with that row's id. ``may_be_withheld``: the exchange may keep its rows back for good. ``shows_use_of``: one of the
    history's ``others``, whose changes are not added up: a row here says that the account used it. ``joined_by``:
    columns of its table with ids that name a ledger's row, too, and where such a row has them; none: what a row shares
    with its ledger's rows is its marks.
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
    shows_use_of: str = ""
    joined_by: Mapping[str, str] = field(default_factory=dict)

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
        listed = self.read(Row(row, self.fields))
        if self.table and len(listed.cells) != len(TABLES[self.table]):
            raise ValueError(self.id)  # Each cell would stand under the next one's name.
        return listed
