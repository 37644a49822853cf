"""Fetch a list that is asked once for each of several values: each part is a list of its own, the whole is one.

Values that other lists name are looked for anew until none is new.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from auditor.archive.fetch import ListFetch
from auditor.archive.state import ListState, State, Status
from auditor.i18n import EMPTY, Message
from auditor.model.errors import UserError
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import PagedList, Partition, RowsOf
from auditor.spec.summed import ChangeList
from auditor.transport.gather import gather
from auditor.transport.surface_rows import unread_for

MOST_NAMED = 10
WORST = (Status.BROKEN, Status.READING, Status.REFUSED, Status.ENDED)


@dataclass(slots=True)
class PartsFetch:
    """All parts of one list. ``begin``: returns what fetches a part; ``rows_of``: the rows of other lists."""

    ledger: PagedList
    state: State
    begin: Callable[[PagedList], ListFetch]
    rows_of: RowsOf
    reason: Message = EMPTY

    async def first_run(self) -> ListState:
        """Read every part to its end, from where it was left. What fails is in the state."""
        read: set[str] = set()
        self.reason = EMPTY
        while values := self._values() - read:
            read |= values
            await gather(part.first_run() for part in self._parts(values))
        return self._sum(read)

    async def anew(self) -> None:
        """Read every part once more. What was read of it is kept beside."""
        read: set[str] = set()
        while values := self._values() - read:
            read |= values
            await gather(part.anew() for part in self._parts(values))
        self._sum(read)

    async def newer_rows(self) -> int:
        """Fetch the rows that are newer than all known, and parts that are new, and return the number of rows."""
        before = self.state.list_state(self.ledger.id)
        if not before.done:
            return 0
        known = {self.ledger.value_of(part_id) for part_id in self.state.part_ids(self.ledger.id)}
        await gather(part.newer_rows() for part in self._parts(known))
        while values := self._values() - known:
            known |= values
            await gather(part.first_run() for part in self._parts(values))
        return self._sum(known).rows - before.rows

    def _parts(self, values: set[str]) -> list[ListFetch]:
        return [self.begin(self.ledger.part(value)) for value in sorted(values)]

    def _values(self) -> set[str]:
        """Return the values that are known now: those of the table, and those that rows name."""
        partition = self.ledger.partition or Partition(parameter="")
        unread = self._unread(partition)
        if unread is not None:
            return set()
        try:
            return {*partition.values, *(partition.find(self.rows_of) if partition.of else ())}
        except (OSError, sqlite3.Error, UserError):
            raise
        except Exception as error:  # noqa: BLE001 - an error in one list must not end the others
            self.reason = unread_for(error).reason
            return set()

    def _unread(self, partition: Partition) -> ListState | None:
        """Return the state of a list that names values and could not be read."""
        states = (self.state.list_state(one) for one in partition.of if one != self.ledger.id)
        return next((one for one in states if not one.done), None)

    def _alike(self, states: Sequence[ListState], worst: ListState) -> list[str]:
        """Return the values of parts that stand as badly as the worst one; none where all do, or were read."""
        rank = self._rank(worst)
        alike = [self.ledger.value_of(one.id) for one in states if not one.done and self._rank(one) == rank]
        return alike if len(alike) < len(states) else []

    def _rank(self, part: ListState) -> tuple[int, bool]:
        """Return how badly a part stands: one that the account never had stands better than one not read."""
        unused = self.ledger.unused if isinstance(self.ledger, Ledger | ChangeList) else {}
        return WORST.index(part.status), part.code in unused

    def _sum(self, values: set[str]) -> ListState:
        """Note how the list stands: as the part that stands worst."""
        states = [self.state.list_state(self.ledger.part(value).id) for value in sorted(values)]
        unread = self._unread(self.ledger.partition or Partition(parameter=""))
        if unread is not None:
            here = ListState(id=self.ledger.id).failed(unread.status, unread.reason, unread.code)
        elif self.reason:
            here = ListState(id=self.ledger.id).failed(Status.BROKEN, str(self.reason))
        else:
            worst = min(states, key=self._rank, default=ListState(id="", status=Status.ENDED))
            here = ListState(id=self.ledger.id, status=worst.status, reason=worst.reason, code=worst.code)
            here = replace(here, reason=" ".join(filter(None, (here.reason, _named(self._alike(states, worst))))))
        rows, cut = sum(one.rows for one in states), max((one.cut for one in states), default=0)
        here = replace(here, rows=rows, cut=cut)
        self.state.commit(here, {})
        return here


def _named(values: Sequence[str]) -> str:
    """Return values in brackets, the first ones of many."""
    more = ["..."] if len(values) > MOST_NAMED else []
    return f"({', '.join([*values[:MOST_NAMED], *more])})" if values else ""
