"""Differences between passes: pure functions over the known and the current holdings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from auditor.model.records import Area, Record
from auditor.model.report import AccountReport, Finding, Report, Severity
from auditor.model.snapshot import Reading, Standing, Unread, records

HoldingPlace = tuple[str, str | None, str]
"""Surface, owner and subject: the identity of a holding within its account, in every pass."""


class Change(StrEnum):
    """The change of a holding since the last pass. UNSEEN: its surface was not read."""

    NEW = "new"
    STILL = "still"
    CHANGED = "changed"
    RESOLVED = "resolved"
    BACK = "back"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenHolding:
    """One holding in one pass.

    ``amount`` is in ``asset``, or in the unit of its market if that is None.
    """

    surface: str
    owner: str | None
    subject: str
    area: Area
    rule: str
    severity: Severity
    asset: str | None
    amount: Decimal | None
    ready_at: datetime | None

    @property
    def place(self) -> HoldingPlace:
        """The identity of the holding within its account."""
        return (self.surface, self.owner, self.subject)

    @property
    def blocks(self) -> bool:
        """Whether it blocks closing."""
        return self.severity is Severity.BLOCKER


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownHolding:
    """A holding as the last pass that saw it shows it. ``open``: not resolved since."""

    seen: SeenHolding
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """The change of one holding.

    ``before``: its amount in the last pass; ``other_rule``: its rule or severity is a different one now.
    """

    kind: Change
    seen: SeenHolding
    before: Decimal | None = None
    other_rule: bool = False

    @property
    def moved(self) -> bool:
        """Whether it shows that the owner acted; growth, such as interest, does not count."""
        if not self.seen.blocks or self.kind in {Change.STILL, Change.UNSEEN}:
            return False
        return self.kind is not Change.CHANGED or self.other_rule or self._shrank

    @property
    def _shrank(self) -> bool:
        before, now = self.before, self.seen.amount
        return before is not None and now is not None and abs(now) < abs(before)


def holdings(account: AccountReport, findings: Iterable[Finding]) -> dict[HoldingPlace, SeenHolding]:
    """Return the holdings of one account, by place.

    A place has one entry: its blocker if there is one, otherwise its first other finding.
    """
    amounts = {
        _place(reading, record): getattr(record, "amount", None) for reading, record in records(account.snapshot)
    }
    by_place: dict[HoldingPlace, SeenHolding] = {}
    for finding in findings:
        place = finding.holding[1:]
        if finding.account != account.snapshot.name or (place in by_place and by_place[place].blocks):
            continue
        if place not in by_place or finding.severity is Severity.BLOCKER:
            by_place[place] = _holding(finding, amounts.get(place))
    return by_place


def compare(
    known: Mapping[HoldingPlace, KnownHolding],
    account: AccountReport,
    findings: Iterable[Finding],
    *,
    was_clean: bool = False,
) -> tuple[Transition, ...]:
    """Return the change of every holding.

    ``was_clean``: the last pass was clean, so that a blocker that was not known counts as back.
    """
    current = holdings(account, findings)
    present = [_transition(known.get(place), seen, was_clean=was_clean) for place, seen in current.items()]
    return (*present, *_missing(known, current, account))


def known_holdings(report: Report, account: AccountReport) -> dict[HoldingPlace, KnownHolding]:
    """Return the known holdings after this pass alone."""
    return {place: KnownHolding(seen=seen, open=True) for place, seen in holdings(account, report.findings).items()}


def _place(reading: Reading, record: Record) -> HoldingPlace:
    return (reading.surface, record.owner, record.subject)


def _holding(finding: Finding, amount: Decimal | None) -> SeenHolding:
    return SeenHolding(
        surface=finding.surface,
        owner=finding.owner,
        subject=finding.subject,
        area=finding.area,
        rule=finding.rule,
        severity=finding.severity,
        asset=finding.asset,
        amount=amount if finding.amount is None else finding.amount,
        ready_at=finding.ready_at,
    )


def _transition(known: KnownHolding | None, seen: SeenHolding, *, was_clean: bool) -> Transition:
    if known is None:
        kind = Change.BACK if was_clean and seen.blocks else Change.NEW
        return Transition(kind=kind, seen=seen)
    before = known.seen
    if not known.open:
        return Transition(kind=Change.BACK, seen=seen, before=before.amount)
    other_rule = (before.rule, before.severity) != (seen.rule, seen.severity)
    changed = other_rule or (before.amount, before.asset) != (seen.amount, seen.asset)
    kind = Change.CHANGED if changed else Change.STILL
    return Transition(kind=kind, seen=seen, before=before.amount, other_rule=other_rule)


def _missing(
    known: Mapping[HoldingPlace, KnownHolding], current: Mapping[HoldingPlace, SeenHolding], account: AccountReport
) -> Iterator[Transition]:
    for place, entry in known.items():
        if entry.open and place not in current:
            kind = Change.RESOLVED if _was_read(account, entry.seen) else Change.UNSEEN
            yield Transition(kind=kind, seen=entry.seen, before=entry.seen.amount)


def _was_read(account: AccountReport, seen: SeenHolding) -> bool:
    """Return whether the surface of a missing holding was read, so that it is resolved."""
    readings = account.snapshot.readings
    if seen.surface == seen.rule:  # a remark about no single surface concerns its whole area
        incomplete = any(r.area is seen.area and _is_unread(r) and r.standing is Standing.DOCUMENTED for r in readings)
        return account.snapshot.uid is not None and account.snapshot.refused is None and not incomplete
    same_surface = [reading for reading in readings if reading.surface == seen.surface]
    same_owner = [reading for reading in same_surface if reading.owner == seen.owner] or same_surface
    return bool(same_owner) and not any(map(_is_unread, same_owner))


def _is_unread(reading: Reading) -> bool:
    return isinstance(reading.result, Unread)
