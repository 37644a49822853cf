"""OKX: event contracts; where OKX ignores the filter for them, the answer is the list of ordinary products."""

from collections.abc import Iterable

from auditor.model.records import Record
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, Reader

ORDINARY_TYPES = frozenset({"SPOT", "MARGIN", "SWAP", "FUTURES", "OPTION"})


def without_ordinary(reader: Reader) -> Reader:
    """Return ``reader`` without the rows that the ordinary list shows."""

    def read(row: Row, context: Context) -> Iterable[Record]:
        return () if row.hint("instType") in ORDINARY_TYPES else reader.read(row, context)

    return Reader(reader.fields, read)
