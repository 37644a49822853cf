"""Where an account's watch stands after a pass: what the next look is decided from, besides the report itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from auditor.history.diff import Transition
from auditor.model.report import AccountReport, Verdict
from auditor.model.snapshot import Standing as Documented
from auditor.model.snapshot import Unread

UNBROKEN = timedelta(days=2)
"""Two clean passes further apart than this say nothing of the time between them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``passes`` of this watch, the last ``quiet`` of them without movement; ``clean_since``: first of the clean ones.

    ``complete_at``: the last pass in which everything documented was read. ``begun_at``: the first pass of the watch.
    """

    passes: int = 1
    quiet: int = 0
    clean_since: datetime | None = None
    complete_at: datetime | None = None
    begun_at: datetime | None = None


def after(
    before: Standing | None,
    account: AccountReport,
    transitions: Iterable[Transition],
    at: datetime,
    last: datetime | None,
) -> Standing:
    """Where the account stands after a pass at ``at``; ``last``: when the pass before was made."""
    start = Standing(passes=0, begun_at=at) if before is None else before
    moved = any(transition.moved for transition in transitions)
    # A clock that was set back says nothing of how long ago the last one was.
    since = start.clean_since if last is not None and timedelta(0) <= at - last <= UNBROKEN else None
    return Standing(
        passes=start.passes + 1,
        quiet=0 if moved else start.quiet + 1,
        clean_since=(since or at) if account.verdict is Verdict.CLEAN else None,
        complete_at=at if is_complete(account) else start.complete_at,
        begun_at=start.begun_at or at,
    )


def anew(before: Standing) -> Standing:
    """Where an account stands at the start of another watch: what is known of it stays, its passes count from 0."""
    return replace(before, passes=0, begun_at=None)


def is_complete(account: AccountReport) -> bool:
    """Whether every documented place was read."""
    unread = (r for r in account.snapshot.readings if isinstance(r.result, Unread))
    known = account.snapshot.uid is not None and account.snapshot.refused is None
    return known and not any(reading.standing is Documented.DOCUMENTED for reading in unread)
