"""What `audit archive` prints at its end: what of the archive is proved, what is missing, what to do next, where it is.

On a terminal sentences are broken between words, or between Chinese characters. Anywhere else each is one line.
"""

import sys
from collections.abc import Iterable, Iterator

from auditor.archive.finishing import Archive
from auditor.archive.folder import DATA
from auditor.archive.outcome import ArchiveStatus, Outcome
from auditor.archive.report_content import headline
from auditor.cli.commands.listings import width
from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import escape_invisible
from auditor.i18n import Text, _
from auditor.i18n.columns import wrapped

HANGING = "  "
"""Before further lines of a sentence, so that the next sentence is seen to begin."""


def print_end(archived: Archive, runtime: Runtime) -> None:
    """Print how an archive stands, what to do next, and where it lies."""
    print_outcome(archived.outcome, archived.steps, runtime)
    for line in _where(archived):
        # Of a path nothing is broken: it is to be copied.
        print_line(line, runtime)


def print_outcome(outcome: Outcome, steps: Iterable[Text], runtime: Runtime) -> None:
    """Print how an archive stands: what contradicts, what each wallet comes to, what is missing, what to do next."""
    for text in (headline(outcome.status, outcome.kind), *outcome.faults, *outcome.wallets, *outcome.gaps):
        print_sentence(text, runtime)
    for step in steps:
        print_sentence(_("Next: {step}").format(step=step), runtime)


def print_sentence(text: Text, runtime: Runtime) -> None:
    """Print a sentence, on a terminal in lines of its width."""
    line = escape_invisible(runtime.console(text))
    sys.stdout.writelines(f"{part}\n" for part in (_folded(line) if sys.stdout.isatty() else [line]))


def print_line(text: Text, runtime: Runtime) -> None:
    """Print a text in one line, however long."""
    sys.stdout.write(escape_invisible(runtime.console(text)) + "\n")


def _folded(line: str) -> Iterator[str]:
    """Yield the lines that a sentence takes on this terminal."""
    first, *rest = wrapped(line, width())
    yield first
    further = line.removeprefix(first).lstrip() if rest else ""
    yield from (f"{HANGING}{part}" for part in (wrapped(further, width() - len(HANGING)) if further else ()))


def _where(archived: Archive) -> Iterator[Text]:
    if archived.outcome.status is ArchiveStatus.UNFINISHED:
        yield _("What was read is kept in {path}.").format(path=archived.folder)
        return
    yield _("The archive is {path}.").format(path=archived.folder)
    yield _("Read its report: {path}").format(path=archived.folder / DATA / "REPORT.html")
    yield _("Check it at any time: audit archive verify {path}").format(path=archived.folder)
