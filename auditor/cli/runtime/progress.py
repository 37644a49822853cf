"""A progress bar over the surfaces, on stderr if it is a terminal."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import escape_invisible
from auditor.i18n import Translator, _
from auditor.model.account import Progress

_LOGGER = logging.getLogger(__name__)


@contextmanager
def progress_bar(runtime: Runtime) -> Iterator[Callable[[Progress], None]]:
    """Yield a function to call at each step: it draws a bar in a terminal, unless a log of the steps is written."""
    if not runtime.progress or not sys.stderr.isatty() or _LOGGER.isEnabledFor(logging.INFO):
        yield log_step
        return
    with _bar(runtime.console) as step:
        yield step


def log_step(now: Progress) -> None:
    """Log that a place was checked."""
    text = _("{account}: checked {place} ({done} of {total})")
    _LOGGER.info(text.format(account=now.account, place=_(now.title), done=now.done, total=now.total))


@contextmanager
def _bar(translate: Translator) -> Iterator[Callable[[Progress], None]]:
    from rich import progress  # noqa: PLC0415 - only a terminal needs rich
    from rich.console import Console  # noqa: PLC0415
    from rich.markup import escape  # noqa: PLC0415

    tasks: dict[str, progress.TaskID] = {}
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), progress.MofNCompleteColumn())
    with progress.Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:

        def step(now: Progress) -> None:
            if now.account not in tasks:
                tasks[now.account] = bar.add_task("", total=now.total)
            description = escape(escape_invisible(f"{now.account}: {translate(_(now.title))}"))
            bar.update(tasks[now.account], completed=now.done, total=now.total, description=description)

        yield step
