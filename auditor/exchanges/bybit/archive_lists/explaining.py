"""Bybit: how to declare a list that only explains the ledgers: which field of a row fills which column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from auditor.exchanges.bybit.history_kinds import UNIFIED
from auditor.exchanges.bybit.sources import DOC
from auditor.i18n import mark
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Row, optional_amount, text
from auditor.spec.history import ListedRow, Reach, SecondList
from auditor.spec.history_tables import AMOUNTS, TABLES

CONSTANT = "="
"""Begins the value of a column that no field has."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far back a list goes. ``back``: a day less than documented, so that nothing is expected too early."""

    words: str
    back: timedelta | None = None


ALL = Reached(mark("without a stated limit"))
TWO_YEARS = Reached(mark("the last 2 years"), timedelta(days=729))
HALF_A_YEAR = Reached(mark("the last 6 months"), timedelta(days=179))
QUARTER = Reached(mark("the last 3 months"), timedelta(days=89))
NINETY_DAYS = Reached(mark("the last 90 days"), timedelta(days=89))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What the rows of a list are.

    ``number``: the fields that are a row's id together; ``time``: its Unix milliseconds; ``table``: where it is
    written, as ``kind``; ``columns``: the field of each column, ``=word`` for one that no field has.
    """

    number: tuple[str, ...]
    time: str
    table: str
    kind: str
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
        name = self.columns.get(column, f"{CONSTANT}{self.kind}" if column == "kind" else CONSTANT)
        return name.removeprefix(CONSTANT) if name.startswith(CONSTANT) else row.hint(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, how it is asked for, and by which types of the ledgers an account shows that it has something there."""

    id: str
    title: str
    endpoint: Endpoint
    reach: Reached = ALL
    used_by: Mapping[str, frozenset[str]] = field(default_factory=dict)
    main_only: bool = False


def explaining(listing: Listing, shape: Shape) -> SecondList:
    """Return a list that only explains."""
    return SecondList(
        id=listing.id,
        title=listing.title,
        wallet=UNIFIED,
        endpoint=listing.endpoint,
        reach=Reach(words=listing.reach.words, source=listing.endpoint.source or DOC, back=listing.reach.back),
        # Some have no id; those that have one are not always in the order of time.
        key="",
        time=shape.time,
        ties=True,
        ordered=False,
        fields=shape.fields,
        read=shape.read,
        table=shape.table,
        explains=True,
        used_by=listing.used_by,
        main_only=listing.main_only,
        timed=True,
    )
