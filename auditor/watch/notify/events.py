"""Changes of accounts since the last notification."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from auditor.assessment.verdict import overall_verdict
from auditor.history.diff import Change, Transition
from auditor.history.models import AccountResult, AccountState, PassSummary
from auditor.history.serialization import DamagedPassError
from auditor.history.store import History
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment
from auditor.watch.policy import Policy
from auditor.watch.scheduler import DuePass, Planner, WatchOver

NOTIFIED_CHANGES = frozenset({Change.NEW, Change.BACK, Change.RESOLVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNews:
    """The state of one account after a pass.

    ``confirmed``: clean in two full passes; ``stale``: without a complete pass for longer than the user's limit;
    ``blockers`` and ``unread``: counts of findings and of surfaces.
    """

    id: int
    name: str
    exchange: str
    environment: Environment
    verdict: Verdict
    confirmed: bool
    stale: bool
    blockers: int
    unread: int
    at: datetime
    complete_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingEvent:
    """A change of one holding of an account. ``place``: the name of its place for readers."""

    account: str
    transition: Transition
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchNews:
    """Everything that changed after pass ``since``, up to pass ``number``.

    ``worth_telling``: whether the change calls for a notification.
    """

    number: int
    since: int
    at: datetime
    verdict: Verdict
    accounts: tuple[AccountNews, ...]
    happened: tuple[HoldingEvent, ...]
    plan: DuePass | WatchOver
    worth_telling: bool

    def of(self, *kinds: Change) -> tuple[HoldingEvent, ...]:
        """Return the events of these kinds."""
        return tuple(event for event in self.happened if event.transition.kind in kinds)


def collect_news(
    planner: Planner, states: Sequence[AccountState], plan: DuePass | WatchOver, stale_after: timedelta
) -> WatchNews | None:
    """Collect what was not reported yet on the accounts in ``states``; None for nothing."""
    history, policy = planner.history, planner.policy
    ids = {state.account_id for state in states}
    last, since = max((state.pass_id for state in states), default=0), history.last_notified(ids)
    if last == since:
        return None
    accounts = tuple(_account_state(history.entry(state.pass_id), state, policy, stale_after) for state in states)
    happened = tuple(_events(history, since, last, {state.account_id: state.name for state in states}))
    before = _labels(history, ids, since, policy, stale_after)
    has_moved = any(event.transition.kind in NOTIFIED_CHANGES and event.transition.seen.blocks for event in happened)
    return WatchNews(
        number=last,
        since=since,
        at=max(state.finished_at for state in states),
        verdict=overall_verdict(account.verdict for account in accounts),
        accounts=accounts,
        happened=happened,
        plan=plan,
        worth_telling=has_moved or any(before.get(account.id) != _label(account) for account in accounts),
    )


def _account_state(entry: PassSummary, state: AccountState, policy: Policy, stale_after: timedelta) -> AccountNews:
    result = next(result for result in entry.results if result.account_id == state.account_id)
    return _account_news(result, entry.finished_at, policy, stale_after)


def _account_news(result: AccountResult, at: datetime, policy: Policy, stale_after: timedelta) -> AccountNews:
    standing = result.standing
    clean = standing.clean_since
    last_complete = standing.complete_at or standing.begun_at or at
    return AccountNews(
        id=result.account_id,
        name=result.name,
        exchange=result.exchange,
        environment=result.environment,
        verdict=result.verdict,
        confirmed=clean is not None and at > clean and at - clean >= policy.confirm,
        stale=at - last_complete >= stale_after,
        blockers=result.blockers,
        unread=result.unread,
        at=at,
        complete_at=standing.complete_at,
    )


def _label(account: AccountNews) -> tuple[Verdict, bool, bool]:
    return account.verdict, account.confirmed, account.stale


def _labels(
    history: History, ids: set[int], since: int, policy: Policy, stale_after: timedelta
) -> dict[int, tuple[Verdict, bool, bool]]:
    """Return the state of each account in its last reported pass, by account id."""
    labels: dict[int, tuple[Verdict, bool, bool]] = {}
    for account in ids:
        reported = history.last_notified({account})
        if 0 < reported <= since:
            entry = history.entry(reported)
            result = next(result for result in entry.results if result.account_id == account)
            labels[account] = _label(_account_news(result, entry.finished_at, policy, stale_after))
    return labels


def _events(history: History, since: int, last: int, names: Mapping[int, str]) -> Iterator[HoldingEvent]:
    titles = _titles(history, last)
    for account, transitions in history.changes(last, since).items():
        if account in names:
            yield from (
                HoldingEvent(
                    account=names[account],
                    transition=transition,
                    place=titles.get(transition.seen.surface, transition.seen.surface),
                )
                for transition in transitions
            )


def _titles(history: History, number: int) -> dict[str, str]:
    """Return the titles of places by their ids, as the pass ``number`` has them; none if it is damaged."""
    try:
        report = history.load(number).report
    except DamagedPassError:
        return {}
    return {reading.surface: reading.title for account in report.accounts for reading in account.snapshot.readings}
