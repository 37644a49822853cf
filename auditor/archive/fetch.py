"""Fetch one list, page by page, each made durable before the next is asked.

The first run goes from the newest row to the end. A later run fetches what is new since, down to the newest row known.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.archive.folder import ANCHOR, REFUSED, raw_file
from auditor.archive.page_ids import has_newer, ids_of, number_of
from auditor.archive.raw import RawAnswer, append, member
from auditor.archive.session import Session
from auditor.archive.state import ListState, State, Status
from auditor.i18n import EMPTY, Message, _
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.endpoint import Cursor, Query
from auditor.spec.fields import MalformedError
from auditor.spec.history import PagedList, SecondList
from auditor.transport.cursor_pagination import Page, PageLostError
from auditor.transport.guard import NotAllowedError
from auditor.transport.pagination import stream
from auditor.transport.retry import request_policy, retry
from auditor.transport.surface_rows import unread_for

# Far more than any ledger has; the check of each page is what ends a list that does not end.
MOST_PAGES = 10_000_000
# Refusals that a further run of the same key would only meet again.
LASTING = frozenset({Trouble.PERMISSION, Trouble.RESTRICTED})
# Beside a ledger, a list that the account cannot have is one witness less and does not keep an archive from its end.
LASTING_BESIDE = LASTING | {Trouble.EXCHANGE, Trouble.REGION, Trouble.UNAVAILABLE}
# Nor does a list that only explains and is not understood.
LASTING_EXPLAINING = LASTING_BESIDE | {Trouble.MALFORMED, Trouble.PAGES}
GONE = _("the newest row that was there before is gone")
Report = Callable[[str, int, int], None]
"""Called after each page with the title of the ledger, its rows so far, and the time of the oldest one in Unix ms."""


@dataclass(slots=True)
class ListFetch:
    """One list being fetched into a folder.

    ``since``: Unix milliseconds; no page older than that is asked for. ``reason``: why it could not be read on.
    """

    ledger: PagedList
    session: Session
    state: State
    since: int | None
    report: Report
    pace: float = 1.0
    reason: Message = EMPTY
    _kept: list[RawAnswer] = field(default_factory=list)

    async def first_run(self) -> ListState:
        """Read the ledger to its end, from where it was left.

        What fails is in the state; a full disk is raised.
        """
        here = self.state.list_state(self.ledger.id)
        return here if here.done else await self._run(replace(here, status=Status.READING, reason="", code=""))

    async def anew(self) -> None:
        """Read the list once more, in place of what was read of it: its rows may have changed since.

        What fails is in the state.
        """
        path = raw_file(self.state.folder, self.ledger.id)
        self.state.commit(ListState(id=self.ledger.id), {path: 0})
        path.unlink(missing_ok=True)
        await self.first_run()

    async def newer_rows(self) -> int:
        """Fetch the rows that are newer than all known, and return their number.

        What fails is in the state.
        """
        here = self.state.list_state(self.ledger.id)
        if here.done:
            run = replace(here, status=Status.READING, segment=here.segment + 1, oldest=None, began=None)
            await self._run(replace(run, until=here.newest))
        return self.state.list_state(self.ledger.id).rows - here.rows

    async def _run(self, here: ListState) -> ListState:
        if here != self.state.list_state(here.id):
            self.state.commit(here, {})
        try:
            await retry(self._attempt, request_policy(lambda error: isinstance(error, PageLostError), self.pace))
        except (OSError, sqlite3.Error, UserError, NotAllowedError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever an answer makes this program raise concerns this list only
            unread = unread_for(error)
            self.reason = unread.reason
            # Newer rows that were read in part do not meet the older ones: such an archive is not sealed.
            is_first_run = not self.state.list_state(self.ledger.id).segment
            is_lasting = is_first_run and unread.trouble in lasting_troubles(self.ledger)
            self._fail(Status.REFUSED if is_lasting else Status.BROKEN, unread)
        return self.state.list_state(self.ledger.id)

    async def _attempt(self) -> None:
        """Read on from the last page that is safe."""
        self._kept.clear()
        here = self.state.list_state(self.ledger.id)
        is_first = True
        async for page in self._pages(here):
            if is_first and here.oldest is not None and self.ledger.endpoint.pagination is not None:
                page = self._without_overlap(page, here.oldest)  # noqa: PLW2901 - the row that is safe already
            if is_first and here.oldest is None and here.segment and not has_newer(page, self.ledger.key, here.until):
                self._no_news(here, page)
                return
            is_first = False
            here = self._keep(here, page)
            if here.done:
                return
        self._end(here)

    def _pages(self, here: ListState) -> AsyncIterator[Page]:
        endpoint = self.ledger.endpoint
        query = endpoint.queries[-1]
        if here.oldest is not None and endpoint.pagination is not None:
            query = Query(params={**query.params, _cursor(self.ledger): str(here.oldest + 1)})

        async def ask(params: Mapping[str, str]) -> object:
            return await self.session.ask(endpoint, params, self._kept)

        return stream(ask, endpoint, query, now(), most_pages=MOST_PAGES)

    def _without_overlap(self, page: Page, oldest: int) -> Page:
        first = [number_of(row, self.ledger.key) for row in (page[:1] if self.ledger.ordered else page)]
        if oldest not in first:
            raise PageLostError(_("a page did not begin where the page before it ended"))
        if not self.ledger.ordered:
            return page
        # Rows with the key of the last saved one may be new: this answer repeats them.
        return [row for row in page if number_of(row, self.ledger.key) < oldest] if self.ledger.ties else page[1:]

    def _keep(self, here: ListState, page: Page) -> ListState:
        """Make a page safe, and return the state after it."""
        numbers = ids_of(page, self.ledger, here.oldest)
        until = here.until
        if until is not None and numbers and numbers[-1] < until and until not in numbers:
            raise MalformedError(GONE)
        began = here.began if here.began is not None else next(iter(numbers), None)
        is_old = self.since is not None and bool(page) and number_of(page[-1], self.ledger.time) < self.since
        is_met = until is not None and bool(numbers) and numbers[-1] <= until
        here = replace(
            here,
            oldest=numbers[-1] if numbers else here.oldest,
            newest=max((n for n in (here.newest, began) if n is not None), default=None),
            began=began,
            rows=here.rows + sum(until is None or number > until for number in numbers),
            status=Status.ENDED if (is_old if until is None else is_met) else Status.READING,
            cut=int(is_old) if until is None else here.cut,
        )
        self._write(here, self._closings(page))
        if numbers:
            self.report(self.ledger.title, here.rows, number_of(page[-1], self.ledger.time))
        return here

    def _end(self, here: ListState) -> None:
        """Note that the list ran out: a later run must meet the rows of the one before it first."""
        if here.until is not None:
            raise MalformedError(GONE)
        self._write(replace(here, status=Status.ENDED))

    def _closings(self, page: Page) -> dict[str, str]:
        """Return the newest balance of each coin on a page.

        A row that is not understood is looked at by the proof.
        """
        found: dict[str, str] = {}
        for row in page if self.ledger.balance else ():
            asset, balance = (
                (row.get(self.ledger.asset), row.get(self.ledger.balance)) if isinstance(row, dict) else ("", "")
            )
            if isinstance(asset, str) and isinstance(balance, str):
                found.setdefault(asset, balance)
        return found

    def _no_news(self, here: ListState, page: Page) -> None:
        """Keep a page without newer rows beside the balances that it was asked for."""
        if here.until is not None and here.until not in {number_of(row, self.ledger.key) for row in page}:
            raise MalformedError(GONE)
        keep_anchor(self.state, self._taken())
        self.state.commit(replace(here, status=Status.ENDED, segment=here.segment - 1, until=None), {})

    def _write(self, here: ListState, closings: Mapping[str, str] | None = None) -> None:
        path = raw_file(self.state.folder, self.ledger.id, here.segment)
        length = append_answers(path, self._taken(), self.state.length(path))
        self.state.commit(here, {path: length} if length else {}, closings)

    def _taken(self) -> list[RawAnswer]:
        taken = list(self._kept)
        self._kept.clear()
        return taken

    def _fail(self, status: Status, unread: Unread) -> None:
        """Note why the list could not be read on, beside the answer that says it."""
        path = raw_file(self.state.folder, REFUSED)
        length = append_answers(path, self._taken(), self.state.length(path))
        here = self.state.list_state(self.ledger.id).failed(status, str(unread.reason), unread.code or "")
        self.state.commit(here, {path: length} if length else {})


def append_answers(path: Path, answers: Sequence[RawAnswer], length: int) -> int:
    """Write answers durably behind the first ``length`` bytes of a file.

    Return its new length.
    """
    return append(path, b"".join(map(member, answers)), length) if answers else length


def keep_anchor(state: State, answers: Sequence[RawAnswer]) -> None:
    """Keep answers that say what the balances are now, and that nothing moved meanwhile."""
    path = raw_file(state.folder, ANCHOR)
    state.commit(None, {path: append_answers(path, answers, state.length(path))})


def _cursor(ledger: PagedList) -> str:
    if not isinstance(ledger.endpoint.pagination, Cursor):
        raise TypeError(ledger.id)
    return ledger.endpoint.pagination.cursor


def lasting_troubles(paged: PagedList) -> frozenset[Trouble]:
    """Return the troubles with which a list ends for good."""
    if isinstance(paged, SecondList):
        return LASTING_EXPLAINING if paged.explains else LASTING_BESIDE
    return LASTING
