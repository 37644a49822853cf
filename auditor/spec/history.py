"""The vocabulary of an account's history: its ledgers, how far back each goes, and how a row is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One change of one balance.

    ``number``: the exchange's id, which grows with time; ``time``: Unix milliseconds; ``change`` and ``balance`` (after
    the change) are exact, ``digits`` are both as they came. ``kind``: in this program's words; the texts are the
    exchange's own.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far back the exchange gives a list, in its own words and as a time, with the source.

    ``back``: None where the list goes back to the day that ``words`` name, before which the exchange has nothing.
    """

    words: str
    source: str
    back: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownBalances:
    """The request that shows the balances of a wallet now. A coin that is not listed is 0."""

    endpoint: Endpoint
    asset: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The list of every change of the balances of one wallet, newest first, with the balance after each.

    ``title``: of the wallet; ``key``, ``time``, ``asset``, ``balance``: the fields with a row's id, its Unix
    milliseconds, the coin and the balance after the change; ``fields``: what a row must have; ``read``: its meaning.
    ``pays_in``: the ledger through which whatever comes into this wallet came first, or "": when that one begins with
    nothing within this one's reach, so does this one.
    """

    id: str
    title: str
    wallet: str
    endpoint: Endpoint
    shown: ShownBalances
    reach: Reach
    fields: tuple[Field, ...]
    read: Callable[[Row], LedgerEntry]
    key: str
    time: str
    asset: str
    balance: str
    pays_in: str = ""

    def entry(self, row: object) -> LedgerEntry:
        """Return the meaning of a row. Raises MalformedError for one that is not exactly understood."""
        return self.read(Row(row, self.fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The lists of an exchange that an archive holds.

    ``kinds``: what each code of a type is called in this program's words, by wallet; ``missing``: what no list here
    holds, each a sentence for the user.
    """

    ledgers: tuple[Ledger, ...]
    kinds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Return every request that an archive may send beside those about the key."""
        return tuple(one for ledger in self.ledgers for one in (ledger.endpoint, ledger.shown.endpoint))
