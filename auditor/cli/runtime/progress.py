"""A progress bar over the surfaces, on stderr if it is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from auditor.formats.escape import escape_invisible
from auditor.i18n import Translator, _
from auditor.model.account import Progress


@contextmanager
def progress_bar(translate: Translator) -> Iterator[Callable[[Progress], None]]:
    """Yield a function to call at each step; it does nothing when stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    with _bar(translate) as step:
        yield step


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
