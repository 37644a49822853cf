"""Parquet files, written in groups of rows so that memory does not grow.

By pyarrow, which the extra `parquet` installs: it is loaded only when such a file is written.
"""

import importlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import IO, Any

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.security.locks import install_command

GROUP = 50_000
"""Rows of a row group."""


class ColumnType(Enum):
    """The type of a column. Amounts are texts: no number type of Parquet holds the digits of every one."""

    TEXT = "text"
    COUNT = "count"
    FLAG = "flag"
    TIME = "time"


def write_parquet(sink: IO[bytes] | Path, kinds: Mapping[str, ColumnType], rows: Iterable[Sequence[object]]) -> None:
    """Write rows with these columns.

    Raises UserError where pyarrow is not installed.
    """
    arrow, parquet = _load("pyarrow"), _load("pyarrow.parquet")
    schema = arrow.schema([(name, _type(arrow, kind)) for name, kind in kinds.items()])
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for group in _groups(rows):
            columns = zip(zip(*group, strict=True), schema, strict=True)
            writer.write_table(arrow.table([arrow.array(values, one.type) for values, one in columns], schema=schema))


def _load(module: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError:
        text = _("Parquet needs a package: {command}. CSV needs none.")
        raise UserError(text.format(command=install_command())) from None


def _type(arrow: Any, kind: ColumnType) -> Any:
    match kind:
        case ColumnType.COUNT:
            return arrow.int64()
        case ColumnType.FLAG:
            return arrow.bool_()
        case ColumnType.TIME:
            return arrow.timestamp("us", tz="UTC")
    return arrow.string()


def _groups(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[Sequence[object]]]:
    remaining = iter(rows)
    while group := list(islice(remaining, GROUP)):
        yield group
