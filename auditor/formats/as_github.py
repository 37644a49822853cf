"""The report as annotations for GitHub Actions: blockers and what was not read are errors."""

from collections.abc import Iterator

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import visible
from auditor.formats.terminal import coverage
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import summary as head
from auditor.i18n import _
from auditor.model.report import Finding, Report, Severity, Verdict
from auditor.model.snapshot import Standing

LEVELS = {Severity.BLOCKER: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, sink: Sink | None = None) -> str:  # noqa: ARG001 - the runner reads lines
    """Write one command a line; the verdict first, for the runner shows only the first ten of each level."""
    return seal("".join(f"{line}\n" for line in _lines(report)))


def _lines(report: Report) -> Iterator[str]:
    told = f"{head.headline(report)} {head.meaning(report)} {head.confirmed(report)}".rstrip()
    yield _command("notice" if report.verdict is Verdict.CLEAN else "error", _("Account closure audit"), told)
    for account in report.accounts:
        snapshot = account.snapshot
        for said in (head.environment_warning(snapshot.environment), snapshot.refused):
            if said:
                yield _command("warning", words.account_line(snapshot), said)
        for reading in account.unread:
            level = "error" if reading.standing is Standing.DOCUMENTED else "warning"
            title = _("not read: {names}").format(names=coverage.name_of(reading))
            yield _command(level, f"{snapshot.name}: {title}", coverage.reason_of(reading))
    yield from (_finding(finding) for finding in report.findings)
    tool = report.tool
    versions = f"audit {tool.version}, ccxt {tool.ccxt}, config_sha256 {tool.config_sha256}, {PLACEHOLDER}"
    yield _command("notice", _("This report"), versions)


def _finding(finding: Finding) -> str:
    title = f"{finding.account}: {finding.rule}"
    return _command(LEVELS[finding.severity], title, f"{finding.message} {finding.remedy}".strip())


def _command(level: str, title: str, message: str) -> str:
    return f"::{level} title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(name="github", suffix=".txt", render=render)
