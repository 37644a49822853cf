"""CSV format: the findings, and the surfaces that were read in part, one line each, for a spreadsheet.

A surface that was read in part has the rule "unread": what was found in it may not be all.
"""

import csv
import io
from collections.abc import Iterable

from auditor.formats import Format, Sink
from auditor.formats.escape import amount, cell, iso_time
from auditor.formats.terminal.coverage import reason_of
from auditor.i18n import Text, Translator, _, labelled
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
)


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the findings and the surfaces that were read in part as CSV, with a header."""
    translate = (sink or Sink()).translate
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(finding, translate) for finding in report.findings)
    for account in report.accounts:
        in_part = (reading for reading in account.unread if time_read(reading.result) is not None)
        writer.writerows(_unread_row(account.snapshot.name, reading, translate) for reading in in_part)
    return table.getvalue()


def _row(finding: Finding, translate: Translator) -> Iterable[str]:
    cells = {column: cell(_text(finding, column, translate)) for column in COLUMNS if column not in _FORMATTED}
    formatted = {
        "amount": amount(finding.amount) or "",
        "value_usd": amount(finding.value_usd) or "",
        "ready_at": iso_time(finding.ready_at) or "",
        "muted": str(finding.muted).lower(),
    }
    return [{**cells, **formatted}[column] for column in COLUMNS]


def _unread_row(account: str, reading: Reading, translate: Translator) -> Iterable[str]:
    cells = {
        "rule": "unread",
        "severity": Severity.WARNING,
        "account": account,
        "owner": reading.owner or "",
        "area": reading.area,
        "subject": reading.surface,
        "message": translate(labelled(_(reading.title), reason_of(reading))),
    }
    return [cell(cells.get(column, "")) for column in COLUMNS]


def _text(finding: Finding, column: str, translate: Translator) -> str | None:
    value: Text | None = getattr(finding, column)
    return None if value is None else translate(value)


_FORMATTED = frozenset({"amount", "value_usd", "ready_at", "muted"})
# Spreadsheets recognise UTF-8 only by its byte order mark.
FORMAT = Format(name="csv", suffix=".csv", render=render, file_encoding="utf-8-sig")
