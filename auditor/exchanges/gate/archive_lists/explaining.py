"""Gate: how to declare a list that only explains the ledgers: which field of a row fills which column."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.exchanges.gate.errors import NEVER_OPENED
from auditor.exchanges.gate.history_kinds import SPOT
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint, Numbered, Offset
from auditor.spec.fields import Field, Row, optional_amount, text
from auditor.spec.history import ListedRow, Reach, SecondList
from auditor.spec.history_tables import AMOUNTS, TABLES
from auditor.spec.rows import list_rows
from auditor.spec.times import Unit, milliseconds

CONSTANT = "="
"""Begins the value of a column that no field has."""
BY_OFFSET = Offset(size=100)
BY_PAGE = Numbered(number="page", limit="limit", size=100, total=None, most=100_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the rows of a list are.

    ``number``: the fields that are a row's id together; ``time``: of its time, in ``unit``; ``table``: where it is
    written, as ``kind``; ``columns``: the field of each column, ``=word`` for one that no field has.
    """

    number: tuple[str, ...]
    time: str
    table: str
    columns: Mapping[str, str]
    kind: str = ""
    unit: Unit = "s"

    @property
    def fields(self) -> tuple[Field, ...]:
        """The strict fields: an id, a time, and amounts, which may be blank."""
        amounts = {name for column, name in self.columns.items() if column in AMOUNTS and not name.startswith(CONSTANT)}
        return (text(self.number[0]), text(self.time), *map(optional_amount, sorted(amounts)))

    def read(self, row: Row) -> ListedRow:
        """Read a row."""
        return ListedRow(
            id="-".join(map(row.hint, self.number)),
            time=milliseconds(row.hint(self.time), self.unit),
            cells=tuple(self._cell(row, column) for column in TABLES[self.table]),
        )

    def _cell(self, row: Row, column: str) -> str:
        name = self.columns.get(column, f"{CONSTANT}{self.kind}" if column == "kind" else CONSTANT)
        return name.removeprefix(CONSTANT) if name.startswith(CONSTANT) else row.hint(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, how it is asked for, and by which types of the ledgers an account shows that it has something there."""

    id: str
    title: str
    endpoint: Endpoint
    wallet: str = SPOT
    used_by: Mapping[str, frozenset[str]] = field(default_factory=dict)


def explaining(listing: Listing, shape: Shape) -> SecondList:
    """Return a list that only explains."""
    return SecondList(
        id=listing.id,
        title=listing.title,
        wallet=listing.wallet,
        endpoint=listing.endpoint,
        reach=Reach(words=mark("without a stated limit"), source=listing.endpoint.source),
        # Some have no id; those that have one are not always in the order of time.
        key="",
        time=shape.time,
        unit=shape.unit,
        ties=True,
        ordered=False,
        fields=shape.fields,
        read=shape.read,
        table=shape.table,
        explains=True,
        used_by=listing.used_by,
        not_had=frozenset() if listing.wallet == SPOT else frozenset(NEVER_OPENED),
        timed=True,
    )


def of_spot(codes: str) -> Mapping[str, frozenset[str]]:
    """Return types of the spot account's ledger, written with blanks between them."""
    return {SPOT: frozenset(codes.split())}


def flat_rows(data: object) -> list[object]:
    """Return the rows of a list that is documented as a list within a list, and was recorded as one."""
    rows = list_rows(data)
    return [row for part in rows for row in (part if isinstance(part, list) else [part])]
