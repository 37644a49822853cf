"""HTX: what the types of Get Account History are called in an archive. A type that is not here is "other".

All are documented (HTX API pages, Spot, Get Account History, November 2025). ``other-types`` is whatever has no type of
its own, also coins that are frozen or set free.
"""

from collections.abc import Mapping

OTHER = "other-types"
CUSTODY = "fireblocks-dw"
KINDS: Mapping[str, str] = {
    "trade": "trade",
    "etf": "conversion",
    "transact-fee": "fee",
    "fee-deduction": "fee",
    "transfer": "transfer",
    "credit": "loan",
    "liquidation": "settlement",
    "interest": "interest",
    "deposit": "deposit",
    "withdraw": "withdrawal",
    "withdraw-fee": "fee",
    "exchange": "conversion",
    OTHER: "other",
    "rebate": "rebate",
    CUSTODY: "deposit",
}
PAID_IN = frozenset({"deposit", CUSTODY, OTHER, "transfer"})
"""Types of rows that may be a deposit."""
PAID_OUT = frozenset({"withdraw", CUSTODY, OTHER, "transfer"})
"""Types of rows that may be a withdrawal."""


def kind_of(code: str, *, is_out: bool) -> str:
    """Return what a row is called: of money in custody elsewhere only its sign says which way it went."""
    return "withdrawal" if code == CUSTODY and is_out else KINDS.get(code, "other")
