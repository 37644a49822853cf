"""Rules over a snapshot: findings, with exactly one blocker for each holding and none forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.assessment.account_view import View
from auditor.assessment.overlap import Holding, told_elsewhere
from auditor.i18n import EMPTY, Message, _, sentences
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Snapshot, records
from auditor.rules import EVERY_OTHER, Rule, all_rules

FALLBACK = "holding"


def findings(snapshot: Snapshot, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Say what the rules find in every account; what holds and no rule blocked on is a blocker all the same."""
    chosen = [rule for rule, _module in all_rules()] if rules is None else rules
    found: list[Finding] = []
    for account in snapshot.accounts:
        view = View(snapshot, account)
        own = list(_refined([f for rule in chosen for f in rule.check(view)], chosen))
        found += [*own, *_forgotten(view, own)]
    elsewhere = told_elsewhere(snapshot)
    return tuple(_once(finding, elsewhere) for finding in found)


def _once(finding: Finding, elsewhere: Mapping[Holding, Message]) -> Finding:
    """Make a note of a blocker that another one stands for: what is held counts once, and blocks all the same."""
    note = elsewhere.get(finding.holding)
    if note is None or finding.severity is not Severity.BLOCKER:
        return finding
    message = sentences(finding.message, note)
    return replace(finding, severity=Severity.INFO, message=message, remedy=EMPTY, value_usd=None)


def _refined(found: Iterable[Finding], rules: Sequence[Rule]) -> Iterator[Finding]:
    by_holding: dict[object, list[Finding]] = defaultdict(list)
    for finding in found:
        by_holding[finding.holding].append(finding)
    refines = {rule.id: _all_refined(rule, rules) for rule in rules}
    for group in by_holding.values():
        yield from _finest([f for f in group if f.severity is Severity.BLOCKER], refines)[:1]
        yield from (f for f in group if f.severity is not Severity.BLOCKER)


def _finest(blockers: list[Finding], refines: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Keep those to which no other gives a finer form; all of them should rules refine each other in a circle."""
    coarser = frozenset[str]().union(*(refines[finding.rule] for finding in blockers))
    return [finding for finding in blockers if finding.rule not in coarser] or blockers


def _all_refined(rule: Rule, rules: Sequence[Rule]) -> frozenset[str]:
    """Give the rules that give way to ``rule``, directly or through others."""
    by_id = {each.id: each.refines for each in rules}
    if rule.refines == EVERY_OTHER:
        return frozenset(by_id) - {rule.id}
    reached: set[str] = set()
    ahead = set(rule.refines)
    while ahead:
        reached |= ahead
        ahead = {finer for each in ahead for finer in by_id.get(each, ())} - reached
    return frozenset(reached)


def _forgotten(view: View, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield blockers for what holds and has none: no rule's gap can make an account clean."""
    blocked = {f.holding for f in findings if f.severity is Severity.BLOCKER}
    for reading, record in records(view.account):
        if record.holds and (view.account.name, reading.surface, record.owner, record.subject) not in blocked:
            yield view.finding(
                FALLBACK,
                reading,
                record,
                message=_("{place} holds {subject}.").format(place=_(reading.title), subject=record.subject),
                remedy=_("Look there in the exchange's app and clear it."),
            )
