"""Whose archive it is, how it was made, and how each list ended."""

from dataclasses import dataclass
from datetime import datetime

from auditor.archive.state import Status
from auditor.i18n import Message, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEnd:
    """How one list ended.

    ``cut``: at the day that the user named; ``kept``: rows among ``rows`` that the exchange gave no more when the list
    was read last; ``reason``, ``code``: of a refusal.
    """

    id: str
    status: Status
    cut: bool
    rows: int
    reason: Text = ""
    code: str = ""
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """Whose archive it is, and how it was made.

    ``rested``: nothing moved while the balances were read; ``doubts``: what of the account the key may not see;
    ``mode``: how the account is set up, which decides which lists it has at some exchanges.
    """

    account: str
    exchange: str
    name: str
    host: str
    environment: str
    uid: str
    kind: str
    rights: tuple[str, ...]
    started_at: datetime
    finished_at: datetime
    rested: bool
    lists: tuple[ListEnd, ...]
    since: str = ""
    previous: str = ""
    doubts: tuple[Message, ...] = ()
    mode: str = ""
