"""The progress of `audit archive` on stderr, and its question where an archive takes more than an hour."""

import json
import logging
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import ceil

from rich.cells import cell_len, set_cell_size

from auditor.archive.progress import HOUR, ListProgress
from auditor.archive.times import from_milliseconds
from auditor.cli.runtime.dialog import YES
from auditor.cli.runtime.process import ended_by_signals
from auditor.cli.runtime.progress_form import ProgressForm
from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import escape_invisible
from auditor.i18n import EMPTY, Message, _

_LOGGER = logging.getLogger(__name__)
LONG = 5
"""Minutes that are said before they pass."""
TEN = 10
HOURS = 2
"""From so many hours on, hours are said in place of minutes."""
BETWEEN, CUT = "; ", "\N{HORIZONTAL ELLIPSIS}"


@contextmanager
def archive_watcher(name: str, runtime: Runtime, *, is_demo: bool, asks: bool) -> Iterator["ArchiveWatcher"]:
    """Yield what shows the progress of an archive of the exchange ``name``; its line is removed at the end."""
    watcher = ArchiveWatcher(name, runtime, is_demo=is_demo, asks=asks)
    try:
        yield watcher
    finally:
        watcher.end()


class ArchiveWatcher:
    """Tells on stderr how far each list is: one line in a terminal, or a line of JSON for each page.

    Asks where both stdin and stderr are a terminal.
    """

    def __init__(self, name: str, runtime: Runtime, *, is_demo: bool, asks: bool) -> None:
        """``name``: of the exchange; ``asks``: whether the person may be asked."""
        self._name, self._runtime, self._is_demo = name, runtime, is_demo
        self._lines: dict[str, list[str]] = {}
        self._is_json = runtime.progress is ProgressForm.JSON
        is_terminal = sys.stderr.isatty()
        self._drawn = runtime.progress is not ProgressForm.NONE and is_terminal
        self._asks = asks and not self._is_json and is_terminal and sys.stdin.isatty()

    def begin(self, seconds: float) -> None:
        """Say how long the exchange's limits let it take at least, where that is long."""
        minutes = round(seconds / 60)
        if minutes >= LONG and not self._is_demo:
            text = _(
                "{exchange}'s limits let this take {minutes} minutes or more. A run that is stopped goes on later."
            )
            self._runtime.note(text.format(exchange=self._name, minutes=minutes))

    def go_on(self, seconds: float) -> bool:
        """Ask whether to go on; True where nobody can be asked."""
        if not self._asks:
            return True
        self.end()
        hours, minutes = round(seconds / HOUR), ceil(seconds / 60)
        long = _("This may take about {hours} hours. Go on? [y/N] ").format(hours=hours)
        short = _("This may take about {minutes} minutes. Go on? [y/N] ").format(minutes=minutes)
        sys.stderr.write(self._runtime.console(long if hours >= HOURS else short))
        sys.stderr.flush()
        answer = ""
        with suppress(KeyboardInterrupt), ended_by_signals():
            answer = sys.stdin.readline()
        if not answer.endswith("\n"):
            sys.stderr.write("\n")
        return answer.strip().lower() in YES

    def show(self, progress: ListProgress) -> None:
        """Show how far a list is."""
        if self._is_json:
            sys.stderr.write(escape_invisible(json.dumps(_as_json(progress))) + "\n")
            return
        left = _left(progress)
        texts = [_rows(progress, left, pace) for pace in (_pace(progress), _short_pace(progress), EMPTY)]
        _LOGGER.info(texts[0])
        columns, title = shutil.get_terminal_size().columns - 1, self._shown(_(progress.title))
        lines = [self._shown(text) for text in texts]
        lines.append(with_short_title(lines[-1], title, columns))
        # What was read last comes first, since a line that is longer than the terminal could not be taken back.
        self._lines = {progress.title: lines} | {
            title: others for title, others in self._lines.items() if title != progress.title
        }
        if self._drawn:
            sys.stderr.write("\r\x1b[K" + fitting(list(self._lines.values()), columns))
            sys.stderr.flush()

    def _shown(self, text: Message) -> str:
        return escape_invisible(self._runtime.console(text))

    def end(self) -> None:
        """Remove the line."""
        if self._drawn and self._lines:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def with_short_title(line: str, title: str, columns: int) -> str:
    """Return a line that begins with a title with as much of that as fits: what is left is worth more."""
    room = columns - cell_len(line) + cell_len(title) - cell_len(CUT)
    if cell_len(line) <= columns or room <= 0:
        return line
    return set_cell_size(title, room).rstrip() + CUT + line.removeprefix(title)


def fitting(lists: list[list[str]], columns: int) -> str:
    """Return the first list's line, in the longest form that fits, and as many others as fit whole."""
    first, *others = lists
    line = next((form for form in first if cell_len(form) <= columns), None)
    if line is None:
        return set_cell_size(first[-1], columns).rstrip()
    for other in others:
        longer = line + BETWEEN + other[-1]
        if cell_len(longer) > columns:
            break
        line = longer
    return line


def _as_json(progress: ListProgress) -> dict[str, object]:
    """Return one line's values: ``back_to``, or ``up_to`` of a list that is read from its oldest row on, is a day."""
    day = _day(progress)
    return {
        "event": "rows",
        "ledger": progress.title,
        "rows": progress.rows,
        "back_to": None if progress.rises else day,
        "up_to": day if progress.rises else None,
        "seconds_left": None if progress.seconds is None else ceil(progress.seconds),
        "at_most": progress.at_most,
        "pages_per_second": None if progress.pace is None else round(progress.pace, 3),
    }


def _day(progress: ListProgress) -> str | None:
    # Rows of some lists, such as of symbols, have no time.
    return from_milliseconds(progress.last).date().isoformat() if progress.last > 0 else None


def _rows(progress: ListProgress, left: Message, pace: Message) -> Message:
    """Return the line of a list: its rows and its day, then what is left and the pace, as far as they are known."""
    day = _day(progress)
    if day is None:
        text = _("{ledger}: {rows} rows{left}{pace}")
    elif progress.rises:
        text = _("{ledger}: {rows} rows, up to {day}{left}{pace}")
    else:
        text = _("{ledger}: {rows} rows, back to {day}{left}{pace}")
    return text.format(ledger=_(progress.title), rows=f"{progress.rows:,}", day=day, left=left, pace=pace)


def _left(progress: ListProgress) -> Message:
    """Return what is left of a list, in minutes or hours rounded up; nothing where nothing says so."""
    if progress.seconds is None:
        return EMPTY
    minutes, hours = max(1, ceil(progress.seconds / 60)), ceil(progress.seconds / HOUR)
    if progress.seconds >= HOURS * HOUR:
        text = _(", at most {hours} h left") if progress.at_most else _(", {hours} h left")
    else:
        text = _(", at most {minutes} min left") if progress.at_most else _(", {minutes} min left")
    return text.format(hours=hours, minutes=minutes)


def _pace(progress: ListProgress) -> Message:
    """Return how many pages the exchange's limit allows."""
    if progress.pace is None:
        return EMPTY
    if progress.pace <= 1:
        return _(" (1 page every {seconds} s is allowed)").format(seconds=_figure(1 / progress.pace))
    return _(" ({pages} pages a second are allowed)").format(pages=_figure(progress.pace))


def _short_pace(progress: ListProgress) -> Message:
    """Return the same in a few letters, for a line with little room."""
    if progress.pace is None:
        return EMPTY
    if progress.pace <= 1:
        return _(" ({seconds} s a page)").format(seconds=_figure(1 / progress.pace))
    return _(" ({pages} pages/s)").format(pages=_figure(progress.pace))


def _figure(number: float) -> str:
    """Return a number with two digits, or more of a whole one."""
    return f"{number:,.0f}" if number >= TEN else f"{number:.2g}"
