"""What fetches each list of an archive, and in which order lists are read that name values for others."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from auditor.archive.fetch import ListFetch
from auditor.archive.fetch_by_id import IdFetch
from auditor.archive.fetch_by_time import TimedFetch
from auditor.archive.fetch_parts import PartsFetch
from auditor.archive.progress import Progress
from auditor.archive.raw_rows import rows_of_list
from auditor.archive.session import Session, history_of
from auditor.archive.state import ListState, State
from auditor.i18n import Message
from auditor.spec.exchange import Exchange
from auditor.spec.paged_list import PagedList
from auditor.transport.gather import gather

AT_ONCE = 6
"""Lists that are read side by side: ledgers, which take longest, are not to wait for what many others answer."""


class Fetch(Protocol):
    """Fetches one list, or all parts of one. ``reason``: why it could not be read on."""

    @property
    def ledger(self) -> PagedList:
        """The list."""

    @property
    def reason(self) -> Message:
        """Why it could not be read on."""

    async def first_run(self) -> ListState:
        """Read the list to its end, from where it was left."""

    async def anew(self) -> None:
        """Read the list once more. What was read of it is kept beside."""

    async def newer_rows(self) -> int:
        """Fetch the rows that are newer than all known, and return their number."""


@dataclass(frozen=True, slots=True)
class Fetching:
    """What all lists of one archive are fetched with. ``since``: Unix milliseconds."""

    exchange: Exchange
    session: Session
    state: State
    since: int | None
    progress: Progress
    pace: float = 1.0

    def of(self, paged: PagedList) -> Fetch:
        """Return what fetches a list."""
        if paged.partition is not None:
            return PartsFetch(paged, self.state, self._begin, self._rows)
        return self._begin(paged)

    def _begin(self, paged: PagedList) -> ListFetch:
        kind = TimedFetch if paged.by_time else IdFetch
        return kind(paged, self.session, self.state, self.since, self.progress, self.pace)

    def _rows(self, list_id: str) -> Iterator[Mapping[str, object]]:
        return rows_of_list(self.state.folder, history_of(self.exchange), self.exchange, list_id)


async def in_order(fetches: Iterable[Fetch], read: Callable[[Fetch], Coroutine[Any, Any, object]]) -> None:
    """Read lists side by side, the first ones first, but those after the others whose rows name their values."""
    waiting, turns = list(fetches), asyncio.Semaphore(AT_ONCE)

    async def in_turn(fetch: Fetch) -> None:
        async with turns:
            await read(fetch)

    while waiting:
        unread = {one.ledger.id for one in waiting}
        ready = [one for one in waiting if not _named_by(one) & unread] or waiting
        await gather(in_turn(one) for one in ready)
        unread -= {one.ledger.id for one in ready}
        waiting = [one for one in waiting if one.ledger.id in unread]


def _named_by(fetch: Fetch) -> set[str]:
    partition = fetch.ledger.partition
    return set() if partition is None else set(partition.of) - {fetch.ledger.id}


def rows_so_far(state: State, fetches: Sequence[Fetch]) -> int:
    """Return how many rows of some lists are safe."""
    return sum(state.list_state(one.ledger.id).rows for one in fetches)
