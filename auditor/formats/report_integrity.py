"""Whether a report that is read again can be believed: its checksum fits, and its verdict follows from the rest.

Anybody can write a report with a fitting checksum, so a report never proves more than its file being unchanged.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.assessment.verdict import PRECEDENCE, judge_account, overall_verdict
from auditor.formats.checksum import is_sealed
from auditor.i18n import EMPTY, Message, _, mark
from auditor.model.records import Area
from auditor.model.report import AccountReport, Finding, Report, Severity, Status, Verdict
from auditor.model.snapshot import AccountSnapshot, Reading, Standing, Trouble, Unread

EDITED = "report-edited"
"""The rule of the finding that stands in every report that was changed after it was written."""
_ORDER = (*PRECEDENCE, Verdict.CLEAN)


def verify(report: Report, data: bytes, digest: object) -> Report:
    """Return the report, marked where its file was changed. Raises ValueError for one that contradicts itself.

    ``data``: the file; ``digest``: the one that stands in it, if any.
    """
    if not report.accounts:
        raise ValueError(report.accounts)
    if not is_sealed(data, digest):
        return _marked(report)
    if any(_contradictions(report)):
        raise ValueError(report.verdict)
    return report


def edited_warning() -> Message:
    """Return the sentence about a report that was changed."""
    return _("This report is not as it was written: its checksum does not fit, so nothing in it can be believed.")


def edit_warning_of(report: Report) -> Message:
    """Return the warning that stands in a report that was changed; empty for any other."""
    return edited_warning() if is_marked(report) else EMPTY


def is_marked(report: Report) -> bool:
    """Return whether the report, or the one that it was read from, was changed after it was written."""
    return any(finding.rule == EDITED for finding in report.findings)


def _contradictions(report: Report) -> Iterator[bool]:
    """Yield whether each part says more than follows from the others."""
    names = {account.snapshot.name for account in report.accounts}
    yield len(names) != len(report.accounts)
    yield any(finding.account not in names for finding in report.findings)
    yield report.verdict is not overall_verdict(account.verdict for account in report.accounts)
    yield report.verdict is Verdict.BLOCKED and not any(map(_blocks, report.findings))
    yield report.verdict is Verdict.CLEAN and any(
        line.status in {Status.BLOCKED, Status.UNKNOWN} for line in report.requirements
    )
    for account in report.accounts:
        yield from _contradictions_of(account, report)


def _contradictions_of(account: AccountReport, report: Report) -> Iterator[bool]:
    name, verdict = account.snapshot.name, account.verdict
    yield verdict is Verdict.BLOCKED and all(finding.account != name for finding in report.findings)
    yield verdict is Verdict.CLEAN and any(line.account.split("/")[0] == name for line in report.dust)
    # Refused keys are judged by what JSON does not hold; one account may be confirmed while another is not.
    yield verdict is not Verdict.REFUSED and _ORDER.index(verdict) > _ORDER.index(_follows(account, report))


def _follows(account: AccountReport, report: Report) -> Verdict:
    """Return the verdict that findings and coverage allow at best."""
    readings = tuple(map(_with_owner, account.snapshot.readings))
    snapshot = replace(account.snapshot, refused=None, confirmed_at=report.confirmed_at, readings=readings)
    return judge_account(snapshot, report.findings)


def _with_owner(reading: Reading) -> Reading:
    surface, _slash, owner = reading.surface.partition("/")
    return replace(reading, surface=surface, owner=owner or None)


def _blocks(finding: Finding) -> bool:
    return finding.severity is Severity.BLOCKER


def _marked(report: Report) -> Report:
    """Return the report with the warning in every account, and with no verdict above incomplete."""
    accounts = tuple(_marked_account(account, report) for account in report.accounts)
    warnings = tuple(_warning(account.snapshot) for account in accounts)
    return replace(
        report,
        accounts=accounts,
        findings=(*warnings, *(finding for finding in report.findings if finding.rule != EDITED)),
        verdict=overall_verdict(account.verdict for account in accounts),
        confirmed_at=None,
        requirements=tuple(
            replace(line, status=Status.UNKNOWN) if line.status is Status.MET else line for line in report.requirements
        ),
    )


def _marked_account(account: AccountReport, report: Report) -> AccountReport:
    at_best = (account.verdict, _follows(account, report), Verdict.INCOMPLETE)
    place = Reading(
        surface="report",
        area=Area.STATUS,
        title=mark("This report, as it was written"),
        standing=Standing.DOCUMENTED,
        endpoint="-",
        result=Unread(reason=edited_warning(), trouble=Trouble.SKIPPED),
    )
    others = tuple(reading for reading in account.snapshot.readings if reading.surface != place.surface)
    snapshot = replace(account.snapshot, readings=(place, *others))
    return AccountReport(snapshot=snapshot, verdict=min(at_best, key=_ORDER.index))


def _warning(account: AccountSnapshot) -> Finding:
    return Finding(
        rule=EDITED,
        severity=Severity.WARNING,
        account=account.name,
        area=Area.STATUS,
        surface="report",
        subject="report",
        message=edited_warning(),
        remedy=_("Run the audit again, or ask for the file as the program wrote it."),
    )
