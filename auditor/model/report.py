"""Report of an audit: findings, coverage, requirements, dust, verdict.

Pure data; the formats render it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from auditor.i18n import EMPTY, Message
from auditor.model.records import Area
from auditor.model.snapshot import AccountSnapshot, Reading, Unread


class Severity(StrEnum):
    """How much a finding matters for closing."""

    BLOCKER = "blocker"
    WARNING = "warning"
    INFO = "info"


class Verdict(StrEnum):
    """The result for an account; for several accounts, the first of these that any has."""

    BLOCKED = "blocked"
    REFUSED = "refused"
    INCOMPLETE = "incomplete"
    CLEAN = "clean"


EXIT_CODES: Mapping[Verdict, int] = {
    Verdict.BLOCKED: 1,
    Verdict.REFUSED: 4,
    Verdict.INCOMPLETE: 3,
    Verdict.CLEAN: 0,
}


class Status(StrEnum):
    """The status of one of the exchange's requirements for closing."""

    MET = "met"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    MANUAL = "manual"
    ATTESTED = "attested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule reports.

    ``amount`` is in ``asset``; ``value_usd`` is approximate. (account, surface, owner, subject) identify the holding
    across passes. ``market``, ``side`` and ``since`` tell alike findings apart; ``also_seen_in``: other places that
    show the same thing, each with what it shows.
    """

    rule: str
    severity: Severity
    account: str
    area: Area
    surface: str
    subject: str
    message: Message
    remedy: Message
    owner: str | None = None
    wallet: str | None = None
    asset: str | None = None
    amount: Decimal | None = None
    value_usd: Decimal | None = None
    ready_at: datetime | None = None
    market: str | None = None
    side: str | None = None
    since: datetime | None = None
    also_seen_in: tuple[Message, ...] = ()
    muted: bool = False
    evidence: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def holding(self) -> tuple[str, str, str | None, str]:
        """The identity of the holding, the same in every pass."""
        return (self.account, self.surface, self.owner, self.subject)


class DustKind(StrEnum):
    """Why an amount cannot be sold."""

    BELOW_MINIMUM = "below_minimum"
    LOT_RESIDUE = "lot_residue"
    NO_MARKET = "no_market"
    UNKNOWN = "unknown"


class Route(StrEnum):
    """The first exit route that works."""

    CONVERT = "convert"
    SELL = "sell"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    WAIT = "wait"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class DustLine:
    """One line of the dust CSV, in the order of its columns.

    Amounts are in ``asset``, but ``min_notional`` is in the quote of ``best_market`` and ``withdrawal_fee`` in the fee
    asset of the network. ``shortfall``: the amount missing to the minimum; ``convertible``: None if the conversion list
    of the wallet was not read.
    """

    exchange: str
    account: str
    wallet: str
    asset: str
    amount: Decimal
    value_usd: Decimal | None
    kind: DustKind
    best_market: str | None
    min_amount: Decimal | None
    min_notional: Decimal | None
    lot_size: Decimal | None
    shortfall: Decimal | None
    convertible: bool | None
    min_withdrawal: Decimal | None
    withdrawal_fee: Decimal | None
    network: str | None
    route: Route
    reason: Message
    as_of: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A condition for closing, with its source and date. No API shows the ``manual`` ones."""

    id: str
    exchange: str
    title: Message
    status: Status
    source: Message
    as_of: str
    official: bool
    detail: Message = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReport:
    """One account's part of a report."""

    snapshot: AccountSnapshot
    verdict: Verdict

    @property
    def unread(self) -> tuple[Reading, ...]:
        """Readings whose surface was not read, documented or not."""
        return tuple(r for r in self.snapshot.readings if isinstance(r.result, Unread))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """The program that wrote the report: versions, and the digest of its facts."""

    version: str
    ccxt: str
    config_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The report of one pass.

    ``confirmed_at``: when the first of the clean accounts had been read a second time, None if none is clean;
    ``window``: seconds within which all of a clean account was read.
    """

    generated_at: datetime
    confirmed_at: datetime | None
    tool: Tool
    verdict: Verdict
    accounts: tuple[AccountReport, ...]
    requirements: tuple[Requirement, ...]
    findings: tuple[Finding, ...]
    dust: tuple[DustLine, ...]
    window: float | None = None

    @property
    def exit_code(self) -> int:
        """The process's exit code for this verdict."""
        return EXIT_CODES[self.verdict]
