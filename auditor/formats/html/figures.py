"""Figures as the page shows them: sums of money and times."""

from datetime import UTC, datetime
from decimal import Decimal

from auditor.formats.plan_words import dollars
from auditor.i18n import Message, Text, _, joined
from auditor.plan import Step


def money(value: Decimal) -> str:
    """Return US dollars to the cent."""
    return f"{value:,.2f}" if value else "<0.01"


def about(value: Decimal) -> Message:
    """Return an approximate sum of US dollars, without cents unless it is small."""
    return _("about {value} USD").format(value=dollars(value))


def worth(step: Step) -> Text:
    """Return the approximate value of what a step clears, "?" where only a part of it has a price; empty without."""
    if step.value_usd is None:
        return ""
    return joined(" + ", (about(step.value_usd), "?")) if step.unpriced else about(step.value_usd)


def utc(time: datetime) -> str:
    """Return a time in UTC, to the minute."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
