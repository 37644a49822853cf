"""Explanations of the rules that found something in a report."""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.i18n import Message, _
from auditor.model.report import Report
from auditor.rules import all_rules, split_docstring


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleNote:
    """A rule with its title, and the paragraph that says why what it finds matters."""

    id: str
    title: Message
    reason: Message


def rule_notes(report: Report) -> tuple[RuleNote, ...]:
    """Return the rules of the report's findings, by id; a rule that this version does not have is left out."""
    return tuple(sorted(_notes({finding.rule for finding in report.findings}), key=lambda note: note.id))


def _notes(used: set[str]) -> Iterator[RuleNote]:
    for rule, module in all_rules():
        if rule.id in used:
            paragraphs = split_docstring(inspect.getdoc(module) or "")
            reason = next((text for text in paragraphs if text.startswith("Why ")), "")
            yield RuleNote(id=rule.id, title=_(rule.title), reason=_(reason))
