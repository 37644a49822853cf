"""GitHub Actions annotations: blockers and unread surfaces are errors."""

from collections.abc import Iterator

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import escape_invisible
from auditor.formats.terminal import coverage
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import summary as head
from auditor.i18n import Text, Translator, _, joined, sentences
from auditor.model.report import Finding, Report, Severity, Verdict
from auditor.model.snapshot import Standing

Command = tuple[str, Text, Text]
"""Level, title and message of an annotation."""
LEVELS = {Severity.BLOCKER: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, sink: Sink | None = None) -> str:
    """Return one command per line.

    The verdict comes first, since GitHub shows only the first ten annotations of each level.
    """
    translate = (sink or Sink()).translate
    return seal("".join(f"{_line(command, translate)}\n" for command in _commands(report)))


def _commands(report: Report) -> Iterator[Command]:
    headline = _("{clause}.").format(clause=head.headline(report))
    verdict = sentences(headline, head.meaning(report), head.confirmation(report))
    yield "notice" if report.verdict is Verdict.CLEAN else "error", _("Account closure check"), verdict
    for account in report.accounts:
        snapshot = account.snapshot
        for warning in head.warnings(snapshot):
            yield "warning", words.account_line(snapshot), warning
        for reading in account.unread:
            level = "error" if reading.standing is Standing.DOCUMENTED else "warning"
            title = _("could not be checked: {names}").format(names=coverage.name_of(reading))
            yield level, joined(": ", (snapshot.name, title)), coverage.reason_of(reading)
    yield from (_finding(finding) for finding in report.findings)
    tool = report.tool
    versions = f"audit {tool.version}, ccxt {tool.ccxt}, config_sha256 {tool.config_sha256}, {PLACEHOLDER}"
    yield "notice", _("This report"), versions


def _finding(finding: Finding) -> Command:
    title = f"{finding.account}: {finding.rule}"
    return LEVELS[finding.severity], title, joined(" ", (finding.message, finding.remedy))


def _line(command: Command, translate: Translator) -> str:
    level, title, message = command
    return f"::{level} title={_property(translate(title))}::{_data(translate(message).strip())}"


def _data(text: str) -> str:
    return escape_invisible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(name="github", suffix=".txt", render=render)
