"""State of an account's watch after a pass: with the report, it decides the next pass."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from auditor.history.diff import Transition
from auditor.model.report import AccountReport, Verdict
from auditor.model.snapshot import Standing as Documented
from auditor.model.snapshot import Unread

UNBROKEN = timedelta(days=2)
"""Two clean passes that are further apart do not show that the account was clean between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchState:
    """The state of an account's watch: passes, how many without movement, and since when clean.

    ``passes``: of this watch; ``quiet``: the last of them without movement; ``clean_since``: the first of the last
    clean passes; ``complete_at``: the last pass that read every documented surface; ``begun_at``: the first pass.
    """

    passes: int = 1
    quiet: int = 0
    clean_since: datetime | None = None
    complete_at: datetime | None = None
    begun_at: datetime | None = None


def next_state(
    before: WatchState | None,
    account: AccountReport,
    transitions: Iterable[Transition],
    at: datetime,
    last: datetime | None,
) -> WatchState:
    """Return the state after a pass at ``at``; ``last``: the time of the pass before."""
    start = WatchState(passes=0, begun_at=at) if before is None else before
    moved = any(transition.moved for transition in transitions)
    # If the clock was set back, the time since the last pass is not known.
    since = start.clean_since if last is not None and timedelta(0) <= at - last <= UNBROKEN else None
    return WatchState(
        passes=start.passes + 1,
        quiet=0 if moved else start.quiet + 1,
        clean_since=(since or at) if account.verdict is Verdict.CLEAN else None,
        complete_at=at if is_complete(account) else start.complete_at,
        begun_at=start.begun_at or at,
    )


def restart(before: WatchState) -> WatchState:
    """Return the state at the start of a new watch: passes count from 0, the rest is kept."""
    return replace(before, passes=0, begun_at=None)


def is_complete(account: AccountReport) -> bool:
    """Return whether every documented surface was read."""
    unread = (r for r in account.snapshot.readings if isinstance(r.result, Unread))
    identified = account.snapshot.uid is not None and account.snapshot.refused is None
    return identified and not any(reading.standing is Documented.DOCUMENTED for reading in unread)
