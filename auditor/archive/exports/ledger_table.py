"""The rows of an archive's table of changes, read back in the order in which they stand there."""

import csv
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from auditor.archive.raw import DamagedError
from auditor.i18n import _


class LedgerRow(NamedTuple):
    """One change of one balance, as its table has it. ``exchange_time``: Unix milliseconds."""

    id: str
    time: str
    exchange_time: str
    wallet: str
    asset: str
    change: str
    balance: str
    kind: str
    type: str
    subtype: str
    description: str
    fee: str
    instrument: str
    order_id: str
    trade_id: str

    @property
    def moment(self) -> int:
        """Its time in Unix milliseconds."""
        return int(self.exchange_time)


def ledger_rows(tables: Path) -> Iterator[LedgerRow]:
    """Yield the rows of ledger.csv. Raises DamagedError."""
    return map(LedgerRow._make, rows_of(tables / "ledger.csv", LedgerRow._fields))


def rows_of(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield these columns of each row of a table of an archive. Raises DamagedError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        heads = next(reader, [])
        if not set(columns) <= set(heads):
            raise DamagedError(_("{path} lacks columns that it must have.").format(path=path))
        yield from map(itemgetter(*map(heads.index, columns)), reader)
