"""Tasks of the plan that no finding reports, by the kind of their step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.i18n import EMPTY, Message, _, labelled
from auditor.model.records import SubAccount
from auditor.model.report import AccountReport, Finding, Report, Requirement, Status
from auditor.model.snapshot import AccountSnapshot, Reading, Standing, Trouble, Unread, records
from auditor.plan.grouping import Titles, place
from auditor.plan.items import Task
from auditor.plan.kinds import StepKind
from auditor.settings.exchange_facts import config_if_written
from auditor.settings.leaving_facts import RemainderRule, WithdrawingFacts

# Requirements with a step of their own; you check all other manual ones in the app.
STEP_BY_REQUIREMENT: Mapping[str, StepKind] = {
    "statements-exported": StepKind.EXPORT,
    "api-keys-last": StepKind.CLOSE,
    "closing-is-final": StepKind.CLOSE,
    "authenticator-bound": StepKind.CLOSE,
}
# Steps about what is too small to move in an ordinary way.
SMALL_KINDS = (StepKind.CONVERT, StepKind.SEND, StepKind.ASK_SUPPORT_LAST)
FindingsByKind = Mapping[StepKind, Sequence[Finding]]


def account_tasks(kind: StepKind, account: AccountReport) -> Iterator[Task]:
    """Yield the tasks of a step that concern one account."""
    snapshot = account.snapshot
    if kind is StepKind.NEW_KEY and snapshot.refused is not None:
        yield Task(text=snapshot.refused, key=f"key/{snapshot.name}", account=snapshot.name)
    if kind is StepKind.READ and snapshot.refused is None:
        gaps = (reading for reading in account.unread if _is_reported_by_no_rule(reading))
        yield from (_unread_task(snapshot.name, reading) for reading in gaps)
    if kind is StepKind.ARCHIVE and snapshot.readings and snapshot.refused is None and has_archive(snapshot.exchange):
        text = _("audit archive --exchange {exchange}").format(exchange=snapshot.exchange)
        yield Task(text=text, key=archive_key(snapshot.name), account=snapshot.name)
    if kind is StepKind.DELETE_SUBACCOUNTS:
        for name in _subaccounts(snapshot):
            text = _("sub-account {name}").format(name=name)
            yield Task(text=text, key=f"sub-account/{snapshot.name}/{name}", account=snapshot.name)


def requirement_tasks(kind: StepKind, exchange: str, report: Report) -> Iterator[Task]:
    """Yield what an exchange requires and no API shows, with what the owner has confirmed."""
    for line in report.requirements:
        is_manual = line.status in {Status.MANUAL, Status.ATTESTED}
        if line.exchange == exchange and is_manual and STEP_BY_REQUIREMENT.get(line.id, StepKind.CONFIRM) is kind:
            yield Task(text=_pointing(line), key=requirement_key(line), done=line.status is Status.ATTESTED)


def _pointing(line: Requirement) -> Message:
    """Return a requirement's title, with the step that does the most of it."""
    if STEP_BY_REQUIREMENT.get(line.id) is not StepKind.EXPORT or not has_archive(line.exchange):
        return line.title
    return _("{requirement} (`audit archive` saves what the API gives)").format(requirement=line.title)


def has_archive(exchange: str) -> bool:
    """Return whether `audit archive` knows an exchange."""
    facts = config_if_written(exchange)
    return facts is not None and facts.archive


def archive_key(account: str) -> str:
    """Return the name of the task to archive an account, the same in every check."""
    return f"archive/{account}"


def requirement_key(line: Requirement) -> str:
    """Return the name of a requirement, the same in every check."""
    return f"requirement/{line.exchange}/{line.id}"


def moving_tasks(exchange: str, by_kind: FindingsByKind, titles: Titles) -> Iterator[Task]:
    """Yield what lies in wallets from which the exchange does not withdraw, by account and wallet."""
    facts = withdrawing_facts(exchange)
    if facts is None:
        return
    to_move: dict[tuple[str, str], list[Finding]] = {}
    for finding in by_kind.get(StepKind.WITHDRAW, ()):
        if finding.wallet is not None and finding.wallet not in facts.wallets:
            to_move.setdefault((finding.account, finding.wallet), []).append(finding)
    for (account, wallet), findings in to_move.items():
        assets = _(", ").join(dict.fromkeys(finding.asset or "?" for finding in findings))
        text = labelled(place(findings[0], titles), assets)
        yield Task(text=text, key=f"move/{account}/{wallet}", account=account)
    if facts.sells_in is not None and facts.sells_in not in facts.wallets:
        yield from proceeds_tasks("move", by_kind)


def proceeds_tasks(verb: str, by_kind: FindingsByKind) -> Iterator[Task]:
    """Yield what the sales of each account will pay out; ``verb``: what is to be done with it, for the key."""
    for account in dict.fromkeys(finding.account for finding in by_kind.get(StepKind.SELL, ())):
        yield Task(text=_("What your sales pay out"), key=f"{verb}/{account}/sales", account=account)


def remainder_tasks(exchange: str, by_kind: FindingsByKind) -> Iterator[Task]:
    """Yield the exchange's own rules on small remainders, if there are any remainders."""
    if any(by_kind.get(kind) for kind in SMALL_KINDS):
        for number, rule in enumerate(_remainder_rules(exchange), 1):
            yield Task(text=_rule_text(rule), key=f"remainders/{exchange}/{number}")


def withdrawing_facts(exchange: str) -> WithdrawingFacts | None:
    """Return which wallets withdraw at an exchange; None if that is not known."""
    facts = config_if_written(exchange)
    return None if facts is None else facts.withdrawing


def todo(tasks: Iterable[Task]) -> tuple[Message, ...]:
    """Return the tasks that are not done as sentences, each with its account."""
    return tuple(labelled(t.account, t.text) if t.account is not None else t.text for t in tasks if not t.done)


def _remainder_rules(exchange: str) -> Sequence[RemainderRule]:
    facts = config_if_written(exchange)
    return () if facts is None else facts.remainders


def _rule_text(rule: RemainderRule) -> Message:
    text = _("{rule} (source: {source}, {date})")
    return text.format(rule=_(rule.title), source=_(rule.source), date=rule.as_of.isoformat())


def _is_reported_by_no_rule(reading: Reading) -> bool:
    """Return whether no rule reports the gap: the surface is documented and in this account."""
    unseen = isinstance(reading.result, Unread) and reading.result.trouble is Trouble.UNSEEN
    return reading.standing is Standing.DOCUMENTED and not unseen


def _subaccounts(account: AccountSnapshot) -> list[str]:
    return [record.name for _reading, record in records(account) if isinstance(record, SubAccount)]


def _unread_task(account: str, reading: Reading) -> Task:
    reason = reading.result.reason if isinstance(reading.result, Unread) else EMPTY
    title = _(reading.title)
    name = title if reading.owner is None else _("{place} ({owner})").format(place=title, owner=reading.owner)
    text = _("{place} could not be checked: {reason}").format(place=name, reason=reason)
    return Task(text=text, key=f"unread/{account}/{reading.surface}/{reading.owner or ''}", account=account)
