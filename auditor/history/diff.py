"""What changed since the pass before: pure functions over what was known and what one account shows now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from auditor.model.records import Area, Record
from auditor.model.report import AccountReport, Finding, Report, Severity
from auditor.model.snapshot import Reading, Standing, Unread, records

Place = tuple[str, str | None, str]
"""Surface, owner and subject: what a holding is known by within its account, from pass to pass."""


class Change(StrEnum):
    """What became of a holding since the pass before. UNSEEN: its place was not read, so nothing is known."""

    NEW = "new"
    STILL = "still"
    CHANGED = "changed"
    RESOLVED = "resolved"
    BACK = "back"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a pass says of one holding. ``amount`` in ``asset``, or in its market's unit where that is None."""

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
    def place(self) -> Place:
        """What it is known by."""
        return (self.surface, self.owner, self.subject)

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of closing."""
        return self.severity is Severity.BLOCKER


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What earlier passes knew of a holding. ``open``: not resolved since."""

    seen: Seen
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What became of one holding. ``before``: its amount in the pass before."""

    kind: Change
    seen: Seen
    before: Decimal | None = None
    other_rule: bool = False

    @property
    def moved(self) -> bool:
        """Whether somebody did something: what merely grows (interest) does not count."""
        if not self.seen.blocks or self.kind in {Change.STILL, Change.UNSEEN}:
            return False
        return self.kind is not Change.CHANGED or self.other_rule or self._shrank

    @property
    def _shrank(self) -> bool:
        before, now = self.before, self.seen.amount
        return before is not None and now is not None and abs(now) < abs(before)


def holdings(account: AccountReport, findings: Iterable[Finding]) -> dict[Place, Seen]:
    """What one account shows, by place. A place has one entry: its blocker, before any remark about it."""
    amounts = {
        _place(reading, record): getattr(record, "amount", None) for reading, record in records(account.snapshot)
    }
    found: dict[Place, Seen] = {}
    for finding in findings:
        place = finding.holding[1:]
        if finding.account != account.snapshot.name or (place in found and found[place].blocks):
            continue
        if place not in found or finding.severity is Severity.BLOCKER:
            found[place] = _seen(finding, amounts.get(place))
    return found


def compare(
    known: Mapping[Place, Known], account: AccountReport, findings: Iterable[Finding], *, was_clean: bool = False
) -> tuple[Transition, ...]:
    """What became of every holding. After a clean pass whatever blocks has come back, wherever it is."""
    now = holdings(account, findings)
    there = [_arrived(known.get(place), seen, was_clean=was_clean) for place, seen in now.items()]
    return (*there, *_missing(known, now, account))


def as_known(report: Report, account: AccountReport) -> dict[Place, Known]:
    """What is known after this pass alone."""
    return {place: Known(seen=seen, open=True) for place, seen in holdings(account, report.findings).items()}


def _place(reading: Reading, record: Record) -> Place:
    return (reading.surface, record.owner, record.subject)


def _seen(finding: Finding, amount: Decimal | None) -> Seen:
    return Seen(
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


def _arrived(known: Known | None, seen: Seen, *, was_clean: bool) -> Transition:
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


def _missing(known: Mapping[Place, Known], now: Mapping[Place, Seen], account: AccountReport) -> Iterator[Transition]:
    for place, entry in known.items():
        if entry.open and place not in now:
            kind = Change.RESOLVED if _looked_at(account, entry.seen) else Change.UNSEEN
            yield Transition(kind=kind, seen=entry.seen, before=entry.seen.amount)


def _looked_at(account: AccountReport, seen: Seen) -> bool:
    """Whether the place was read, so that its absence means something."""
    readings = account.snapshot.readings
    if seen.surface == seen.rule:  # a remark about no single place: it stands for its area
        doubtful = any(r.area is seen.area and _is_unread(r) and r.standing is Standing.DOCUMENTED for r in readings)
        return account.snapshot.uid is not None and account.snapshot.refused is None and not doubtful
    there = [reading for reading in readings if reading.surface == seen.surface]
    mine = [reading for reading in there if reading.owner == seen.owner] or there
    return bool(mine) and not any(map(_is_unread, mine))


def _is_unread(reading: Reading) -> bool:
    return isinstance(reading.result, Unread)
