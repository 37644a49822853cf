"""Fills and the rows of the ledger that name them: by ids that both have."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from auditor.archive.table_row import MOST, TableRow
from auditor.spec.history_tables import TABLES
from auditor.spec.ledger import LedgerEntry
from auditor.spec.second_list import ListedRow, SecondList

MOST_ENTRIES = 2_000
"""Rows of the ledger whose fill may come yet."""
TRADE = "trade_id"
Key = tuple[str, ...]


@dataclass(slots=True)
class SharedIds:
    """What joins fills to the ledger's rows by the ids that name both; of two fills with the same ids, neither.

    The rows of both come in the order of time, so that few wait. ``names_trade``: the ids are of a trade, not of an
    order, whose other fill the list may lack. ``open``: lists of which rows may come.
    """

    _columns: tuple[int, ...]
    _ids_of: Callable[[LedgerEntry], Key]
    _names_trade: bool
    open: int = 0
    _fills: OrderedDict[Key, TableRow] = field(default_factory=OrderedDict)
    _entries: OrderedDict[Key, list[LedgerEntry]] = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, names: Mapping[str, str], table: str) -> "SharedIds":
        """Return what joins rows of a table. ``names``: see `SecondList.joined_by`."""
        ids_of = _several(*names.values()) if len(names) > 1 else _one(*names.values())
        return cls(tuple(map(TABLES[table].index, names)), ids_of, TRADE in names)

    def end_list(self) -> None:
        """Take one of the lists as complete."""
        self.open -= 1

    def take_row(self, listed: ListedRow, row: TableRow) -> None:
        """Take the next fill."""
        # Behind a blank stands the name of a wallet, where several have instruments of one name.
        key = tuple(listed.cells[number].partition(" ")[0] for number in self._columns)
        if "" in key:
            return
        other = self._fills.get(key)
        if other is not None:
            other.doubt()
            row.doubt()
            return
        for entry in self._entries.pop(key, ()):
            self._join(row, entry)
        self._fills[key] = row
        if len(self._fills) > MOST:
            self._fills.popitem(last=False)

    def take_entry(self, entry: LedgerEntry) -> None:
        """Take the next row of a ledger."""
        if not (self.open or self._fills):
            return
        key = self._ids_of(entry)
        if "" in key:
            return
        row = self._fills.get(key)
        if row is not None:
            self._join(row, entry)
            return
        if not self.open:
            return
        same = self._entries.get(key)
        if same is None:
            self._entries[key] = [entry]
            if len(self._entries) > MOST_ENTRIES:
                self._entries.popitem(last=False)
        else:
            same.append(entry)

    def _join(self, row: TableRow, entry: LedgerEntry) -> None:
        """Let a fill name a row of the ledger. Two rows of one coin and kind are of two fills of an order."""
        if not self._names_trade and any((one.asset, one.kind) == (entry.asset, entry.kind) for one in row.entries):
            row.doubt()
        row.join(entry)


def _several(*names: str) -> Callable[[LedgerEntry], Key]:
    read: Callable[[LedgerEntry], Key] = attrgetter(*names)
    return read


def _one(name: str) -> Callable[[LedgerEntry], Key]:
    read: Callable[[LedgerEntry], str] = attrgetter(name)
    return lambda entry: (read(entry),)


@dataclass(slots=True)
class SharedIdsOf:
    """What joins the fills of an archive's lists: those of one wallet that share the same ids together."""

    _by_ids: dict[Hashable, SharedIds] = field(default_factory=dict)
    _by_wallet: dict[str, list[SharedIds]] = field(default_factory=dict)
    _by_list: dict[str, SharedIds] = field(default_factory=dict)

    def add(self, listed: SecondList) -> None:
        """Join the rows of a further list, if it says by which ids."""
        if not listed.joined_by:
            return
        same = listed.wallet, listed.table, *listed.joined_by.items()
        if same not in self._by_ids:
            self._by_ids[same] = SharedIds.of(listed.joined_by, listed.table)
            self._by_wallet.setdefault(listed.wallet, []).append(self._by_ids[same])
        self._by_list[listed.id] = self._by_ids[same]
        self._by_ids[same].open += 1

    def end_list(self, listed: SecondList) -> None:
        """Take a list as complete."""
        if listed.joined_by:
            self._by_list[listed.id].end_list()

    def take_row(self, listed: SecondList, row: ListedRow, into: TableRow) -> None:
        """Take the next row of a list."""
        if listed.joined_by:
            self._by_list[listed.id].take_row(row, into)

    def take_entry(self, wallet: str, entry: LedgerEntry) -> None:
        """Take the next row of a wallet's ledger."""
        for one in self._by_wallet.get(wallet, ()):
            one.take_entry(entry)
