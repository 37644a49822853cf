"""Display of a running watch: one line per pass, or a live view in a terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TextIO

from auditor.formats.escape import escape_invisible
from auditor.history.diff import Change
from auditor.history.serialization import Pass
from auditor.i18n import Text, Translator, _, counted, joined
from auditor.model.report import Report
from auditor.plan import make_plan
from auditor.watch.notify import messages as words
from auditor.watch.notify.events import WatchNews
from auditor.watch.scheduler import DuePass, WatchOver

FRAME = 3
"""Lines of the panel's border, and the one below it."""
LEAST_LINES = 2
SHOWN = (Change.BACK, Change.NEW, Change.CHANGED, Change.RESOLVED)


class Display(Protocol):
    """A display for the passes of a watch."""

    def passed(self, news: WatchNews, done: Pass) -> None:
        """Show a finished pass."""

    def waiting(self, plan: DuePass) -> None:
        """Show when the next pass is."""


@dataclass(frozen=True, slots=True)
class LineDisplay:
    """A display that writes one line per pass to ``stream``."""

    stream: TextIO
    translate: Translator

    def passed(self, news: WatchNews, done: Pass) -> None:  # noqa: ARG002 - the line needs no report
        """Write the line of a pass."""
        self.stream.write(escape_invisible(self.translate(words.pass_line(news))) + "\n")
        self.stream.flush()

    def waiting(self, plan: DuePass) -> None:
        """Do nothing: the line of the pass names the next pass already."""


@dataclass(slots=True, kw_only=True)
class LiveDisplay:
    """A live view: the accounts, what changed, the steps that are left, the check under way or the next one.

    ``height``: lines that fit; ``now``: the time of the watch; ``running``: the lines of a check under way, none if
    there is none.
    """

    translate: Translator
    height: Callable[[], int]
    now: Callable[[], datetime]
    running: Callable[[], Sequence[str]] = tuple
    _report: Report | None = None
    _news: WatchNews | None = None
    _plan: DuePass | WatchOver | None = None

    def passed(self, news: WatchNews, done: Pass) -> None:
        """Show the state after a pass."""
        self._report, self._news, self._plan = done.report, news, news.plan

    def waiting(self, plan: DuePass) -> None:
        """Show when the next pass is."""
        self._plan = plan

    def drawing(self) -> Any:
        """Return what rich draws now: a panel that fits the screen."""
        from rich.panel import Panel  # noqa: PLC0415 - only the live view needs rich
        from rich.text import Text as RichText  # noqa: PLC0415

        text = RichText("\n".join(self.lines()), no_wrap=True, overflow="ellipsis")
        return Panel(text, title=self.translate(_("audit watch")), expand=True)

    def lines(self) -> list[str]:
        """Return the lines of the view, as many as fit."""
        head, foot = list(self._head()), list(self._foot())
        room = max(0, self.height() - FRAME - len(head) - len(foot))
        changes = _at_most(list(self._changes()), max(room // 2, room - len(list(self._steps())) - 1))
        steps = _at_most(list(self._steps()), room - len(changes))
        return [escape_invisible(self.translate(line)) for line in (*head, *changes, *steps, *foot)]

    def _head(self) -> Iterator[Text]:
        if self._news is not None:
            yield from map(words.account_text, self._news.accounts)

    def _changes(self) -> Iterator[Text]:
        if self._news is None:
            return
        shown = [event for event in self._news.happened if event.transition.kind in SHOWN]
        if shown and self._news.since:
            yield _("Since the check before:")
            yield from (joined("", ("  ", words.change_text(event))) for event in shown)

    def _steps(self) -> Iterator[Text]:
        steps = () if self._report is None else make_plan(self._report).steps
        to_do = [step for step in steps if step.findings]
        if to_do:
            yield _("Left to do:")
            yield from (joined("", (f"  {step.number:>2}  ", step.title, f": {step.count}")) for step in to_do)

    def _foot(self) -> Iterator[Text]:
        yield ""
        if running := self.running():
            yield _("Checking now:")
            yield from (f"  {line}" for line in running)
        elif self._plan is not None:
            yield from words.next_pass_lines(self._plan, self.now())
        if not isinstance(self._plan, WatchOver):
            yield _("Ctrl-C ends the watch; nothing is lost.")


def _at_most(lines: list[Text], most: int) -> list[Text]:
    """Return the lines, or so many of them and how many more there are."""
    if len(lines) <= most:
        return lines
    if most < LEAST_LINES:
        return []
    more = len(lines) - most + 1
    return [*lines[: most - 1], counted(more, _("  and {count} more"), _("  and {count} more"))]


@contextmanager
def open_display(
    stream: TextIO,
    *,
    live: bool,
    translate: Translator,
    now: Callable[[], datetime],
    running: Callable[[], Sequence[str]] = tuple,
) -> Iterator[Display]:
    """Open a display: a live view when ``live`` and ``stream`` is a terminal, else lines."""
    if not live or not stream.isatty():
        yield LineDisplay(stream, translate)
        return
    from rich.console import Console  # noqa: PLC0415 - only the live view needs rich
    from rich.live import Live  # noqa: PLC0415

    console = Console(file=stream)
    view = LiveDisplay(translate=translate, height=lambda: console.size.height, now=now, running=running)
    with Live(console=console, get_renderable=view.drawing, refresh_per_second=2, vertical_overflow="crop"):
        yield view


def write_stderr(sentence: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(escape_invisible(sentence) + "\n")
