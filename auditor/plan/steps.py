"""Ordered steps of a report: what each resolves, where it is done, what it depends on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from auditor.i18n import EMPTY, Message, _, labelled
from auditor.model.records import SubAccount
from auditor.model.report import AccountReport, Finding, Report, Status
from auditor.model.snapshot import AccountSnapshot, Reading, Standing, Trouble, Unread, records
from auditor.plan.items import Item, items
from auditor.plan.kinds import WORDS, StepKind
from auditor.plan.sorting import FindingSorter
from auditor.settings.exchange_facts import config_if_written

FINAL_KINDS = (StepKind.CONFIRM, StepKind.EXPORT, StepKind.CLOSE)
# Requirements with a step of their own; all other manual ones are confirmed by eye.
STEP_BY_REQUIREMENT: Mapping[str, StepKind] = {
    "statements-exported": StepKind.EXPORT,
    "api-keys-last": StepKind.CLOSE,
    "closing-is-final": StepKind.CLOSE,
    "authenticator-bound": StepKind.CLOSE,
}
Findings = Mapping[StepKind, Sequence[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do at one exchange.

    ``number``: its place in the whole plan, the same in every format; ``items``: its lines, each with a number;
    ``todo``: tasks that are no findings; ``after``: ids of the steps to finish before; ``ready_at``: the latest date of
    its findings.
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

    @property
    def count(self) -> int:
        """The number of things to clear in it."""
        return sum(item.count for item in self.items)

    @property
    def id(self) -> str:
        """The id of the step, the same in every pass."""
        return step_id(self.exchange, self.kind)


def step_id(exchange: str, kind: StepKind) -> str:
    """Return the id of the step of that kind at that exchange."""
    return f"{exchange}:{kind}"


def steps(report: Report) -> tuple[Step, ...]:
    """Return the steps for every exchange of the report, in their working order."""
    sorter = FindingSorter(report)
    exchanges = dict.fromkeys(account.snapshot.exchange for account in report.accounts)
    in_order = (step for exchange in exchanges for step in _steps_at(exchange, report, sorter))
    return tuple(replace(step, number=number) for number, step in enumerate(in_order, 1))


def _steps_at(exchange: str, report: Report, sorter: FindingSorter) -> Iterator[Step]:
    accounts = [account for account in report.accounts if account.snapshot.exchange == exchange]
    by_kind = _by_kind(accounts, report, sorter)
    todo = {kind: tuple(_todo(kind, exchange, accounts, report)) for kind in StepKind}
    audited = any(_was_audited(account) for account in accounts)
    kinds = [kind for kind in StepKind if by_kind.get(kind) or todo[kind] or (audited and kind in FINAL_KINDS)]
    for kind in kinds:
        yield _step(kind, exchange, by_kind.get(kind, ()), todo[kind], kinds)


def _by_kind(accounts: Iterable[AccountReport], report: Report, sorter: FindingSorter) -> Findings:
    names = {account.snapshot.name for account in accounts}
    kinds: dict[StepKind, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        kind = sorter.kind(finding) if finding.account in names else None
        if kind is not None:
            kinds[kind].append(finding)
    return kinds


def _step(
    kind: StepKind, exchange: str, findings: Sequence[Finding], todo: tuple[Message, ...], present: Sequence[StepKind]
) -> Step:
    words = WORDS[kind]
    dates = [finding.ready_at for finding in findings if finding.ready_at is not None]
    return Step(
        kind=kind,
        exchange=exchange,
        title=_(words.title),
        where=_where(exchange, kind),
        why=_(words.why),
        after=tuple(step_id(exchange, needed) for needed in _predecessors(kind, present)),
        findings=tuple(findings),
        todo=todo,
        items=items(findings, ((None, text) for text in todo)),
        ready_at=max(dates, default=None),
    )


def _predecessors(kind: StepKind, present: Sequence[StepKind]) -> list[StepKind]:
    """Return the direct predecessors in this plan; their own predecessors are left out."""
    needed = _needed(kind)
    implied = set[StepKind]().union(*(_needed(earlier) for earlier in needed if earlier in present))
    return [earlier for earlier in present if earlier in needed and earlier not in implied]


def _needed(kind: StepKind) -> set[StepKind]:
    """Return all kinds to finish before, directly or indirectly."""
    ahead, seen = list(WORDS[kind].after), set[StepKind]()
    while ahead:
        kind_ahead = ahead.pop()
        seen.add(kind_ahead)
        ahead += WORDS[kind_ahead].after
    return seen


def _where(exchange: str, kind: StepKind) -> Message:
    facts = config_if_written(exchange)
    place = facts.app.where.get(kind) if facts and facts.app else None
    return _(place) if place else _("In the exchange's own app or site.")


def _todo(kind: StepKind, exchange: str, accounts: Sequence[AccountReport], report: Report) -> Iterator[Message]:
    """Yield the tasks of a step that are no findings."""
    for account in accounts:
        snapshot = account.snapshot
        if kind is StepKind.NEW_KEY and snapshot.refused is not None:
            yield labelled(snapshot.name, snapshot.refused)
        if kind is StepKind.READ and snapshot.refused is None:
            yield from (
                _unread_task(snapshot.name, reading) for reading in account.unread if _is_reported_by_no_rule(reading)
            )
        if kind is StepKind.DELETE_SUBACCOUNTS:
            yield from (_("sub-account {name}").format(name=name) for name in _subaccounts(snapshot))
    if any(_was_audited(account) for account in accounts):
        lines = (line for line in report.requirements if line.exchange == exchange and line.status is Status.MANUAL)
        yield from (line.title for line in lines if STEP_BY_REQUIREMENT.get(line.id, StepKind.CONFIRM) is kind)


def _is_reported_by_no_rule(reading: Reading) -> bool:
    """Return whether no rule reports the gap: the surface is documented and in this account."""
    unseen = isinstance(reading.result, Unread) and reading.result.trouble is Trouble.UNSEEN
    return reading.standing is Standing.DOCUMENTED and not unseen


def _was_audited(account: AccountReport) -> bool:
    return bool(account.snapshot.readings) and account.snapshot.refused is None


def _subaccounts(account: AccountSnapshot) -> list[str]:
    return [record.name for _reading, record in records(account) if isinstance(record, SubAccount)]


def _unread_task(account: str, reading: Reading) -> Message:
    reason = reading.result.reason if isinstance(reading.result, Unread) else EMPTY
    title = _(reading.title)
    place = title if reading.owner is None else _("{place} ({owner})").format(place=title, owner=reading.owner)
    return _("{account}: {place} was not read: {reason}").format(account=account, place=place, reason=reason)
