"""A table as Parquet: times, counts and flags have their types; amounts are text, since no number type is exact."""

import io
from collections.abc import Iterable
from decimal import Decimal

from auditor.fleet.export.tables import ExportTable, Values
from auditor.formats.escape import amount
from auditor.formats.parquet import ColumnType, write_parquet

COUNTS = frozenset({"blockers", "unread", "undated"})
FLAGS = frozenset({"confirmed", "stuck", "late", "muted", "convertible"})
TIMES = frozenset({"time", "since", "as_of", "clean_since"})


def render(table: ExportTable, rows: Iterable[Values]) -> bytes:
    """Return the file. Raises UserError where pyarrow is not installed."""
    kinds = {column: _kind(column) for column in table.columns}
    sink = io.BytesIO()
    write_parquet(sink, kinds, ([_value(row.get(name)) for name in kinds] for row in rows))
    return sink.getvalue()


def _kind(column: str) -> ColumnType:
    if column in COUNTS:
        return ColumnType.COUNT
    if column in FLAGS:
        return ColumnType.FLAG
    return ColumnType.TIME if column in TIMES or column.endswith("_at") else ColumnType.TEXT


def _value(value: object) -> object:
    return amount(value) if isinstance(value, Decimal) else value
