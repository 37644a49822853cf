"""A table as Parquet: times, counts and flags have their types; amounts are text, since no number type is exact."""

import importlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from auditor.fleet.export.tables import ExportTable, Values
from auditor.formats.escape import amount
from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.locks import install_command

GROUP = 50_000
"""Rows of a row group."""
COUNTS = frozenset({"blockers", "unread", "undated"})
FLAGS = frozenset({"confirmed", "stuck", "late", "muted", "convertible"})
TIMES = frozenset({"time", "since", "as_of", "clean_since"})


def render(table: ExportTable, rows: Iterable[Values]) -> bytes:
    """Return the file. Raises UserError where pyarrow is not installed."""
    arrow, parquet = _load("pyarrow"), _load("pyarrow.parquet")
    kinds = {column: _kind(arrow, column) for column in table.columns}
    sink = io.BytesIO()
    with parquet.ParquetWriter(sink, arrow.schema(list(kinds.items())), compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(_columns(arrow, kinds, group))
    return sink.getvalue()


def _load(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        text = _("Parquet needs a package: {command}. CSV needs none.")
        raise UserError(text.format(command=install_command())) from None


def _kind(arrow: Any, column: str) -> Any:
    if column in COUNTS:
        return arrow.int64()
    if column in FLAGS:
        return arrow.bool_()
    return arrow.timestamp("us", tz="UTC") if column in TIMES or column.endswith("_at") else arrow.string()


def _groups(rows: Iterable[Values]) -> Iterator[Sequence[Values]]:
    remaining = iter(rows)
    while group := list(islice(remaining, GROUP)):
        yield group


def _columns(arrow: Any, kinds: Mapping[str, Any], group: Sequence[Values]) -> Any:
    columns = {name: [_value(row.get(name)) for row in group] for name in kinds}
    return arrow.table({name: arrow.array(values, kinds[name]) for name, values in columns.items()})


def _value(value: object) -> object:
    return amount(value) if isinstance(value, Decimal) else value
