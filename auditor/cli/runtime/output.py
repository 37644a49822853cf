"""Output of results: to stdout or files, as the user asks."""

import importlib
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from auditor.cli.runtime import dust_file
from auditor.cli.runtime.colour import has_colour
from auditor.cli.runtime.reader import Runtime
from auditor.formats import PassCounts, Sink, get_format
from auditor.formats.atomic_write import check_replaceable, replace_file
from auditor.i18n import _
from auditor.model.account import ProgressEvent
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.security.paths import is_shared

DUST_FILE = Path("dust.csv")
"""The dust list of a user who named no other: this object, and no other of that name."""
STDOUT = Path("-")
TERMINAL = "terminal"
WIDTH = 80
ENDINGS: Mapping[str, str] = {
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".xml": "junit",
    ".ics": "ics",
}
"""The form of a file by its ending; every other ending says nothing about it."""


ReportRenderer = Callable[[str, Report, Sink], str]
"""Renders something else than the report, such as the plan, in a form of its own."""
ProgressCallback = Callable[[ProgressEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRequest:
    """Destinations of the results.

    ``format`` None: by the ending of each file, ``terminal`` on stdout; ``files``: none for stdout alone; ``dust_csv``
    None: no dust list; ``view`` renders something else than the report, and ``check_form`` raises UserError for a form
    that it does not have.
    """

    format: str | None = None
    files: tuple[Path, ...] = ()
    dust_csv: Path | None = None
    details: bool = False
    quiet: bool = False
    view: ReportRenderer | None = None
    check_form: Callable[[str], object] = get_format

    @property
    def file(self) -> Path | None:
        """The first file, None for stdout."""
        return next(iter(self.files), None)

    @property
    def destinations(self) -> tuple[Path, ...]:
        """The files, `STDOUT` among them where it is meant."""
        return self.files or (STDOUT,)

    def form(self, file: Path) -> str:
        """Return the form of a file: its ending's, unless ``format`` was given for this file alone."""
        by_ending = ENDINGS.get(file.suffix.lower())
        if self.format is not None and (by_ending is None or len(self.files) == 1):
            return self.format
        return by_ending or TERMINAL


def check_output(output: OutputRequest, runtime: Runtime) -> OutputRequest:
    """Raise UserError for a form or file that cannot be written, before any request is made.

    Return the request, without the dust file of nobody's choice where others can write to the folder.
    """
    for file in output.destinations:
        output.check_form(output.form(file))
    if output.details and output.quiet:
        raise UserError(_("--details asks for everything and --quiet for one line: leave one of them out."))
    if output.dust_csv is DUST_FILE and is_shared(Path().stat()):
        text = _("Others can write to this folder, so no {path} is written here. Name a file with --dust-csv FILE.")
        runtime.say(text.format(path=DUST_FILE))
        output = replace(output, dust_csv=None)
    _check_files(output)
    return output


def _check_files(output: OutputRequest) -> None:
    """Raise UserError for files that cannot be written, or that two results would share."""
    explicit = [path for path in (output.dust_csv,) if path is not None and path is not DUST_FILE]
    files = [path for path in (*output.destinations, *explicit) if path != STDOUT]
    regular = [path for path in files if check_writable(path)]
    default = [DUST_FILE] if output.dust_csv is DUST_FILE else []
    for path, times in Counter(path.resolve() for path in (*regular, *default)).items():
        if times > 1:
            text = _("Two results would go to the same file, {path}: name another one with --output or --dust-csv.")
            raise UserError(text.format(path=path))
    if [*output.destinations, *explicit].count(STDOUT) > 1:
        raise UserError(_("Two results would go to standard output: name a file for one of them."))


def write_results(report: Report, output: OutputRequest, runtime: Runtime) -> None:
    """Write the report or the view to each destination, then the dust list; a failure keeps no other from it.

    Raises the first UserError.
    """
    tasks = [partial(_write_result, report, output, file, runtime) for file in output.destinations]
    if output.dust_csv is DUST_FILE:
        tasks.append(partial(dust_file.save_default, report, DUST_FILE, runtime, quiet=output.quiet))
    elif output.dust_csv == STDOUT:
        tasks.append(partial(dust_file.print_dust, report, runtime))
    elif output.dust_csv is not None:
        tasks.append(partial(dust_file.save, report, output.dust_csv, runtime, quiet=output.quiet))
    _attempt(tasks, runtime)


def _attempt(tasks: Iterable[Callable[[], object]], runtime: Runtime) -> None:
    """Run all tasks. Raises the first UserError once all have run; the others are said."""
    problems: list[UserError] = []
    for task in tasks:
        try:
            task()
        except UserError as problem:
            problems.append(problem)
    for other in problems[1:]:
        runtime.say(other.message)
    if problems:
        raise problems[0]


def _write_result(report: Report, output: OutputRequest, file: Path, runtime: Runtime) -> None:
    form = output.form(file)
    if file == STDOUT:
        sink = replace(console_sink(runtime), details=output.details, quiet=output.quiet)
    else:
        sink = Sink(width=WIDTH, details=output.details, translate=runtime.files)
    if output.view is None:
        _write(report, form, file, sink)
    elif file == STDOUT:
        sys.stdout.write(output.view(form, report, sink))
    else:
        replace_file(file, output.view(form, report, sink).encode("utf-8", "backslashreplace"))
    if file == STDOUT:
        sys.stdout.flush()  # what is said on stderr afterwards comes after it, also where both go to one place


def write_report(
    report: Report, form: str, file: Path | None, runtime: Runtime, passes: tuple[PassCounts, ...] = ()
) -> None:
    """Write the report to ``file`` atomically, or to stdout. Raises UserError.

    ``passes``: this pass and those before it.
    """
    if file is None or file == STDOUT:
        _write(report, form, STDOUT, console_sink(runtime))
    else:
        _write(report, form, file, Sink(width=WIDTH, passes=passes, translate=runtime.files))


def _write(report: Report, form: str, file: Path, sink: Sink) -> None:
    writer = get_format(form)
    text = writer.render(report, sink)
    if file == STDOUT:
        sys.stdout.write(text)
    else:
        replace_file(file, text.encode(writer.file_encoding, "backslashreplace"))


def preload_dust_csv(output: OutputRequest, step: ProgressCallback) -> ProgressCallback:
    """Return ``step``, which then loads the CSV writer while the audit waits for answers."""
    if output.dust_csv is None:
        return step
    thread = threading.Thread(target=_load_dust, name="loading")
    has_begun = threading.Event()

    def first_loading(progress: ProgressEvent) -> None:
        if not has_begun.is_set():
            has_begun.set()
            thread.start()
        step(progress)

    return first_loading


def _load_dust() -> None:
    # A failure here repeats, and is reported, when the CSV is written.
    with suppress(Exception):
        importlib.import_module("auditor.formats.dust_csv")


def console_sink(runtime: Runtime) -> Sink:
    """Return the capabilities of stdout: width, colour and encoding."""
    is_terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size((WIDTH, 24)).columns if is_terminal else WIDTH
    colour = has_colour(runtime.colour, sys.stdout)
    return Sink(width=width, colour=colour, encoding=sys.stdout.encoding, translate=runtime.console)


def check_writable(path: Path) -> bool:
    """Raise UserError when no file can be written there; return whether it is a regular one."""
    try:
        return check_replaceable(path)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UserError(_("{path} cannot be written: {why}.").format(path=path, why=why)) from None
    except ValueError:
        raise UserError(_("{path!r} is not a valid file name.").format(path=str(path))) from None
