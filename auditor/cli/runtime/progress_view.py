"""What a terminal shows while an audit runs: a line per account, and what is waited for."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from auditor.formats.escape import escape_invisible
from auditor.formats.terminal.labels import exchange_name
from auditor.i18n import Message, Translator, _
from auditor.model.account import Pause, Progress, ProgressEvent

ACCOUNTS = 8
"""Accounts shown at once; of more, those that moved last."""
BAR, NAME = 20, 14
"""Columns of the bar and of an account's name."""
SPINNER = "|/-\\"
LEAST_PAUSE = 1.0
"""Seconds of a wait that are worth showing."""


@dataclass(slots=True)
class ProgressView:
    """The state of an audit under way, as lines for a terminal. ``clock``: seconds that only go forward."""

    translate: Translator
    clock: Callable[[], float] = time.monotonic
    _accounts: dict[str, Progress] = field(default_factory=dict)
    _pause: Pause | None = None
    _until: float = 0.0
    _frame: int = 0

    def show(self, event: ProgressEvent) -> None:
        """Take note of a step, or of a wait."""
        if isinstance(event, Progress):
            self._accounts.pop(event.account, None)
            self._accounts[event.account] = event
        elif self.clock() + event.seconds > self._until:
            self._pause, self._until = event, self.clock() + event.seconds

    def clear(self) -> None:
        """Forget everything: the audit is over."""
        self._accounts.clear()
        self._pause, self._until = None, 0.0

    def drawing(self) -> Any:
        """Return what rich draws now."""
        from rich.console import Group  # noqa: PLC0415 - only a terminal needs rich
        from rich.table import Table  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        self._frame += 1
        grid = Table.grid(padding=(0, 1), expand=True)
        for _column in range(4):
            grid.add_column(no_wrap=True)
        grid.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        for row in self._rows():
            grid.add_row(*map(Text, row))
        waiting = self.waiting()
        return Group(grid, Text(f"{self._spinner} {self.translate(waiting)}")) if waiting else grid

    def lines(self) -> list[str]:
        """Return the lines as text, for displays that draw them in their own way."""
        self._frame += 1
        waiting = self.waiting()
        rows = [" ".join(row) for row in self._rows()]
        return [*rows, f"{self._spinner} {self.translate(waiting)}"] if waiting else rows

    @property
    def _spinner(self) -> str:
        return SPINNER[self._frame % len(SPINNER)]

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for now in list(self._accounts.values())[-ACCOUNTS:]:
            filled = BAR * now.done // max(now.total, 1)
            bar = "#" * filled + "." * (BAR - filled)
            name = escape_invisible(now.account)
            title = escape_invisible(self.translate(_(now.title)))
            label = self.translate(_second_reading(title)) if now.reading > 1 else title
            short = name if len(name) <= NAME else name[: NAME - 1] + "~"
            yield self._spinner, short, f"[{bar}]", f"{now.done:>3}/{now.total}", label

    def waiting(self) -> Message | None:
        """Return what is waited for now, with the seconds that are left; None when nothing is."""
        left = self._until - self.clock()
        if self._pause is None or left < LEAST_PAUSE:
            return None
        return pause_text(self._pause, ceil(left))


def pause_text(pause: Pause, seconds: int) -> Message:
    """Word a wait of so many ``seconds``."""
    name = exchange_name(pause.exchange) if pause.exchange else _("the exchange")
    if pause.requests is None:
        return _("{exchange} asked for a pause: {seconds} s left").format(exchange=name, seconds=seconds)
    return _("waiting {seconds} s: {exchange}'s rate limit").format(seconds=seconds, exchange=name)


def _second_reading(title: str) -> Message:
    return _("second reading, to confirm: {place}").format(place=title)
