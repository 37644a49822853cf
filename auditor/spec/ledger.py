"""A ledger: the list of every change of the balances of one wallet, and the request that shows them now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple, Self

from auditor.model.amounts import ZERO, cut, digits_of
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field
from auditor.spec.paged_list import PagedList, RowsOf
from auditor.spec.parsed_row import Row


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
