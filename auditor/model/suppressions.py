"""What the person has decided: manual requirements confirmed, findings muted. Both stay visible; no verdict changes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from auditor.i18n import _
from auditor.model.report import Finding, Report, Requirement, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Attest:
    """A manual requirement that someone has seen to: who, when, and until when that holds."""

    requirement: str
    exchange: str
    by: str
    on: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Findings of a rule that need no more attention until a date, and why; None stands for every one."""

    rule: str
    reason: str
    until: date
    account: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """All that was decided."""

    attests: tuple[Attest, ...] = ()
    mutes: tuple[Mute, ...] = ()


def decided(report: Report, decisions: Decisions) -> Report:
    """``report`` with what was decided said in it. Its verdict and those of its accounts stay what they were.

    What has passed its end date counts for nothing.
    """
    today = report.generated_at.date()
    attests = [attest for attest in decisions.attests if attest.on <= today <= attest.until]
    mutes = [mute for mute in decisions.mutes if today <= mute.until]
    return replace(
        report,
        requirements=tuple(_attested(line, attests) for line in report.requirements),
        findings=tuple(_muted(finding, mutes) for finding in report.findings),
    )


def _attested(line: Requirement, attests: Iterable[Attest]) -> Requirement:
    """Only what is manual can be confirmed: what the audit reads is never a matter of opinion."""
    fitting = (attest for attest in attests if (attest.requirement, attest.exchange) == (line.id, line.exchange))
    attest = next(fitting, None)
    if attest is None or line.status is not Status.MANUAL:
        return line
    title = _("{title} (confirmed by {by} on {on}, until {until})").format(
        title=line.title, by=attest.by, on=attest.on, until=attest.until
    )
    return replace(line, status=Status.ATTESTED, title=title)


def _muted(finding: Finding, mutes: Iterable[Mute]) -> Finding:
    mute = next((mute for mute in mutes if _covers(mute, finding)), None)
    if mute is None:
        return finding
    message = _("{message} (muted until {until}: {reason})").format(
        message=finding.message, until=mute.until, reason=mute.reason
    )
    return replace(finding, muted=True, message=message)


def _covers(mute: Mute, finding: Finding) -> bool:
    wanted = (mute.rule, mute.account or finding.account, mute.subject or finding.subject)
    return wanted == (finding.rule, finding.account, finding.subject)
