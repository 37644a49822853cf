"""The user's decisions: confirmed requirements and muted findings.

Both stay visible and change no verdict.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from auditor.i18n import _
from auditor.model.report import Finding, Report, Requirement, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A manual requirement that a person has confirmed: who, when, and until when it is valid."""

    requirement: str
    exchange: str
    by: str
    on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Findings of a rule that need no attention until a date, and why.

    None matches every account or subject.
    """

    rule: str
    reason: str
    until: date
    account: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All decisions of the user."""

    attests: tuple[Attestation, ...] = ()
    mutes: tuple[Mute, ...] = ()


def apply_suppressions(report: Report, decisions: Decisions) -> Report:
    """Return the report with the decisions applied. No verdict changes.

    A decision after its end date is ignored.
    """
    today = report.generated_at.date()
    attests = [attest for attest in decisions.attests if attest.on <= today <= attest.until]
    mutes = [mute for mute in decisions.mutes if today <= mute.until]
    return replace(
        report,
        requirements=tuple(_attested(requirement, attests) for requirement in report.requirements),
        findings=tuple(_muted(finding, mutes) for finding in report.findings),
    )


def _attested(requirement: Requirement, attests: Iterable[Attestation]) -> Requirement:
    """Return the requirement, confirmed if it is manual: what the audit reads cannot be confirmed by a person."""
    matches = (item for item in attests if (item.requirement, item.exchange) == (requirement.id, requirement.exchange))
    attest = next(matches, None)
    if attest is None or requirement.status is not Status.MANUAL:
        return requirement
    template = _("{title} (confirmed by {by} on {on}, until {until})")
    title = template.format(title=requirement.title, by=attest.by, on=attest.on, until=attest.until)
    return replace(requirement, status=Status.ATTESTED, title=title)


def _muted(finding: Finding, mutes: Iterable[Mute]) -> Finding:
    mute = next((item for item in mutes if _covers(item, finding)), None)
    if mute is None:
        return finding
    template = _("{message} (muted until {until}: {reason})")
    message = template.format(message=finding.message, until=mute.until, reason=mute.reason)
    return replace(finding, muted=True, message=message)


def _covers(mute: Mute, finding: Finding) -> bool:
    wanted = (mute.rule, mute.account or finding.account, mute.subject or finding.subject)
    return wanted == (finding.rule, finding.account, finding.subject)
