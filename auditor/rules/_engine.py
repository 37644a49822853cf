"""Engine that applies the rules to a snapshot: exactly one blocker for each holding."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.assessment.account_view import AccountView
from auditor.assessment.asset_codes import is_no_asset
from auditor.assessment.overlap import counted_elsewhere
from auditor.assessment.product_overlap import HoldingKey
from auditor.i18n import EMPTY, Message, _, sentences
from auditor.model.records import Area, Record
from auditor.model.report import Finding, Severity
from auditor.model.snapshot import Reading, Snapshot, records
from auditor.rules import ALL_OTHER_RULES, Rule, all_rules
from auditor.rules._causes import one_finding_for_each_cause

_LOGGER = logging.getLogger(__name__)
FALLBACK = "holding"


def findings(snapshot: Snapshot, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """Return the findings of the rules in every account.

    Records that hold something and have no blocker from any rule get one here.
    """
    chosen = [rule for rule, _module in all_rules()] if rules is None else rules
    all_findings: list[Finding] = []
    for account in snapshot.accounts:
        view = AccountView(snapshot, account)
        account_findings = list(_refined([f for rule in chosen for f in _applied(rule, view)], chosen))
        all_findings += [*account_findings, *_fallback_findings(view, account_findings)]
    elsewhere = counted_elsewhere(snapshot)
    counted = [_counted_once(finding, elsewhere) for finding in all_findings]
    return tuple(one_finding_for_each_cause(snapshot, counted))


def _applied(rule: Rule, view: AccountView) -> Iterator[Finding]:
    """Yield a rule's findings; whatever makes it fail is a blocker of this account, and ends no other's report."""
    try:
        yield from rule.check(view)
    except Exception as error:
        _LOGGER.debug("a rule failed", exc_info=error)
        text = _("This could not be checked: {title} ({kind}).")
        yield view.remark(
            rule.id,
            Area.STATUS,
            "check",
            message=text.format(title=_(rule.title), kind=type(error).__name__),
            remedy=_("Look at it in the exchange's app, and report it to whoever gave you this program."),
            severity=Severity.BLOCKER,
            evidence={},
        )


def _counted_once(finding: Finding, elsewhere: Mapping[HoldingKey, Message]) -> Finding:
    """Turn a blocker into a note if another reading counts its holding, so that it counts once."""
    note = elsewhere.get(finding.holding)
    if note is None or finding.severity is not Severity.BLOCKER:
        return finding
    message = sentences(finding.message, note)
    return replace(finding, severity=Severity.INFO, message=message, remedy=EMPTY, value_usd=None)


def _refined(account_findings: Iterable[Finding], rules: Sequence[Rule]) -> Iterator[Finding]:
    by_holding: dict[object, list[Finding]] = defaultdict(list)
    for finding in account_findings:
        by_holding[finding.holding].append(finding)
    refines = {rule.id: _all_refined(rule, rules) for rule in rules}
    for group in by_holding.values():
        yield from _finest([f for f in group if f.severity is Severity.BLOCKER], refines)[:1]
        yield from (f for f in group if f.severity is not Severity.BLOCKER)


def _finest(blockers: list[Finding], refines: Mapping[str, frozenset[str]]) -> list[Finding]:
    """Return the blockers that no other one refines; all of them if rules refine in a circle."""
    coarser = frozenset[str]().union(*(refines[finding.rule] for finding in blockers))
    return [finding for finding in blockers if finding.rule not in coarser] or blockers


def _all_refined(rule: Rule, rules: Sequence[Rule]) -> frozenset[str]:
    """Return the rules that ``rule`` refines, directly or indirectly."""
    by_id = {other.id: other.refines for other in rules}
    if rule.refines == ALL_OTHER_RULES:
        return frozenset(by_id) - {rule.id}
    reached: set[str] = set()
    ahead = set(rule.refines)
    while ahead:
        reached |= ahead
        ahead = {finer for other in ahead for finer in by_id.get(other, ())} - reached
    return frozenset(reached)


def _fallback_findings(view: AccountView, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield blockers for holdings without one, so that a gap in the rules never means clean."""
    blocked = {f.holding for f in findings if f.severity is Severity.BLOCKER}
    for reading, record in records(view.account):
        if is_no_asset(view.account.exchange, record):
            continue
        if record.holds and (view.account.name, reading.surface, record.owner, record.subject) not in blocked:
            yield _holding_finding(view, reading, record)


def _holding_finding(view: AccountView, reading: Reading, record: Record) -> Finding:
    """Return the blocker for a record, without its figures where they make the program fail."""
    message = _("{place} holds {subject}.").format(place=_(reading.title), subject=record.subject)
    remedy = _("Look there in the exchange's app and clear it.")
    try:
        return view.finding(FALLBACK, reading, record, message=message, remedy=remedy)
    except Exception as error:
        _LOGGER.debug("a holding could not be described", exc_info=error)
        return view.remark(
            FALLBACK,
            record.AREA,
            f"{reading.surface}:{record.subject}",
            message=message,
            remedy=remedy,
            severity=Severity.BLOCKER,
            owner=record.owner,
            evidence={"surface": reading.surface, "endpoint": reading.endpoint},
        )
