"""Progress of an audit on stderr: a bar in a terminal, or a line of JSON for each step."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

from auditor.cli.runtime.progress_form import ProgressForm
from auditor.cli.runtime.progress_view import ProgressView
from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import escape_invisible
from auditor.i18n import Translator, _
from auditor.model.account import Progress, ProgressEvent

_LOGGER = logging.getLogger(__name__)
Step = Callable[[ProgressEvent], None]


@contextmanager
def progress_bar(runtime: Runtime) -> Iterator[Step]:
    """Yield a function to call at each step: it draws a bar in a terminal, unless a log of the steps is written."""
    if runtime.progress == ProgressForm.JSON:
        yield write_json
    elif runtime.progress == ProgressForm.NONE or not sys.stderr.isatty() or _LOGGER.isEnabledFor(logging.INFO):
        yield log_step
    else:
        with _bar(runtime.console) as step:
            yield step


def log_step(event: ProgressEvent) -> None:
    """Log that a place was checked. Whatever waits for a limit logs that itself."""
    if isinstance(event, Progress):
        text = _("{account}: checked {place} ({done} of {total})")
        _LOGGER.info(text.format(account=event.account, place=_(event.title), done=event.done, total=event.total))


def write_json(event: ProgressEvent) -> None:
    """Write one line of JSON, for a program that shows the progress in its own way."""
    if isinstance(event, Progress):
        values: dict[str, object] = {
            "event": "place",
            "account": event.account,
            "reading": event.reading,
            "done": event.done,
            "total": event.total,
            "place": event.title,
        }
    else:
        values = {
            "event": "waiting",
            "exchange": event.exchange,
            "seconds": ceil(event.seconds),
            "requests": event.requests,
            "window": event.window,
        }
    sys.stderr.write(escape_invisible(json.dumps(values)) + "\n")
    sys.stderr.flush()


@contextmanager
def _bar(translate: Translator) -> Iterator[Step]:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs rich
    from rich.live import Live  # noqa: PLC0415

    view = ProgressView(translate)
    console = Console(file=sys.stderr)
    with Live(console=console, get_renderable=view.drawing, refresh_per_second=4, transient=True):
        yield view.show
