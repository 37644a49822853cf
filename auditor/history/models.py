"""Values that the history returns: accounts, passes and changes, without reports."""

from dataclasses import dataclass
from datetime import datetime

from auditor.history.diff import Transition
from auditor.history.streaks import WatchState
from auditor.model.report import Verdict
from auditor.model.snapshot import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfiguredAccount:
    """An account as it is configured.

    ``uid`` is None until the exchange has reported it. ``mark`` identifies the credentials, since the same name may be
    given to another account later.
    """

    name: str
    exchange: str
    environment: Environment
    uid: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """The state of one account after its last pass.

    ``family``: the same for a main account and all of its sub-accounts.
    """

    account_id: int
    pass_id: int
    name: str
    family: tuple[str, str, str]
    finished_at: datetime
    verdict: Verdict
    standing: WatchState


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountResult:
    """One account's part of a stored pass. ``notified``: its news was sent."""

    account_id: int
    name: str
    exchange: str
    environment: Environment
    uid: str
    verdict: Verdict
    blockers: int
    unread: int
    standing: WatchState
    notified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PassSummary:
    """One stored pass."""

    id: int
    started_at: datetime
    finished_at: datetime
    verdict: Verdict
    results: tuple[AccountResult, ...]


Changes = dict[int, tuple[Transition, ...]]
"""Changes of holdings by account (its number in the history)."""
