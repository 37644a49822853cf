"""Sentences about a plan that the terminal, the page and the Markdown share."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from decimal import Decimal

from auditor.i18n import EMPTY, Message, _, counted, day, joined, sentences
from auditor.plan import Item, Plan, Step

ARCHIVE = "archive/"
"""How the key of the item to archive an account begins."""
NOON = time(12, tzinfo=UTC)
"""The time of a day that is the same day in nearly every time zone."""
CENTS_BELOW = 10
"""Dollars below which cents are shown."""


def earliest(plan: Plan) -> Message:
    """Return the earliest possible date, and how many things have none; empty if nothing has to be waited for."""
    if not plan.waits:
        return EMPTY
    if plan.last is None or plan.last.until is None:
        return sentences(_("The earliest possible date is not known."), undated(plan))
    date = _("Earliest possible date: {date} ({what}).")
    return sentences(date.format(date=day(plan.last.until), what=plan.last.label), undated(plan))


def undated(plan: Plan) -> Message:
    """Return how many things to wait for have no date; empty if none."""
    if not plan.undated:
        return EMPTY
    return counted(plan.undated, _("{count} item has no date yet."), _("{count} items have no date yet."))


def item_number(step: Step, item: Item) -> str:
    """Return the number of an item in the plan: 4.2."""
    return f"{step.number}.{item.number}"


def item_text(plan: Plan, item: Item) -> Message:
    """Return the text of an item: its account if there are several, and that the owner says it is done."""
    text = plan.text(item)
    if not item.done:
        return text
    return text if item.done_on is None else _("{text} ({note})").format(text=text, note=_done_note(item))


def why(step: Step) -> Message:
    """Return why the step comes now."""
    return _("Why now: {why}").format(why=step.why)


def after(step: Step, plan: Plan) -> Message:
    """Return which steps to finish before; empty if none."""
    numbers = step_numbers(plan)
    before = [str(numbers[other]) for other in step.after]
    if not before:
        return EMPTY
    text = _("After step {steps}") if len(before) == 1 else _("After steps {steps}")
    return text.format(steps=_(", ").join(before))


def step_numbers(plan: Plan) -> Mapping[str, int]:
    """Return the number of each step by its id."""
    return {step.id: step.number for step in plan.steps}


def totals(step: Step) -> Message:
    """Return how much there is to do in a step: "11 items, about 1,021 USD, 2 without a price"."""
    parts = [counted(step.count, _("{count} item"), _("{count} items"))]
    if step.value_usd is not None:
        parts.append(_("about {value} USD").format(value=dollars(step.value_usd)))
    if step.unpriced:
        parts.append(_("{count} without a price").format(count=step.unpriced))
    return _(", ").join(parts)


def item_value(item: Item) -> Message:
    """Return the approximate value of an item, "?" where only a part of it has a price; empty without one."""
    if item.value_usd is None:
        return EMPTY
    value = _("~{value} USD").format(value=dollars(item.value_usd))
    return joined(" + ", (value, "?")) if item.unpriced else value


def dollars(value: Decimal) -> str:
    """Return an amount of dollars: to the cent where it is small, else whole and grouped by thousands."""
    if value and abs(value) < Decimal("0.01"):
        return "<0.01"
    return f"{value:,.2f}" if abs(value) < CENTS_BELOW else f"{value:,.0f}"


def _done_note(item: Item) -> Message:
    is_archive = any(key.startswith(ARCHIVE) for key in item.keys)
    text = _("saved on {date}") if is_archive else _claim(item)
    return text.format(date="" if item.done_on is None else day(datetime.combine(item.done_on, NOON)))


def _claim(item: Item) -> Message:
    return _("you said so on {date}; the next check confirms") if item.findings else _("you said so on {date}")
