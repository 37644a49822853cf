"""What the history hands out: accounts, passes and what became of their holdings, without the passes' content."""

from dataclasses import dataclass
from datetime import datetime

from auditor.history.diff import Transition
from auditor.history.streaks import Standing
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """An account as it is configured: ``uid`` may not be known before it was asked.

    ``mark`` tells its credentials from others: those of another account may stand under the same name tomorrow.
    """

    name: str
    exchange: str
    environment: Environment
    uid: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where one account stands: its last pass; ``family``: it belongs with its main account and that one's others."""

    account_id: int
    pass_id: int
    name: str
    family: tuple[str, str, str]
    finished_at: datetime
    verdict: Verdict
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One account's part of a stored pass. ``told``: its news went out."""

    account_id: int
    name: str
    exchange: str
    environment: Environment
    uid: str
    verdict: Verdict
    blockers: int
    unread: int
    standing: Standing
    told: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One stored pass."""

    id: int
    started_at: datetime
    finished_at: datetime
    verdict: Verdict
    results: tuple[Result, ...]


Changes = dict[int, tuple[Transition, ...]]
"""Account (by its number in the history) to what became of its holdings."""
