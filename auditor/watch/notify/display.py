"""What a watch shows while it runs: a line a pass, or in a terminal a view that stays in place."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol, TextIO

from auditor.formats.escape import visible
from auditor.history.diff import Change
from auditor.history.serialization import Pass
from auditor.i18n import Message, Text, Translator, _, joined
from auditor.model.report import Report, Severity
from auditor.watch.notify import messages as words
from auditor.watch.notify.events import News
from auditor.watch.scheduler import Due

LEFT = 12
GONE = 8


class Screen(Protocol):
    """Where the watch shows itself."""

    def passed(self, news: News, done: Pass) -> None:
        """Show a pass."""

    def waiting(self, plan: Due) -> None:
        """Show when the next look is."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A line a pass on ``stream``."""

    stream: TextIO
    translate: Translator

    def passed(self, news: News, done: Pass) -> None:  # noqa: ARG002 - the line says it without the report
        """Write the line."""
        self.stream.write(visible(self.translate(words.pass_line(news))) + "\n")
        self.stream.flush()

    def waiting(self, plan: Due) -> None:
        """Say nothing: the line of the pass said it."""


@dataclass(slots=True)
class View:
    """Verdict, what is left, what was resolved, next look; drawn by ``show``, which takes something that rich shows."""

    show: Callable[[Any], None]
    translate: Translator
    _report: Report | None = None
    _news: News | None = None
    _resolved: list[str] = field(default_factory=list)

    def passed(self, news: News, done: Pass) -> None:
        """Draw the state after a pass."""
        gone = (each.transition.seen for each in news.of(Change.RESOLVED))
        self._resolved += [words.holding(seen) for seen in gone if seen.blocks]
        self._report, self._news = done.report, news
        self._draw(words.next_look(news.plan))

    def waiting(self, plan: Due) -> None:
        """Draw when the next look is."""
        self._draw(words.next_look(plan))

    def _draw(self, ahead: Message) -> None:
        from rich.console import Group  # noqa: PLC0415 - rich is for those who look
        from rich.panel import Panel  # noqa: PLC0415
        from rich.text import Text as Drawn  # noqa: PLC0415

        lines = [Drawn(visible(self.translate(line))) for line in self._lines()]
        last = Drawn(visible(self.translate(ahead)), style="bold")
        self.show(Panel(Group(*lines, last), title=self.translate(_("audit watch")), expand=True))

    def _lines(self) -> Iterator[Text]:
        if self._news is None or self._report is None:
            return
        yield words.title(self._news)
        left = [finding for finding in self._report.findings if finding.severity is Severity.BLOCKER]
        lines = [joined(": ", (finding.rule, finding.message)) for finding in left]
        yield from _list(_("Left ({count}):"), lines, LEFT)
        yield from _list(_("Resolved ({count}):"), self._resolved[::-1], GONE)


@contextmanager
def opened(stream: TextIO, *, live: bool, translate: Translator) -> Iterator[Screen]:
    """Open a screen: a view when a person looks at ``stream``, else lines."""
    if not live or not stream.isatty():
        yield Lines(stream, translate)
        return
    from rich.console import Console  # noqa: PLC0415 - rich is for those who look
    from rich.live import Live  # noqa: PLC0415

    with Live(console=Console(file=stream), auto_refresh=False) as shown:
        yield View(lambda drawn: shown.update(drawn, refresh=True), translate)


def tell(sentence: str) -> None:
    """Write one line to stderr."""
    sys.stderr.write(visible(sentence) + "\n")


def _list(head: Message, lines: Sequence[Text], most: int) -> Iterator[Text]:
    if lines:
        yield head.format(count=len(lines))
        yield from (joined("", ("  ", line)) for line in lines[:most])
        if len(lines) > most:
            yield _("  and {count} more").format(count=len(lines) - most)
