"""The tables of an archive as Parquet, one file each: every column is a text, digit for digit as in its CSV.

None lies in an archive itself: no later version of the library makes the same file, and a verification makes everything
anew.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from auditor.archive.exports.heading import TimeSpan
from auditor.formats.parquet import ColumnType, write_parquet

TIME = "exchange_time"
"""The column with Unix milliseconds; tables without it are of one moment, and written whole."""


def write_tables(tables: Path, span: TimeSpan, folder: Path) -> list[Path]:
    """Write each table of an archive into a folder, and return the files. Raises UserError without pyarrow."""
    return [_write(path, span, folder / f"{path.stem}.parquet") for path in sorted(tables.glob("*.csv"))]


def _write(table: Path, span: TimeSpan, file: Path) -> Path:
    with table.open(encoding="utf-8-sig", newline="") as opened:
        rows = csv.reader(opened)
        columns = next(rows)
        place = columns.index(TIME) if TIME in columns else None
        write_parquet(file, dict.fromkeys(columns, ColumnType.TEXT), _within(rows, place, span))
    return file


def _within(rows: Iterator[list[str]], place: int | None, span: TimeSpan) -> Iterator[list[str]]:
    """Yield the rows of a span. ``place``: of the column with their time."""
    for row in rows:
        time = None if place is None else int(row[place])
        is_before = time is not None and span.since is not None and time < span.since
        is_after = time is not None and span.until is not None and time >= span.until
        if not is_before and not is_after:
            yield row
