"""The plan: what to do, in the order that works, when it can be over, and what closing now would forfeit."""

from auditor.model.report import Report
from auditor.plan.dates import Wait, earliest_clean, waits
from auditor.plan.forfeits import Forfeit, forfeits
from auditor.plan.steps import Step, steps

__all__ = ["Forfeit", "Plan", "Step", "Wait", "earliest_clean", "make_plan"]

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Ordered steps, what must be waited for, and what would be lost by closing now.

    ``earliest_clean`` is None where nothing has to be waited for, and where one wait has no date.
    """

    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    earliest_clean: datetime | None
    forfeits: tuple[Forfeit, ...]


def make_plan(report: Report) -> Plan:
    """Make the plan of one pass; the next pass ticks off what is done by not finding it any more."""
    return Plan(
        steps=steps(report),
        waits=waits(report.findings),
        earliest_clean=earliest_clean(report.findings),
        forfeits=forfeits(report.findings),
    )
