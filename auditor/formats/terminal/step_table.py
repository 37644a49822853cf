"""Table of the plan's steps: one line each, with the least important ones folded into one line."""

import re
from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from auditor.formats.plan_words import dollars
from auditor.formats.terminal.canvas import GAP, TerminalPage, cut
from auditor.formats.terminal.labels import exchange_name
from auditor.i18n import Message, _, counted, mark
from auditor.plan import Plan, Step
from auditor.plan.kinds import StepKind

# Titles that fit in one column of a small terminal, by kind of step.
TITLES: Mapping[str, str] = {
    "new-key": mark("Create a read-only key"),
    "read": mark("Give access to unchecked places"),
    "ask-support": mark("Contact support"),
    "stop-bots": mark("Stop bots, plans, copy trading"),
    "cancel-orders": mark("Cancel open orders"),
    "close-positions": mark("Close positions"),
    "repay-debts": mark("Repay loans"),
    "redeem-earn": mark("Redeem Earn products"),
    "look": mark("Look up unexplained amounts"),
    "wait": mark("Wait for payouts and transfers"),
    "consolidate": mark("Empty the sub-accounts"),
    "delete-subaccounts": mark("Delete the sub-accounts"),
    "merge-wallets": mark("Bring each coin into one wallet"),
    "sell": mark("Sell"),
    "convert": mark("Convert small balances"),
    "send": mark("Give away what is too small"),
    "move-to-withdraw": mark("Move to the withdrawal wallet"),
    "withdraw": mark("Withdraw your coins and money"),
    "wait-for-opening": mark("Wait for closed markets"),
    "ask-support-last": mark("Ask support about what is stuck"),
    "remainders": mark("Decide about small remainders"),
    "confirm": mark("Check the rest in the app"),
    "archive": mark("Save the history"),
    "export": mark("Export statements"),
    "close": mark("Close the account"),
}
# Steps of every plan: the first to be folded.
FINAL = frozenset({StepKind.CONFIRM, StepKind.ARCHIVE, StepKind.EXPORT, StepKind.CLOSE})
# Steps to begin with are worth more than large sums at the end.
FIRST = 5
WIDEST_TITLE = 34
# Columns without which there is no room for the place in the app.
LEAST_FOR_PLACES = 70
_ALTERNATIVES = re.compile("[;,\uff1b\uff0c\u3001]")
# A remark at the end of a path, in brackets.
_REMARK = re.compile(r"\s*[(\uff08][^()\uff08\uff09]*[)\uff09]$")
# What a plan says where the exchange's facts name no place.
NOWHERE = _("In the exchange's own app or site.")
Cells = tuple[str, str, str, str, str]


def show_steps(page: TerminalPage, plan: Plan, rows: int, more: str) -> None:
    """Show at most ``rows`` steps in their order, and what is left of them in one line.

    ``more``: the command that shows all steps.
    """
    shown = chosen_steps(plan.steps, rows)
    exchanges = {step.exchange for step in plan.steps}
    cells = [_cells(page, step, several=len(exchanges) > 1) for step in shown]
    table = _Table(page, _heads(page, exchanges, named=any(row[-1] for row in cells)), cells)
    table.show()
    folded = [step for step in plan.steps if step not in shown]
    if folded:
        page.clipped(_folded(folded, more), "dim", table.indent)


def chosen_steps(steps: Sequence[Step], rows: int) -> list[Step]:
    """Return the steps to show in their order: the first ones, then those worth most, last those of every plan."""
    if len(steps) <= rows:
        return list(steps)
    ranked = sorted(steps, key=lambda step: _rank(step, steps))[: max(rows - 1, 0)]
    return [step for step in steps if step in ranked]


def _rank(step: Step, steps: Sequence[Step]) -> tuple[bool, bool, float, int]:
    is_late = steps.index(step) >= FIRST
    value = float(step.value_usd or 0) if is_late else 0.0
    return step.kind in FINAL, is_late, -value, -step.count if is_late else steps.index(step)


def _folded(steps: Sequence[Step], more: str) -> Message:
    count = sum(step.count for step in steps)
    figures = counted(count, _("{count} item"), _("{count} items"))
    text = counted(len(steps), _("and {count} more step"), _("and {count} more steps"))
    return _("{steps} ({figures}): {command}").format(steps=text, figures=figures, command=more)


def _heads(page: TerminalPage, exchanges: set[str], *, named: bool) -> Cells:
    name = exchange_name(next(iter(exchanges))) if len(exchanges) == 1 else ""
    place = _("in the {exchange} app").format(exchange=name) if name else _("in the app")
    step, items, usd, where = (page.translate(_(word)) for word in (_("step"), _("items"), _("USD"), place))
    return "", step, items, usd, where if named else ""


def _cells(page: TerminalPage, step: Step, *, several: bool) -> Cells:
    name = f"{exchange_name(step.exchange)}: " if several else ""
    title = TITLES.get(step.kind)
    return (
        str(step.number),
        page.text(_(title) if title else step.title).plain,
        str(step.count or ""),
        _value(step),
        "" if step.where == NOWHERE else name + page.text(step.where).plain,
    )


def _value(step: Step) -> str:
    if step.value_usd is None:
        return "?" if step.unpriced else ""
    return f"{dollars(step.value_usd)}{'+?' if step.unpriced else ''}"


class _Table:
    """A table whose rows take one line each, whatever is in them."""

    def __init__(self, page: TerminalPage, heads: Cells, rows: Sequence[Cells]) -> None:
        """Measure the columns of ``rows`` on ``page``."""
        self._page, self._heads, self._rows = page, heads, rows
        number, title, items, usd = (max(cell_len(row[at]) for row in (heads, *rows)) for at in range(4))
        self._number, self._items, self._usd = max(number, 2), items, usd
        self.indent = 1 + self._number + GAP
        figures = GAP + items + GAP + usd
        has_places = page.width >= LEAST_FOR_PLACES
        room = page.width - self.indent - figures
        self._title = min(title, WIDEST_TITLE if has_places else room, room)
        self._place = room - self._title - GAP if has_places else 0

    def show(self) -> None:
        """Write the heads and the rows."""
        self._page.show(self._line(self._heads, "dim"))
        for row in self._rows:
            self._page.show(self._line(row, ""))

    def _line(self, row: Cells, style: str) -> Text:
        number, title, items, usd, where = row
        line = Text(" ").append(_right(number, self._number), style=style or "cyan").append(" " * GAP)
        line.append(_left(title, self._title), style=style or "bold")
        line.append(" " * GAP + _right(items, self._items) + " " * GAP + _right(usd, self._usd), style=style)
        if self._place > 0:
            line.append(" " * GAP + short_path(where, self._place), style="dim")
        return line


def short_path(path: str, cells: int) -> str:
    """Return the beginning of a menu path that fits: its first alternative, by whole levels if two of them fit."""
    levels = _REMARK.sub("", _ALTERNATIVES.split(path)[0].strip().rstrip(".\u3002")).split(" > ")
    fitting = [depth for depth in range(len(levels), 0, -1) if cell_len(" > ".join(levels[:depth])) <= cells]
    depth = fitting[0] if fitting and fitting[0] > 1 else min(len(levels), 2)
    return cut(Text(" > ".join(levels[:depth])), cells).plain


def _left(text: str, cells: int) -> str:
    shown = cut(Text(text), cells).plain
    return shown + " " * (cells - cell_len(shown))


def _right(text: str, cells: int) -> str:
    return " " * (cells - cell_len(text)) + text
