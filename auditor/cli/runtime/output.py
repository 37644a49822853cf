"""Output of results: to stdout or files, as the user asks."""

import importlib
import shutil
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.cli.runtime.colour import has_colour
from auditor.cli.runtime.reader import Runtime
from auditor.formats import PassCounts, Sink, get_format
from auditor.formats.atomic_write import check_replaceable, replace_file
from auditor.i18n import _
from auditor.model.account import ProgressEvent
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.model.report import Report
from auditor.model.snapshot import time_read
from auditor.security.paths import is_shared

DUST_FILE = Path("dust.csv")
WIDTH = 80


ReportRenderer = Callable[[Report, Sink], str]
ProgressCallback = Callable[[ProgressEvent], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputRequest:
    """Destinations of the results.

    ``file`` None: stdout; ``view``: renders something else than the report, such as the plan.
    """

    format: str = "terminal"
    file: Path | None = None
    dust_csv: Path | None = DUST_FILE
    view: ReportRenderer | None = None


def check_output(output: OutputRequest, runtime: Runtime) -> OutputRequest:
    """Raise UserError for a format or file that cannot be written, before any request is made.

    Return the request, without the dust file of nobody's choice where others can write to the folder.
    """
    get_format(output.format)
    if output.dust_csv is DUST_FILE and is_shared(Path().stat()):
        runtime.say(_("Others can write to this folder, so no {path} is written here: name one with --dust-csv FILE.")
                    .format(path=DUST_FILE))  # fmt: skip
        output = replace(output, dust_csv=None)
    paths = [path for path in (output.file, output.dust_csv) if path is not None]
    regular = [check_writable(path) for path in paths]
    if len(paths) > 1 and len({path.resolve() for path in paths}) == 1 and all(regular):
        raise UserError(_("--output and --dust-csv name the same file: {path}").format(path=output.file))
    return output


def write_results(report: Report, output: OutputRequest, runtime: Runtime) -> None:
    """Write the dust CSV, then the report or the view. Raises UserError."""
    if output.dust_csv is not None:
        _deliver_dust(report, output.dust_csv, runtime)
    if output.view is None:
        write_report(report, output.format, output.file, runtime)
    elif output.file is None:
        sys.stdout.write(output.view(report, console_sink(runtime)))
    else:
        shown = output.view(report, Sink(width=WIDTH, translate=runtime.files))
        replace_file(output.file, shown.encode("utf-8", "backslashreplace"))


def _deliver_dust(report: Report, path: Path, runtime: Runtime) -> None:
    from auditor.formats.dust_csv import keep_earlier, write_dust  # noqa: PLC0415 - it loads pandas, late on purpose

    kept = None if _read_wallets(report) else keep_earlier(path)
    write_dust(report, path, runtime.files)
    runtime.note(_("dust: {path}").format(path=path))
    if kept is not None:
        text = _("No wallet could be read, so that list is empty; the one of an earlier run is kept as {path}")
        runtime.note(text.format(path=kept))


def _read_wallets(report: Report) -> bool:
    readings = (reading for account in report.accounts for reading in account.snapshot.readings)
    return any(time_read(reading.result) is not None and reading.area is Area.BALANCES for reading in readings)


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


def write_report(
    report: Report, form: str, file: Path | None, runtime: Runtime, passes: tuple[PassCounts, ...] = ()
) -> None:
    """Write the report to ``file`` atomically, or to stdout. Raises UserError.

    ``passes``: this pass and those before it.
    """
    writer = get_format(form)
    if file is None:
        sys.stdout.write(writer.render(report, console_sink(runtime)))
    else:
        text = writer.render(report, Sink(width=WIDTH, passes=passes, translate=runtime.files))
        replace_file(file, text.encode(writer.file_encoding, "backslashreplace"))


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
        raise UserError(_("{path!r} is no file name.").format(path=str(path))) from None
