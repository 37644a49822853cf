"""From a report to ordered steps, each with what it resolves, where it is done, and what it depends on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from auditor.i18n import EMPTY, Message, _, labelled
from auditor.model.records import SubAccount
from auditor.model.report import AccountReport, Finding, Report, Status
from auditor.model.snapshot import AccountSnapshot, Reading, Standing, Trouble, Unread, records
from auditor.plan.kinds import WORDS, Kind
from auditor.plan.sorting import Sorter
from auditor.settings.exchange_facts import written_config

ALWAYS = (Kind.CONFIRM, Kind.EXPORT, Kind.CLOSE)
# Requirements that are met in a step of their own; all other manual ones are confirmed by eye.
MET_IN: Mapping[str, Kind] = {
    "statements-exported": Kind.EXPORT,
    "api-keys-last": Kind.CLOSE,
    "closing-is-final": Kind.CLOSE,
    "authenticator-bound": Kind.CLOSE,
}
Findings = Mapping[Kind, Sequence[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do at one exchange. ``todo``: what belongs to it that is no finding; ``after``: ids of steps.

    ``ready_at``: the latest date that one of its findings waits for.
    """

    kind: Kind
    exchange: str
    title: Message
    where: Message
    why: Message
    after: tuple[str, ...]
    findings: tuple[Finding, ...]
    todo: tuple[Message, ...]
    ready_at: datetime | None

    @property
    def id(self) -> str:
        """The step's name, the same in every pass."""
        return step_id(self.exchange, self.kind)


def step_id(exchange: str, kind: Kind) -> str:
    """Name the step of that kind at that exchange."""
    return f"{exchange}:{kind}"


def steps(report: Report) -> tuple[Step, ...]:
    """Give the steps for every exchange of the report, in the order that works."""
    sorter = Sorter(report)
    exchanges = dict.fromkeys(account.snapshot.exchange for account in report.accounts)
    return tuple(step for exchange in exchanges for step in _at(exchange, report, sorter))


def _at(exchange: str, report: Report, sorter: Sorter) -> Iterator[Step]:
    accounts = [account for account in report.accounts if account.snapshot.exchange == exchange]
    found = _sorted(accounts, report, sorter)
    todo = {kind: tuple(_todo(kind, exchange, accounts, report)) for kind in Kind}
    asked = any(_asked(account) for account in accounts)
    present = [kind for kind in Kind if found.get(kind) or todo[kind] or (asked and kind in ALWAYS)]
    for kind in present:
        yield _step(kind, exchange, found.get(kind, ()), todo[kind], present)


def _sorted(accounts: Iterable[AccountReport], report: Report, sorter: Sorter) -> Findings:
    names = {account.snapshot.name for account in accounts}
    kinds: dict[Kind, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        kind = sorter.kind(finding) if finding.account in names else None
        if kind is not None:
            kinds[kind].append(finding)
    return kinds


def _step(
    kind: Kind, exchange: str, findings: Sequence[Finding], todo: tuple[Message, ...], present: Sequence[Kind]
) -> Step:
    words = WORDS[kind]
    dates = [finding.ready_at for finding in findings if finding.ready_at is not None]
    return Step(
        kind=kind,
        exchange=exchange,
        title=_(words.title),
        where=_where(exchange, kind),
        why=_(words.why),
        after=tuple(step_id(exchange, needed) for needed in _before(kind, present)),
        findings=tuple(findings),
        todo=todo,
        ready_at=max(dates, default=None),
    )


def _before(kind: Kind, present: Sequence[Kind]) -> list[Kind]:
    """Give the steps of this plan that come right before; what those depend on goes without saying."""
    needed = _needed(kind)
    implied = set[Kind]().union(*(_needed(each) for each in needed if each in present))
    return [each for each in present if each in needed and each not in implied]


def _needed(kind: Kind) -> set[Kind]:
    """Give all that must be done before, directly or through others."""
    ahead, seen = list(WORDS[kind].after), set[Kind]()
    while ahead:
        each = ahead.pop()
        seen.add(each)
        ahead += WORDS[each].after
    return seen


def _where(exchange: str, kind: Kind) -> Message:
    facts = written_config(exchange)
    known = facts.app.where.get(kind) if facts and facts.app else None
    return _(known) if known else _("In the exchange's own app or site.")


def _todo(kind: Kind, exchange: str, accounts: Sequence[AccountReport], report: Report) -> Iterator[Message]:
    """Yield what belongs to a step beside findings."""
    for account in accounts:
        snapshot = account.snapshot
        if kind is Kind.NEW_KEY and snapshot.refused is not None:
            yield labelled(snapshot.name, snapshot.refused)
        if kind is Kind.READ and snapshot.refused is None:
            yield from (_unread(snapshot.name, reading) for reading in account.unread if _is_told_by_no_rule(reading))
        if kind is Kind.DELETE_SUBACCOUNTS:
            yield from (_("sub-account {name}").format(name=name) for name in _subaccounts(snapshot))
    if any(_asked(account) for account in accounts):
        lines = (line for line in report.requirements if line.exchange == exchange and line.status is Status.MANUAL)
        yield from (line.title for line in lines if MET_IN.get(line.id, Kind.CONFIRM) is kind)


def _is_told_by_no_rule(reading: Reading) -> bool:
    """Whether it is documented and not in another account, which is a finding of its own."""
    unseen = isinstance(reading.result, Unread) and reading.result.trouble is Trouble.UNSEEN
    return reading.standing is Standing.DOCUMENTED and not unseen


def _asked(account: AccountReport) -> bool:
    return bool(account.snapshot.readings) and account.snapshot.refused is None


def _subaccounts(account: AccountSnapshot) -> list[str]:
    return [record.name for _reading, record in records(account) if isinstance(record, SubAccount)]


def _unread(account: str, reading: Reading) -> Message:
    reason = reading.result.reason if isinstance(reading.result, Unread) else EMPTY
    title = _(reading.title)
    place = title if reading.owner is None else _("{place} ({owner})").format(place=title, owner=reading.owner)
    return _("{account}: {place} was not read: {reason}").format(account=account, place=place, reason=reason)
