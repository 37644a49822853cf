"""Bitget: how to declare a list that only explains the ledgers: which field of a row fills which column."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.exchanges.bitget.sources import kept
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Row, optional_amount, text
from auditor.spec.history import ListedRow, Partition, SecondList
from auditor.spec.history_tables import AMOUNTS, TABLES

CONSTANT = "="
"""Begins the value of a column that no field has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the rows of a list are.

    ``number``: the fields that are a row's id together; ``time``: its Unix milliseconds; ``table``: where it is
    written; ``columns``: the field of each column, ``=word`` for one that no field has.
    """

    number: tuple[str, ...]
    time: str
    table: str
    columns: Mapping[str, str]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The strict fields: an id, a time, and amounts, which may be blank."""
        amounts = {name for column, name in self.columns.items() if column in AMOUNTS and not name.startswith(CONSTANT)}
        return (text(self.number[0]), text(self.time), *map(optional_amount, sorted(amounts)))

    def read(self, row: Row) -> ListedRow:
        """Read a row."""
        return ListedRow(
            id="-".join(map(row.hint, self.number)),
            time=int(row.hint(self.time)),
            cells=tuple(self._cell(row, column) for column in TABLES[self.table]),
        )

    def _cell(self, row: Row, column: str) -> str:
        name = self.columns.get(column, CONSTANT)
        return name.removeprefix(CONSTANT) if name.startswith(CONSTANT) else row.hint(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, and how it is asked for.

    ``used_by``: the types of the ledgers by which an account shows that it has something there.
    """

    id: str
    title: str
    wallet: str
    endpoint: Endpoint
    partition: Partition | None = None
    used_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    main_only: bool = False


def explaining(listing: Listing, shape: Shape) -> SecondList:
    """Return a list that only explains."""
    return SecondList(
        id=listing.id,
        title=listing.title,
        wallet=listing.wallet,
        endpoint=listing.endpoint,
        reach=kept(listing.endpoint.source),
        key="",
        time=shape.time,
        ties=True,
        ordered=False,
        partition=listing.partition,
        fields=shape.fields,
        read=shape.read,
        table=shape.table,
        explains=True,
        used_by=listing.used_by,
        main_only=listing.main_only,
        timed=True,
    )
