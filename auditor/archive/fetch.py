"""Fetch one list, page by page, each made durable before the next is asked.

The first run reads it to its end. A later run fetches what is new since, and must meet the newest row known.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.archive.earlier import put_aside
from auditor.archive.folder import ANCHOR, REFUSED, raw_file
from auditor.archive.progress import Progress
from auditor.archive.raw import RawAnswer, append, member
from auditor.archive.session import Session
from auditor.archive.state import ListState, State, Status
from auditor.i18n import EMPTY, Message, _
from auditor.model.errors import UserError
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import SecondList
from auditor.spec.summed import ChangeList
from auditor.transport.cursor_pagination import Page, PageLostError, texts_of
from auditor.transport.guard import NotAllowedError
from auditor.transport.retry import request_policy, retry
from auditor.transport.surface_rows import unread_for

# Refusals that a further run of the same key would only meet again.
LASTING = frozenset({Trouble.PERMISSION, Trouble.RESTRICTED})
# Beside a ledger, a list that the account cannot have is one witness less and does not keep an archive from its end.
LASTING_BESIDE = LASTING | {Trouble.EXCHANGE, Trouble.REGION, Trouble.UNAVAILABLE}
# Nor does a list that only explains and is not understood.
LASTING_EXPLAINING = LASTING_BESIDE | {Trouble.MALFORMED, Trouble.PAGES}
GONE = _("the newest row that was there before is gone")


@dataclass(slots=True)
class ListFetch(ABC):
    """One list being fetched into a folder. How it is read is in `IdFetch` and `TimedFetch`.

    ``since``: Unix milliseconds; no page older than that is asked for. ``reason``: why it could not be read on.
    """

    ledger: PagedList
    session: Session
    state: State
    since: int | None
    progress: Progress
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
        """Read the list once more: its rows may have changed since. What was read of it is kept beside (`earlier`).

        What fails is in the state. Of a list that was there a refusal is not for good: a further run asks once more.
        """
        was_read = self.state.list_state(self.ledger.id).done
        put_aside(self.state, self.ledger.id)
        here = await self.first_run()
        if was_read and here.status is Status.REFUSED:
            self.state.commit(replace(here, status=Status.BROKEN), {})

    async def newer_rows(self) -> int:
        """Fetch the rows that are newer than all known, and return their number.

        What fails is in the state.
        """
        here = self.state.list_state(self.ledger.id)
        if here.done:
            await self._run(self._next_run(replace(here, status=Status.READING, segment=here.segment + 1)))
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
            is_begun = self.state.length(raw_file(self.state.folder, self.ledger.id)) > 0
            is_lasting = is_first_run and is_lasting_refusal(self.ledger, unread, is_begun=is_begun)
            self._fail(Status.REFUSED if is_lasting else Status.BROKEN, unread)
            self.progress.ended(self.ledger)
        return self.state.list_state(self.ledger.id)

    async def _ask(self, params: Mapping[str, str]) -> object:
        """Return one answer, which is kept until its page is safe."""
        return await self.progress.turn(lambda: self.session.ask(self.ledger.endpoint, params, self._kept))

    @abstractmethod
    def _next_run(self, here: ListState) -> ListState:
        """Return the state at the beginning of a run for newer rows."""

    @abstractmethod
    async def _attempt(self) -> None:
        """Read on from the last page that is safe."""

    def _closings(self, page: Page) -> dict[str, str]:
        """Return the newest balance of each coin on a page.

        A row that is not understood is looked at by the proof.
        """
        if not self.ledger.balance:
            return {}
        rows = page if self.ledger.oldest_first else page[::-1]
        assets, balances = texts_of(rows, self.ledger.asset), texts_of(rows, self.ledger.balance)
        if assets and balances:
            return dict(zip(assets, balances, strict=True))
        pairs = [(row.get(self.ledger.asset), row.get(self.ledger.balance)) for row in rows if isinstance(row, dict)]
        return {asset: text for asset, text in pairs if isinstance(asset, str) and isinstance(text, str)}

    def _write(self, here: ListState, closings: Mapping[str, str] | None = None) -> None:
        path = raw_file(self.state.folder, self.ledger.id, here.segment)
        length = append_answers(path, self._taken(), self.state.length(path))
        self.state.commit(here, {path: length} if length else {}, closings, is_last=self.ledger.oldest_first)

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


def forget_anchor(state: State) -> None:
    """Forget the balances of an earlier run: those that cannot be read now are not what they were then."""
    path = raw_file(state.folder, ANCHOR)
    state.commit(None, {path: 0})
    path.unlink(missing_ok=True)


def is_lasting_refusal(paged: PagedList, unread: Unread, *, is_begun: bool) -> bool:
    """Return whether a list ends for good with such a refusal: a wallet that the account never had does."""
    is_unused = isinstance(paged, Ledger) and (unread.code or "") in paged.unused
    return is_unused or unread.trouble in lasting_troubles(paged, is_begun=is_begun)


def lasting_troubles(paged: PagedList, *, is_begun: bool = False) -> frozenset[Trouble]:
    """Return the troubles with which a list ends for good. ``is_begun``: some of it was read."""
    if isinstance(paged, Ledger) and paged.one_of_many and not is_begun:
        return LASTING_BESIDE
    if isinstance(paged, SecondList):
        return LASTING_EXPLAINING if paged.explains or paged.may_be_withheld else LASTING_BESIDE
    # Without one such list of many an archive is partial, and no longer than it need be.
    return LASTING_EXPLAINING if isinstance(paged, ChangeList) else LASTING
