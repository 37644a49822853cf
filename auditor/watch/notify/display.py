"""Display of a running watch: one line per pass, or a live view in a terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TextIO

from auditor.formats.escape import escape_invisible
from auditor.history.diff import Change
from auditor.history.serialization import Pass
from auditor.i18n import Message, Text, Translator, _, joined
from auditor.model.report import Report, Severity
from auditor.watch.notify import messages as words
from auditor.watch.notify.events import WatchNews
from auditor.watch.scheduler import DuePass

MAX_LEFT = 12
MAX_RESOLVED = 8


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


@dataclass(slots=True)
class LiveDisplay:
    """A live view of the verdict, blockers left, blockers resolved and the next pass.

    ``show``: draws a rich renderable.
    """

    show: Callable[[Any], None]
    translate: Translator
    _report: Report | None = None
    _news: WatchNews | None = None
    _resolved: list[str] = field(default_factory=list)

    def passed(self, news: WatchNews, done: Pass) -> None:
        """Draw the state after a pass."""
        resolved = (event.transition.seen for event in news.of(Change.RESOLVED))
        self._resolved += [words.holding_name(seen) for seen in resolved if seen.blocks]
        self._report, self._news = done.report, news
        self._draw(words.next_pass_text(news.plan))

    def waiting(self, plan: DuePass) -> None:
        """Draw when the next pass is."""
        self._draw(words.next_pass_text(plan))

    def _draw(self, next_look: Message) -> None:
        from rich.console import Group  # noqa: PLC0415 - only the live view needs rich
        from rich.panel import Panel  # noqa: PLC0415
        from rich.text import Text as RichText  # noqa: PLC0415

        lines = [RichText(escape_invisible(self.translate(line))) for line in self._lines()]
        last = RichText(escape_invisible(self.translate(next_look)), style="bold")
        self.show(Panel(Group(*lines, last), title=self.translate(_("audit watch")), expand=True))

    def _lines(self) -> Iterator[Text]:
        if self._news is None or self._report is None:
            return
        yield words.notification_title(self._news)
        left = [finding for finding in self._report.findings if finding.severity is Severity.BLOCKER]
        lines = [joined(": ", (finding.rule, finding.message)) for finding in left]
        yield from _list(_("Left ({count}):"), lines, MAX_LEFT)
        yield from _list(_("Resolved ({count}):"), self._resolved[::-1], MAX_RESOLVED)


@contextmanager
def open_display(stream: TextIO, *, live: bool, translate: Translator) -> Iterator[Display]:
    """Open a display: a live view when ``live`` and ``stream`` is a terminal, else lines."""
    if not live or not stream.isatty():
        yield LineDisplay(stream, translate)
        return
    from rich.console import Console  # noqa: PLC0415 - only the live view needs rich
    from rich.live import Live  # noqa: PLC0415

    with Live(console=Console(file=stream), auto_refresh=False) as area:
        yield LiveDisplay(lambda drawing: area.update(drawing, refresh=True), translate)


def write_stderr(sentence: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(escape_invisible(sentence) + "\n")


def _list(head: Message, lines: Sequence[Text], most: int) -> Iterator[Text]:
    if lines:
        yield head.format(count=len(lines))
        yield from (joined("", ("  ", line)) for line in lines[:most])
        if len(lines) > most:
            yield _("  and {count} more").format(count=len(lines) - most)
