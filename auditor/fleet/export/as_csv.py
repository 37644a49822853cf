"""A table as CSV, in the form of a report's: no cell becomes a formula, times are UTC, amounts have all digits."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from auditor.fleet.export.tables import ExportTable, Values
from auditor.formats.escape import amount, cell, iso_time

BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets recognise UTF-8 only by it."""
LINES = 2000
"""Lines of a piece."""


def render(table: ExportTable, rows: Iterable[Values]) -> bytes:
    """Return the file."""
    return b"".join(piece.encode("utf-8", "backslashreplace") for piece in pieces(table, rows))


def pieces(table: ExportTable, rows: Iterable[Values]) -> Iterator[str]:
    """Yield the text in pieces."""
    yield BYTE_ORDER_MARK
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(row.get(column)) for column in table.columns])
        if number % LINES == 0:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return amount(value) or ""
        case datetime():
            return iso_time(value) or ""
        case int():
            return str(value)
    return cell(str(value))
