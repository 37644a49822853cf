"""CSV format: the findings, and the surfaces that were read in part, one line each, for a spreadsheet.

A surface that was read in part has the rule "unread": what was found in it may not be all. ``time`` is that of the
report, ``uid`` that of the account; ``id`` names the place and what is held there, alike in every report.
"""

import csv
import io
from collections.abc import Iterable, Mapping

from auditor.formats import Format, Sink
from auditor.formats.escape import amount, cell, iso_time
from auditor.formats.terminal.coverage import reason_of
from auditor.i18n import Message, Translator, _, labelled
from auditor.model.report import Finding, Report, Severity
from auditor.model.snapshot import Reading, time_read

COLUMNS = (
    "rule",
    "severity",
    "account",
    "owner",
    "area",
    "wallet",
    "asset",
    "subject",
    "amount",
    "value_usd",
    "message",
    "remedy",
    "ready_at",
    "muted",
    "uid",
    "time",
    "id",
    "market",
    "side",
    "since",
    "also_seen_in",
)


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the findings and the surfaces that were read in part as CSV, with a header."""
    translate = (sink or Sink()).translate.in_utc()
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    uids = {account.snapshot.name: account.snapshot.uid or "" for account in report.accounts}
    time = iso_time(report.generated_at) or ""
    for finding in report.findings:
        writer.writerow(
            _row({**_finding_cells(finding, translate), "uid": uids.get(finding.account, ""), "time": time})
        )
    for account in report.accounts:
        for reading in account.unread:
            if time_read(reading.result) is not None:
                name = account.snapshot.name
                writer.writerow(_row({**_unread_cells(name, reading, translate), "uid": uids[name], "time": time}))
    return table.getvalue()


def _row(cells: Mapping[str, str]) -> Iterable[str]:
    """Return the cells of a row in their order; what no program wrote cannot become a formula."""
    return [text if column in _FORMATTED else cell(text) for column in COLUMNS for text in (cells.get(column, ""),)]


def _finding_cells(finding: Finding, translate: Translator) -> Mapping[str, str]:
    texts = {column: _text(finding, column, translate) for column in COLUMNS if hasattr(finding, column)}
    return {
        **texts,
        "amount": amount(finding.amount) or "",
        "value_usd": amount(finding.value_usd) or "",
        "ready_at": iso_time(finding.ready_at) or "",
        "since": iso_time(finding.since) or "",
        "also_seen_in": "; ".join(translate(place) for place in finding.also_seen_in),
        "muted": str(finding.muted).lower(),
        "id": _identity(finding.surface, finding.owner, finding.subject),
    }


def _unread_cells(account: str, reading: Reading, translate: Translator) -> Mapping[str, str]:
    return {
        "rule": "unread",
        "severity": Severity.WARNING,
        "account": account,
        "owner": reading.owner or "",
        "area": reading.area,
        "subject": reading.surface,
        "message": translate(labelled(_(reading.title), reason_of(reading))),
        "id": _identity(reading.surface, reading.owner),
    }


def _identity(*place: str | None) -> str:
    """Return what stays the same from report to report: the place, and what is held there."""
    return "/".join(filter(None, place))


def _text(finding: Finding, column: str, translate: Translator) -> str:
    value: object = getattr(finding, column)
    return translate(value) if isinstance(value, Message) else str("" if value is None else value)


# What this program writes itself, in the form of a number, a time or a word.
_FORMATTED = frozenset({"amount", "value_usd", "ready_at", "muted", "time", "since"})
# Spreadsheets recognise UTF-8 only by its byte order mark.
FORMAT = Format(name="csv", suffix=".csv", render=render, file_encoding="utf-8-sig")
