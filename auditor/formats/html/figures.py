"""Figures as the page shows them: sums of money and times."""

from datetime import UTC, datetime
from decimal import Decimal

from auditor.i18n import Message, Text, _
from auditor.model.amounts import total
from auditor.plan import Step

CENTS_BELOW = 10
"""Dollars below which a sum shows its cents."""


def money(value: Decimal) -> str:
    """Return US dollars to the cent."""
    return f"{value:,.2f}" if value else "<0.01"


def about(value: Decimal) -> Message:
    """Return an approximate sum of US dollars, without cents unless it is small."""
    usd = money(value) if abs(value) < CENTS_BELOW else f"{value:,.0f}"
    return _("about {usd} USD").format(usd=usd)


def worth(step: Step) -> Text:
    """Return the approximate value of what a step clears; empty if nothing of it has a price."""
    values = (finding.value_usd for item in step.items for finding in item.findings)
    known = [abs(value) for value in values if value is not None]
    return about(total(known)) if known else ""


def utc(time: datetime) -> str:
    """Return a time in UTC, to the minute."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
