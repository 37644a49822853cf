"""A made-up exchange on a clock of its own, and watches that are killed and started again."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from auditor.audit.report_builder import build_report
from auditor.history.database_url import Location
from auditor.history.lease import FileLease
from auditor.history.models import ConfiguredAccount
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.model.records import Area
from auditor.model.report import Verdict
from auditor.model.snapshot import AccountSnapshot, Environment, Reading, Snapshot
from auditor.watch.clock import FastClock
from auditor.watch.loop import Watch
from auditor.watch.policy import Policy
from auditor.watch.scheduler import DuePass, Planner, WatchOver
from tests import builders

START = builders.NOW
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EMPTY = tuple(builders.reading(area=area, surface=f"{area}-empty") for area in Area)
BARE = (builders.reading(surface="funding"), builders.reading(surface="earn", area=Area.EARN))
Shows = Callable[[datetime], Sequence[Reading]]
"""What an account shows at a time."""


class Killed(BaseException):
    """The process is gone: no handler runs, nothing is flushed."""


def funding(*assets: str, amount: str = "1") -> Reading:
    """The funding wallet with so much of each asset."""
    return builders.reading(
        *(builders.balance(amount, asset) for asset in assets), surface="funding", area=Area.BALANCES
    )


def until(moment: datetime, *before: Reading, after: Sequence[Reading] = ()) -> Shows:
    """These readings before a moment, those after it."""
    return lambda now: before if now < moment else after


@dataclass
class Quiet:
    """An observer that notes what it is told."""

    waits: list[DuePass] = field(default_factory=list)
    answers: list[tuple[DuePass | WatchOver, Verdict]] = field(default_factory=list)

    async def news(self, plan: DuePass | WatchOver) -> None:
        pass

    def waiting(self, plan: DuePass) -> None:
        self.waits.append(plan)

    def stored(self, plan: DuePass | WatchOver, verdict: Verdict) -> None:
        self.answers.append((plan, verdict))


@dataclass
class World:
    """Accounts that change with time, a history, and a clock on which a pass takes no time."""

    file: Path
    shows: Mapping[str, Shows]
    policy: Policy = field(default_factory=Policy)
    clock: FastClock = field(default_factory=lambda: FastClock(time=START))
    mains: Mapping[str, str] = field(default_factory=dict)
    observer: Any = field(default_factory=Quiet)
    before: Callable[[str], None] = lambda _where: None
    passes: list[tuple[datetime, tuple[str, ...]]] = field(default_factory=list)

    @property
    def whos(self) -> list[ConfiguredAccount]:
        return [ConfiguredAccount(name=name, exchange="okx", environment=Environment.LIVE) for name in self.shows]

    async def take(self, names: Sequence[str]) -> Pass:
        """Make a pass."""
        self.before("a pass begins")
        now = self.clock.now()
        accounts = tuple(self._account(name, now) for name in names)
        snapshot = Snapshot(accounts=accounts, started_at=now, finished_at=now)
        await asyncio.sleep(0)
        self.before("a pass was made")
        self.passes.append((now, tuple(names)))
        return Pass(started_at=now, finished_at=now, report=build_report(snapshot, now=now))

    def run(self, *, once: bool = False, wait: bool = True) -> int:
        """Start a process and let it come to its end."""
        with self.watch() as watching:
            return asyncio.run(watching.once(wait=wait) if once else watching.run())

    @contextmanager
    def watch(self) -> Iterator[Watch]:
        """A watch as a process would make it."""
        claim = FileLease(self.file)
        with History(Location(file=self.file)) as history:
            planner = Planner(history, self.whos, self.policy)
            try:
                yield Watch(take=self.take, planner=planner, claim=claim, clock=self.clock, observer=self.observer)
            finally:
                claim.release()  # as the system does when a process dies

    def changes_by_pass(self) -> list[tuple[timedelta, list[tuple[str, str]]]]:
        """When each stored pass was made, and what it said had become of holdings."""
        with History(Location(file=self.file)) as history:
            return [
                (entry.finished_at - START, [(c.kind.value, c.seen.subject) for c in _all(history, entry.id)])
                for entry in reversed(history.entries())
            ]

    def _account(self, name: str, now: datetime) -> AccountSnapshot:
        uid = f"uid-{name}"
        shown = self.shows[name](now)
        there = {reading.surface for reading in shown}
        bare = (reading for reading in (*EMPTY, *BARE) if reading.surface not in there)
        return builders.account(*bare, *shown, name=name, uid=uid, main_uid=self.mains.get(name, uid))


def _all(history: History, number: int) -> list[Any]:
    return [change for found in history.changes(number).values() for change in found]
