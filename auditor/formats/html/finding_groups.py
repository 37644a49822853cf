"""Findings by the step that clears them, in the items of the plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

from auditor.i18n import Message
from auditor.model.report import Finding, Report
from auditor.plan import Item, Plan, Step

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One row: an item of the plan with at least one finding.

    ``number``: as in the plan, "4.2"; empty for what is in no step.
    """

    number: str
    item: Item

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that the row groups."""
        return self.item.findings

    @property
    def first(self) -> Finding:
        """The first of its findings."""
        return self.item.findings[0]

    @property
    def assets(self) -> list[str]:
        """The assets of its findings, each once."""
        return _distinct(finding.asset for finding in self.findings)

    @property
    def remedies(self) -> list[Message]:
        """What to do about its findings, as the plan wants it done; else what each of them says, once."""
        return [self.item.how] if self.item.how else _distinct(finding.remedy for finding in self.findings)

    @property
    def also_seen_in(self) -> list[Message]:
        """The other places that show the same, each once."""
        return _distinct(place for finding in self.findings for place in finding.also_seen_in)

    @property
    def value_usd(self) -> Decimal | None:
        """The sum of the values of its findings, None if one has none."""
        return self.item.value_usd

    @property
    def ready_at(self) -> datetime | None:
        """The latest date of its findings."""
        return max(_distinct(finding.ready_at for finding in self.findings), default=None)

    @property
    def muted(self) -> bool:
        """Whether the owner muted all of its findings."""
        return all(finding.muted for finding in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """The findings of a step; ``step`` is None for what no step clears."""

    step: Step | None
    rows: tuple[FindingRow, ...]

    @property
    def count(self) -> int:
        """The number of findings in it."""
        return sum(len(row.findings) for row in self.rows)

    @property
    def remedy(self) -> Message | None:
        """What to do about each of its rows, None if that differs."""
        remedies = {remedy for row in self.rows for remedy in row.remedies}
        return remedies.pop() if len(remedies) == 1 and all(row.remedies for row in self.rows) else None


def finding_groups(report: Report, plan: Plan) -> tuple[FindingGroup, ...]:
    """Return all findings of the report, by step; last what is in no step."""
    groups = [FindingGroup(step=step, rows=tuple(_rows(step))) for step in plan.steps]
    in_steps = {_identity(finding) for group in groups for row in group.rows for finding in row.findings}
    others = tuple(_other_rows(finding for finding in report.findings if _identity(finding) not in in_steps))
    return tuple(group for group in (*groups, FindingGroup(step=None, rows=others)) if group.rows)


def _rows(step: Step) -> Iterator[FindingRow]:
    for item in step.items:
        if item.findings:
            yield FindingRow(number=f"{step.number}.{item.number}", item=item)


def _other_rows(findings: Iterable[Finding]) -> Iterator[FindingRow]:
    for number, finding in enumerate(findings, 1):
        item = Item(number=number, text=finding.message, account=finding.account, findings=(finding,))
        yield FindingRow(number="", item=item)


def _identity(finding: Finding) -> tuple[object, ...]:
    return (finding.holding, finding.rule, finding.message)


def _distinct(values: Iterable[Value | None]) -> list[Value]:
    """Return the values, each once, without empty ones."""
    return list(dict.fromkeys(value for value in values if value))
