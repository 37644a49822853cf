"""The vocabulary of a wallet whose exchange prints no balance after a change: what it holds follows from sums alone.

Its ledger is put together from the rows of several lists: one row is one or more changes, perhaps in several wallets.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Self

from auditor.spec.fields import Field
from auditor.spec.ledger import ShownBalances
from auditor.spec.paged_list import PagedList, RowsOf
from auditor.spec.parsed_row import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one balance that a row shows.

    ``amount``: with its sign; ``kind``: in this program's words; ``fee``: what of the amount is a fee, below zero where
    it was charged, "" for none; ``description``: the exchange's own words. ``balance``: what is in the wallet after it,
    as it came, "" where the list prints none: of a wallet that one list prints them of, they are followed.
    """

    wallet: str
    asset: str
    amount: Decimal
    kind: str
    fee: str = ""
    description: str = ""
    balance: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """What one row of a list comes to.

    ``id``: within its list; ``time``: Unix milliseconds; ``type``: the exchange's own code; ``cells``: of the list's
    table; ``unknown``: a code that does not say for certain what the row changes, "" where it is known. ``trade_id``:
    what the changes of one trade or conversion have in common. ``perhaps``: another wallet of the same group, where the
    row does not say that its changes are not of that one, all of them. ``table``: what its cells are of, "" for the
    table of its list. ``final``: its state is followed by no other, whether or not a balance changed.
    """

    id: str
    time: int
    changes: tuple[Change, ...]
    type: str = ""
    instrument: str = ""
    order_id: str = ""
    trade_id: str = ""
    ref: str = ""
    cells: tuple[str, ...] = ()
    unknown: str = ""
    perhaps: str = ""
    table: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList(PagedList):
    """A list whose rows are changes of balances that no ledger shows.

    ``wallets``: those that its rows may change, so that their proof rests on it; ``read``: what a row comes to;
    ``reader_of``: returns what reads a row, where only rows of other lists say what it means; ``table``: what its rows
    stand in beside the ledger, "" for none; ``most``: the number of rows beyond which the exchange leaves older ones
    out, 0 for none; ``unused``: codes of refusals by which the exchange says that the account never had what the list
    is of, with that in words; ``main_only``: a sub-account's key cannot ask for it. ``within``: the id of a list that
    shows every row of this one too and goes back further, "" for none; ``if_given``: what it means, in a sentence, that
    the exchange does not refuse the list.
    """

    wallets: tuple[str, ...]
    fields: tuple[Field, ...]
    read: Callable[[Row], ChangedRow]
    reader_of: Callable[[RowsOf], Callable[[Row], ChangedRow]] | None = None
    table: str = ""
    most: int = 0
    unused: Mapping[str, str] = field(default_factory=dict)
    main_only: bool = False
    within: str = ""
    if_given: str = ""

    def beside(self, rows_of: RowsOf) -> Self:
        """Return the list with what reads its rows beside those of other lists."""
        return self if self.reader_of is None else replace(self, read=self.reader_of(rows_of))

    def changed(self, row: object) -> ChangedRow:
        """Return what a row comes to. Raises MalformedError for one that is not exactly understood."""
        return self.read(Row(row, self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedWallet:
    """A wallet of which only this can be proved: nothing plus all changes is what is shown.

    ``elsewhere``: what else may change it and is in no list of the archive, each for a sentence: while there is any, a
    difference contradicts nothing. ``may_owe``: its balances may be below zero. ``group``: wallets of one name are also
    added up together, for rows that do not say which of two they changed; "" for none. ``begins_late``: the exchange
    gives its changes for some time only, so that what is shown beyond their sum was there before, and an archive is not
    complete. ``paid_in``: whatever comes into it was in another wallet before, whose lists show that it left: there was
    nothing in it before the first row that changes it, however old the account is. ``advice``: what the user can do
    where its lists do not go back to that row, a sentence.
    """

    wallet: str
    title: str
    elsewhere: tuple[str, ...] = ()
    may_owe: bool = False
    group: str = ""
    begins_late: bool = False
    paid_in: bool = False
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummedWallet(ChangedWallet):
    """Such a wallet whose changes the API lists, and whose balances it shows."""

    shown: ShownBalances


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledWallet(ChangedWallet):
    """Such a wallet of which only files of the exchange's site have every change.

    ``total``: the exchange's name of it where it shows what is in each wallet; ``inside``: its rows show over again,
    from within, what others paid into a product, so that they are added up and stand in no ledger.
    """

    total: str
    inside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WalletTotals:
    """The request that shows what is in each wallet, also in those of which no list here has the changes.

    ``shown``: it names wallets where that of a wallet names coins; ``here``: the exchange's names of those whose
    changes are here, or that show over again what one of them holds; ``by_name``: wallets by their names that are here
    as soon as a balance or a change of them was read.
    """

    shown: ShownBalances
    here: frozenset[str]
    by_name: Mapping[str, str] = field(default_factory=dict)
