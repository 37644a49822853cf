"""Plan for closing: ordered steps, waiting times, and what closing now would forfeit."""

from auditor.model.report import Report
from auditor.plan.dates import Wait, earliest_clean, waits
from auditor.plan.forfeits import Forfeit, forfeits
from auditor.plan.items import Item
from auditor.plan.preference import Preference
from auditor.plan.steps import Step, steps

__all__ = ["Forfeit", "Item", "Plan", "Preference", "Step", "Wait", "earliest_clean", "make_plan"]

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Ordered steps, what has to be waited for, and what closing now would forfeit.

    ``earliest_clean`` is None if nothing has to be waited for, or if one of the waits has no date.
    """

    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    earliest_clean: datetime | None
    forfeits: tuple[Forfeit, ...]


def make_plan(report: Report, preference: Preference = Preference.WITHDRAW) -> Plan:  # noqa: ARG001 - not yet used
    """Return the plan for the findings of one pass; what is done is missing in the next one.

    ``preference``: what to do with coins that can be withdrawn as well as sold.
    """
    return Plan(
        steps=steps(report),
        waits=waits(report.findings),
        earliest_clean=earliest_clean(report.findings),
        forfeits=forfeits(report.findings),
    )
