"""One thing that happened in an account: rows of its ledgers that belong together, and what they come to."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from auditor.archive.exports.ledger_table import LedgerRow
from auditor.model import amounts


class Nature(StrEnum):
    """What an event is, whatever a format calls it.

    ``OWN``: between two wallets of this account, both halves are here; ``INSIDE``: into or out of a product of the
    exchange that has no ledger, such as Earn; ``RESULT``: profit and fee of contracts; ``LONE_TRADE``: of a trade or
    a conversion only one side is here; ``LONE_TRANSFER``: the other half is not here.
    """

    TRADE = "trade"
    RESULT = "result"
    LONE_TRADE = "lone_trade"
    OWN = "own"
    LONE_TRANSFER = "lone_transfer"
    SUB_ACCOUNT = "subaccount"
    INSIDE = "inside"
    FLOW = "flow"


class Leg(NamedTuple):
    """An amount above zero of a coin, digit for digit."""

    amount: str
    asset: str


NO_LEG = ("", "")
"""The cells of an amount that is not there."""


@dataclass(slots=True, kw_only=True, eq=False)
class Event:
    """What rows of one moment come to.

    ``rows``: in the order of the table; ``fee``: beside what was sent and received, never in it; ``partner``: the name
    of a sub-account; ``txid``: of a deposit or withdrawal.
    """

    nature: Nature
    kind: str
    rows: tuple[LedgerRow, ...]
    sent: Leg | None = None
    received: Leg | None = None
    fee: Leg | None = None
    partner: str = ""
    txid: str = ""
    first: LedgerRow = field(init=False)

    def __post_init__(self) -> None:
        """Name the first row, which every format asks for."""
        self.first = self.rows[0]

    @property
    def is_in(self) -> bool:
        """Whether the account got something and gave nothing."""
        return self.sent is None


def is_zero(text: str) -> bool:
    """Return whether an amount as it came is 0, without computing with it."""
    rest = text.strip("-0.")
    return not rest or rest[0] in "eE"


def digits(text: str) -> str:
    """Return the size of an amount as it came; one with an exponent is written out."""
    if "e" in text or "E" in text:
        text = amounts.plain(Decimal(text))
    return text.lstrip("-")


def leg(change: str, asset: str) -> Leg:
    """Return the size of a change."""
    return Leg(digits(change), asset)


def total(rows: tuple[LedgerRow, ...]) -> str:
    """Return what the changes of rows of one coin come to: of one row as it came."""
    return rows[0].change if len(rows) == 1 else amounts.plain(amounts.total(Decimal(row.change) for row in rows))
