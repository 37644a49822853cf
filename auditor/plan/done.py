"""Items that the owner names by their numbers: 4.2 is item 2 of step 4, 4 is all of step 4."""

from collections.abc import Iterable

from auditor.i18n import _
from auditor.model.errors import UserError
from auditor.plan import Plan
from auditor.plan.items import Item
from auditor.plan.steps import Step

NumberedItem = tuple[str, Item]
"""An item with its number in the plan."""


def find_items(plan: Plan, numbers: Iterable[str]) -> tuple[NumberedItem, ...]:
    """Return the items with these numbers. Raises UserError for one that the plan does not have."""
    return tuple(item for number in numbers for item in _items(plan, number))


def find_step(plan: Plan, number: int) -> Step:
    """Return the step with that number. Raises UserError if there is none."""
    for step in plan.steps:
        if step.number == number:
            return step
    if not plan.steps:
        raise UserError(_("There is no step {number}: this plan has no steps.").format(number=number))
    text = _("There is no step {number}: this plan has the steps 1 to {last}.")
    raise UserError(text.format(number=number, last=len(plan.steps)))


def _items(plan: Plan, words: str) -> tuple[NumberedItem, ...]:
    step_word, separator, item_word = words.partition(".")
    if not step_word.isdecimal() or (separator and not item_word.isdecimal()):
        raise UserError(
            _("{word!r} is not the number of an item. Write 4.2, or 4 for all of step 4.").format(word=words)
        )
    step = find_step(plan, int(step_word))
    items = tuple((f"{step.number}.{item.number}", item) for item in step.items)
    chosen = tuple((number, item) for number, item in items if not separator or item.number == int(item_word))
    if not chosen:
        text = _("There is no item {number}: step {step} has {count} items.")
        raise UserError(text.format(number=words, step=step.number, count=len(items)))
    return chosen
