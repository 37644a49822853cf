"""Make an archive: prove the key, fetch every list, compare with the balances, prove, seal."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic

from auditor.archive.accounts import with_accounts
from auditor.archive.add import carry_over
from auditor.archive.beginning import Beginning, day_of
from auditor.archive.beside import Beside
from auditor.archive.change_run import ChangeRun
from auditor.archive.comparison import Comparison
from auditor.archive.earlier import forget_repeated, rows_kept
from auditor.archive.facts import ListEnd, RunFacts
from auditor.archive.fetch import forget_anchor
from auditor.archive.fetching import Fetch, Fetching, in_order, rows_so_far
from auditor.archive.finishing import Archive, finish
from auditor.archive.folder import STATE, emptied, occupied, part_folder, sealed_folders
from auditor.archive.key import identity_of
from auditor.archive.left_out import left_out
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.progress import Progress, Unwatched, Watcher
from auditor.archive.remaining import Bounds, least_of
from auditor.archive.rows import row_ids
from auditor.archive.seal import TAGMANIFEST, digest_of
from auditor.archive.session import Session, disk_errors, history_of, in_mode, open_session
from auditor.archive.state import State, Status
from auditor.archive.times import milliseconds_of
from auditor.archive.under_way import has_rows_under_way
from auditor.archive.witness import MAIN, is_not_had
from auditor.exchanges.registry import load
from auditor.i18n import Translator, _
from auditor.model.account import Account, Options
from auditor.settings.origins import api_origin, environment
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity
from auditor.spec.ledger import Ledger
from auditor.spec.paged_list import PagedList
from auditor.spec.second_list import SecondList
from auditor.spec.summed import ChangeList
from auditor.transport.gather import gather

FRESH = 60.0
"""How many seconds old second lists may be when the ledgers' newest rows are fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveRequest:
    """What to archive.

    ``to``: into which folder; ``since``: from which day, None for everything; ``only``: which tables, none for all;
    ``fresh``: anew, not where it was left.
    """

    to: Path
    since: datetime | None = None
    only: Collection[str] = ()
    fresh: bool = False
    watcher: Watcher = field(default_factory=Unwatched)
    translate: Translator = field(default_factory=Translator)


async def archive(account: Account, options: Options, request: ArchiveRequest) -> Archive:
    """Make the archive of one account, or go on with it.

    Raises UserError for what only the user can fix.
    """
    exchange = load(account.exchange)
    history_of(exchange)
    async with open_session(account, exchange, options) as session:
        identity = await identity_of(account, session, options)
        exchange = in_mode(exchange, identity.mode)
        part = part_folder(request.to, exchange.id, identity.uid)
        with occupied(part), disk_errors(part):
            if request.fresh:
                emptied(part)
            state, progress = State.open(part), Progress(request.watcher, options.pace)
            try:
                return await _Run(account, exchange, session, identity, options, request, state, progress).archive()
            finally:
                state.close()


@dataclass(slots=True)
class _Run:
    account: Account
    exchange: Exchange
    session: Session
    identity: Identity
    options: Options
    request: ArchiveRequest
    state: State
    progress: Progress
    inner: list[Fetch] = field(default_factory=list)
    first: list[Fetch] = field(default_factory=list)

    async def archive(self) -> Archive:
        """Fetch, compare, prove and seal."""
        await self._find_accounts()
        self._begin()
        forget_anchor(self.state)
        ledgers, seconds = self._fetches()
        sums = self._changes(seconds)
        self._expect([*ledgers, *seconds, *sums.fetches])
        began, begun = monotonic(), sums.begun()
        before = await sums.shown()
        await in_order((*ledgers, *seconds, *sums.fetches), self._read)
        await sums.bring_up_to_date(begun)
        if monotonic() - began > FRESH:
            # Before the ledgers' newest rows, so that these have every row that a second list shows.
            await in_order([one for one in seconds if not explains(one)], self._read_on)
        rested = not ledgers or await self._compare_all(ledgers, seconds)
        rested = (not sums.wallets or await sums.rests(before)) and rested
        await self._ask_beside(ledgers)
        fetches = [*self.first, *ledgers, *seconds, *self.inner, *sums.fetches]
        for one in fetches:
            forget_repeated(self.state, one.ledger, self.exchange)
        ends = tuple(self._end(one) for one in fetches)
        if any(end.status in {Status.READING, Status.BROKEN} for end in ends):
            return Archive(self.state.folder, _unfinished(ends, fetches))
        facts = self._facts(ends, rested=rested)
        for earlier in self._earlier()[-1:]:
            carry_over(earlier, self.state.folder)
        self.state.close()
        finished = finish(self.state.folder, self.request.to, self.exchange, facts, self.request.translate)
        # Only now: a run that is killed before goes on with it.
        (finished.folder / STATE).unlink()
        return finished

    async def _compare_all(self, ledgers: Sequence[Fetch], seconds: Sequence[Fetch]) -> bool:
        """Compare the ledgers with the balances, once more where rows came that the second lists were read before.

        Return whether nothing moved while the balances were read last. An account that rests has its lists read once.
        """
        comparison = Comparison(history_of(self.exchange), self.session, self.state, self.options.pace)
        before = rows_so_far(self.state, ledgers)
        rested = await comparison.compare(ledgers)
        if not rested or rows_so_far(self.state, ledgers) == before:
            return rested
        await in_order(seconds, self._read_on)
        return await comparison.compare(ledgers)

    async def _find_accounts(self) -> None:
        """Read the list that names the accounts, once for each archive, and go on with the lists of these."""
        history = history_of(self.exchange)
        self.first = [self._fetch(one) for one in history.seconds if one.id == history.named_by]
        for one in self.first:
            await one.first_run()
        self.exchange = with_accounts(self.exchange, self.state.folder)

    def _begin(self) -> None:
        """Note what this archive is begun with. Raises UserError where it was begun with something else."""
        beginning, since, only = self._beginning, day_of(self.request.since), ",".join(sorted(self.request.only))
        beginning.check(since, only)
        history = history_of(self.exchange)
        lists = (*history.ledgers, *(one for one in history.changes if self._may_ask(one)))
        beginning.note(since, only, [one.id for one in lists], self.session.time())

    @property
    def _beginning(self) -> Beginning:
        return Beginning(self.state, self.account, self.identity)

    def _fetches(self) -> tuple[list[Fetch], list[Fetch]]:
        """Return what fetches the ledgers, and the lists beside them that this key can ask for."""
        history = history_of(self.exchange)
        lists = (one for one in history.seconds if one.id != history.named_by)
        seconds = [one for one in lists if not one.parent and self._may_ask(one)]
        return [self._fetch(one) for one in history.ledgers], [self._fetch(one) for one in seconds]

    async def _read(self, fetch: Fetch) -> None:
        """Read a list to its end, and those that are asked for each of its rows; one that was read before, anew."""
        was_read = self.state.list_state(fetch.ledger.id).done
        await fetch.first_run()
        self.progress.ended(fetch.ledger)
        if was_read and isinstance(fetch.ledger, SecondList):
            await self._read_on(fetch)
        inner = list(self._inner(fetch.ledger.id))
        self.inner += inner
        await gather(one.anew() for one in inner)

    async def _read_on(self, fetch: Fetch) -> None:
        """Read what a list has now that was read before.

        Anew where nothing follows from the order of its rows, or one of them was not final.
        """
        is_done = self.state.list_state(fetch.ledger.id).done
        is_open = is_done and has_rows_under_way(self.state.folder, fetch.ledger, self.exchange)
        await (fetch.anew() if explains(fetch) or is_open else fetch.newer_rows())

    def _inner(self, list_id: str) -> Iterator[Fetch]:
        """Yield what fetches the lists that are asked for each row of another."""
        inner = [one for one in history_of(self.exchange).seconds if one.parent == list_id]
        for listed in filter(self._may_ask, inner):
            for row_id in row_ids(self.state.folder, list_id, self.exchange):
                yield self._fetch(listed.of_row(row_id))

    def _changes(self, seconds: Sequence[Fetch]) -> ChangeRun:
        """Return what fetches the lists whose rows are added up, as far as this key can ask for them."""
        history = history_of(self.exchange)
        fetches = [self._fetch(one) for one in history.changes if self._may_ask(one)]
        names = {name for one in history.changes if one.partition is not None for name in one.partition.of}
        named_by = [one for one in seconds if one.ledger.id in names and explains(one)]
        return ChangeRun(history.summed, fetches, self.session, self.state, self._read_on, named_by)

    def _may_ask(self, listed: SecondList | ChangeList) -> bool:
        if listed.id in left_out(history_of(self.exchange), self.request.only):
            return False
        return self.identity.kind == MAIN or not listed.main_only

    async def _ask_beside(self, ledgers: Sequence[Fetch]) -> None:
        """Ask what no list is of: the exchange's words for its codes, and which files of quarters lie ready.

        An answer that does not come is missing in the archive, nothing else.
        """
        beside = Beside(self.session, self.state)
        await beside.ask_words(history_of(self.exchange).dictionary)
        await beside.ask_shown([one.shown for one in history_of(self.exchange).derived])
        # That an account was never opened is believed where nothing is shown in it.
        never = [one.ledger for one in ledgers if is_not_had(one.ledger, self._end(one))]
        await beside.ask_shown([one.shown for one in never if isinstance(one, Ledger)])
        totals = history_of(self.exchange).totals
        await beside.ask_shown([totals.shown] if totals is not None else [])
        await beside.ask_opened(history_of(self.exchange).opened)
        for one in ledgers:
            if isinstance(one.ledger, Ledger):
                await beside.ask_files(one.ledger, self.exchange)

    def _expect(self, fetches: Sequence[Fetch]) -> None:
        """Estimate what the lists need at least, before any of them is asked."""
        bounds, lists = Bounds(self.session.time(), self._since), (one.ledger for one in fetches)
        self.progress.expect((one, least_of(one, self.state, bounds)) for one in lists)

    def _fetch(self, paged: PagedList) -> Fetch:
        fetching = Fetching(self.exchange, self.session, self.state, self._since, self.progress, self.options.pace)
        return fetching.of(paged)

    @property
    def _since(self) -> int | None:
        return None if self.request.since is None else milliseconds_of(self.request.since)

    def _end(self, fetch: Fetch) -> ListEnd:
        here = self.state.list_state(fetch.ledger.id)
        reason = fetch.reason if fetch.reason and not here.done else here.reason
        kept = rows_kept(self.state.folder, fetch.ledger, self.exchange)
        return ListEnd(
            id=here.id,
            status=here.status,
            cut=bool(here.cut),
            rows=here.rows + kept,
            reason=reason,
            code=here.code,
            kept=kept,
        )

    def _earlier(self) -> list[Path]:
        """Return the sealed archives of this account that lie beside this one, the oldest first."""
        return sealed_folders(self.request.to, self.exchange.id, self.identity.uid)

    def _facts(self, ends: tuple[ListEnd, ...], *, rested: bool) -> RunFacts:
        earlier = self._earlier()
        compared = self.state.fact("compared_at")
        return RunFacts(
            account=self.account.name,
            exchange=self.exchange.id,
            name=self.exchange.name,
            host=api_origin(self.account, self.options).partition("://")[2],
            environment=environment(self.account).value,
            uid=self.identity.uid,
            kind=self.identity.kind,
            mode=self.identity.mode or "",
            rights=tuple(map(str, self.identity.key.rights)),
            readonly=self.identity.key.readonly,
            started_at=datetime.fromisoformat(self.state.fact("started_at") or self.session.time().isoformat()),
            finished_at=datetime.fromisoformat(compared) if compared else self.session.time(),
            rested=rested,
            lists=ends,
            since=self.state.fact("since") or "",
            only=self.state.fact("only") or "",
            doubts=self._beginning.doubts(),
            previous=digest_of(earlier[-1] / TAGMANIFEST) if earlier else "",
        )


def explains(fetch: Fetch) -> bool:
    """Return whether a list only explains what the ledgers show."""
    return isinstance(fetch.ledger, SecondList) and fetch.ledger.explains


def _unfinished(ends: Sequence[ListEnd], fetches: Sequence[Fetch]) -> Outcome:
    lists = {one.ledger.id: one.ledger for one in fetches}
    gaps = tuple(
        _("{wallet}: {rows} rows are kept; it was not read to its end. {reason}").format(
            wallet=_(lists[end.id].title), rows=end.rows, reason=end.reason
        )
        for end in ends
        if end.status is not Status.ENDED and not is_not_had(lists[end.id], end)
    )
    return Outcome(status=ArchiveStatus.UNFINISHED, faults=(), wallets=(), gaps=gaps)
