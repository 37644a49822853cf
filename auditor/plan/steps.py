"""Ordered steps of a report: what each resolves, where it is done, what it depends on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from auditor.i18n import EMPTY, Message, _
from auditor.model.report import AccountReport, Finding, Report
from auditor.plan.grouping import Titles
from auditor.plan.items import Item, Task, items, known_value, mark_done, unpriced
from auditor.plan.kinds import WORDS, StepKind
from auditor.plan.sorting import FindingSorter
from auditor.plan.tasks import (
    FindingsByKind,
    account_tasks,
    moving_tasks,
    proceeds_tasks,
    remainder_tasks,
    requirement_tasks,
    todo,
    withdrawing_facts,
)
from auditor.settings.exchange_facts import config_if_written

FINAL_KINDS = (StepKind.CONFIRM, StepKind.EXPORT, StepKind.CLOSE)
# Steps that are done in the same place of the app as another.
SAME_PLACE = {StepKind.MOVE_TO_WITHDRAW: StepKind.MERGE_WALLETS, StepKind.REMAINDERS: StepKind.ASK_SUPPORT_LAST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do at one exchange.

    ``number``: its place in the whole plan, the same in every format; ``items``: its lines, each with a number;
    ``todo``: tasks that are no findings; ``after``: ids of the steps to finish before; ``ready_at``: the latest date of
    its findings; ``source``: where a fact that the step rests on was read.
    """

    number: int = 0

    kind: StepKind
    exchange: str
    title: Message
    where: Message
    why: Message
    after: tuple[str, ...]
    findings: tuple[Finding, ...]
    todo: tuple[Message, ...]
    ready_at: datetime | None
    items: tuple[Item, ...] = ()
    source: Message = EMPTY

    @property
    def count(self) -> int:
        """The number of things to clear in it; what the owner has marked as done is left out."""
        return sum(item.count for item in self.items if not item.done)

    @property
    def value_usd(self) -> Decimal | None:
        """The sum of the approximate values that are known; None if none is. See ``unpriced``."""
        return known_value(self.findings)

    @property
    def unpriced(self) -> int:
        """The number of findings of an asset that have no price."""
        return unpriced(self.findings)

    @property
    def id(self) -> str:
        """The id of the step, the same in every check."""
        return step_id(self.exchange, self.kind)


def step_id(exchange: str, kind: StepKind) -> str:
    """Return the id of the step of that kind at that exchange."""
    return f"{exchange}:{kind}"


def steps(report: Report, sorter: FindingSorter, titles: Titles, done: Mapping[str, date]) -> tuple[Step, ...]:
    """Return the steps for every exchange of the report, in their working order; ``done``: days by key of an item."""
    exchanges = dict.fromkeys(account.snapshot.exchange for account in report.accounts)
    builders = (_StepBuilder(exchange, report, sorter, titles) for exchange in exchanges)
    in_order = (step for builder in builders for step in builder.steps())
    return tuple(replace(step, number=number, items=_marked(step, done)) for number, step in enumerate(in_order, 1))


def _marked(step: Step, done: Mapping[str, date]) -> tuple[Item, ...]:
    return tuple(mark_done(item, done) for item in step.items)


@dataclass(frozen=True)
class _StepBuilder:
    """The steps of one exchange."""

    exchange: str
    report: Report
    sorter: FindingSorter
    titles: Titles

    def steps(self) -> Iterator[Step]:
        """Yield the steps in their working order."""
        accounts = [account for account in self.report.accounts if account.snapshot.exchange == self.exchange]
        by_kind = self._by_kind(accounts)
        audited = any(_was_audited(account) for account in accounts)
        tasks = {kind: tuple(self._tasks(kind, accounts, by_kind, audited=audited)) for kind in StepKind}
        kinds = [kind for kind in StepKind if by_kind.get(kind) or tasks[kind] or (audited and kind in FINAL_KINDS)]
        for kind in kinds:
            yield self._step(kind, by_kind.get(kind, ()), tasks[kind], kinds)

    def _by_kind(self, accounts: Iterable[AccountReport]) -> FindingsByKind:
        names = {account.snapshot.name for account in accounts}
        kinds: dict[StepKind, list[Finding]] = defaultdict(list)
        for finding in self.report.findings:
            kind = self.sorter.kind(finding) if finding.account in names else None
            if kind is not None:
                kinds[kind].append(finding)
        return kinds

    def _tasks(
        self, kind: StepKind, accounts: Sequence[AccountReport], by_kind: FindingsByKind, *, audited: bool
    ) -> Iterator[Task]:
        """Yield the tasks of a step that are no findings."""
        for account in accounts:
            yield from account_tasks(kind, account)
        if kind is StepKind.MOVE_TO_WITHDRAW:
            yield from moving_tasks(self.exchange, by_kind, self.titles)
        if kind is StepKind.WITHDRAW:
            yield from proceeds_tasks("withdraw", by_kind)
        if kind is StepKind.REMAINDERS:
            yield from remainder_tasks(self.exchange, by_kind)
        if audited:
            yield from requirement_tasks(kind, self.exchange, self.report)

    def _step(
        self, kind: StepKind, findings: Sequence[Finding], tasks: tuple[Task, ...], present: Sequence[StepKind]
    ) -> Step:
        words = WORDS[kind]
        dates = [finding.ready_at for finding in findings if finding.ready_at is not None]
        return Step(
            kind=kind,
            exchange=self.exchange,
            title=_title(self.exchange, kind),
            where=_where(self.exchange, kind),
            why=_(words.why),
            after=tuple(step_id(self.exchange, needed) for needed in _predecessors(kind, present)),
            findings=tuple(findings),
            todo=todo(tasks),
            items=items(findings, tasks, self.titles, lambda finding: self._how(kind, finding)),
            ready_at=max(dates, default=None),
            source=_source(self.exchange, kind),
        )

    def _how(self, kind: StepKind, finding: Finding) -> Message:
        """Return what to do about a finding, as its step wants it done."""
        if kind is StepKind.WITHDRAW and (way := self.sorter.way_to_withdraw(finding)):
            return way
        return finding.remedy


def _predecessors(kind: StepKind, present: Sequence[StepKind]) -> list[StepKind]:
    """Return the direct predecessors in this plan; their own predecessors are left out."""
    needed = _needed(kind)
    implied = set[StepKind]().union(*(_needed(earlier) for earlier in needed if earlier in present))
    return [earlier for earlier in present if earlier in needed and earlier not in implied]


@cache
def _needed(kind: StepKind) -> frozenset[StepKind]:
    """Return all kinds to finish before, directly or indirectly."""
    direct = WORDS[kind].after
    return frozenset(direct).union(*map(_needed, direct))


def _title(exchange: str, kind: StepKind) -> Message:
    facts = withdrawing_facts(exchange) if kind is StepKind.MOVE_TO_WITHDRAW else None
    if facts is None:
        return _(WORDS[kind].title)
    return _("Move everything to the {wallet}").format(wallet=_(facts.target))


def _source(exchange: str, kind: StepKind) -> Message:
    facts = withdrawing_facts(exchange) if kind is StepKind.MOVE_TO_WITHDRAW else None
    if facts is None:
        return EMPTY
    return _("{source}, {date}").format(source=_(facts.source), date=facts.as_of.isoformat())


def _where(exchange: str, kind: StepKind) -> Message:
    if kind is StepKind.ARCHIVE:
        return _("On this computer.")
    facts = config_if_written(exchange)
    places = facts.app.where if facts and facts.app else {}
    place = places.get(kind) or places.get(SAME_PLACE.get(kind, kind))
    return _(place) if place else _("In the exchange's own app or site.")


def _was_audited(account: AccountReport) -> bool:
    return bool(account.snapshot.readings) and account.snapshot.refused is None
