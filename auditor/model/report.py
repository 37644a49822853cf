"""What an audit says: findings, coverage, requirements, dust, verdict. Pure data; formats render it."""

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
    """What can be said of an account; in a report of several, the first of these that any account has."""

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
    """Where a requirement of the exchange for closing stands."""

    MET = "met"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"
    MANUAL = "manual"
    ATTESTED = "attested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a rule reports. ``amount`` in ``asset``; ``value_usd`` only to give a sense of size.

    (account, surface, owner, subject) identify the holding across passes.
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
    muted: bool = False
    evidence: Mapping[str, object] = field(default_factory=dict, repr=False)

    @property
    def holding(self) -> tuple[str, str, str | None, str]:
        """The stable identity of what this is about."""
        return (self.account, self.surface, self.owner, self.subject)


class DustKind(StrEnum):
    """Why an amount cannot be sold."""

    BELOW_MINIMUM = "below_minimum"
    LOT_RESIDUE = "lot_residue"
    NO_MARKET = "no_market"
    UNKNOWN = "unknown"


class Route(StrEnum):
    """The first way out that works."""

    CONVERT = "convert"
    SELL = "sell"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    WAIT = "wait"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class DustLine:
    """One line of the dust CSV, in the order of its columns. Amounts in ``asset`` unless said otherwise.

    ``min_notional`` in the quote of ``best_market``; ``shortfall``: what is missing to the minimum; ``convertible``:
    None when the conversion list of the wallet was not read; ``withdrawal_fee`` in the network's fee asset.
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
    """A condition for closing, with its source and date. ``manual`` ones no API shows."""

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
        """Readings that were not read, documented or not."""
        return tuple(r for r in self.snapshot.readings if isinstance(r.result, Unread))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Which program said so."""

    version: str
    ccxt: str
    config_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer of one pass.

    ``confirmed_at``: when the first of the clean accounts had been read a second time, None where none is clean;
    ``window``: seconds within which everything of such an account was read.
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
