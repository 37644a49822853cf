"""The history of an account: the ledgers and lists of an exchange that an archive holds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from auditor.spec.endpoint import Endpoint
from auditor.spec.ledger import Ledger, ShownBalances
from auditor.spec.paged_list import OF_ROW, RowsOf
from auditor.spec.second_list import SecondList
from auditor.spec.summed import ChangeList, FiledWallet, SummedWallet, WalletTotals


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
    wallet, also in those of which no list here has the changes; ``others``: titles of these by the names in rows;
    ``filed``: those of these whose changes stand in a file of the exchange's site.

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
    summed: tuple[SummedWallet, ...] = ()
    changes: tuple[ChangeList, ...] = ()
    filed: tuple[FiledWallet, ...] = ()
    totals: WalletTotals | None = None
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
