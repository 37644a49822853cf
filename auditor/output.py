"""Putting results where the user wants them."""

import os
import secrets
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from auditor.errors import Problem
from auditor.formats import Sink, get_format
from auditor.formats.files import replace_file
from auditor.i18n import _
from auditor.report import Report

DUST_FILE = Path("dust.csv")
WIDTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What is written where. ``file`` None: stdout."""

    format: str = "terminal"
    file: Path | None = None
    dust_csv: Path = DUST_FILE


def check(output: Output) -> None:
    """Raise Problem for what cannot be written, before anything is asked of an exchange."""
    get_format(output.format)
    paths = [path for path in (output.file, output.dust_csv) if path is not None]
    for path in paths:
        _check_writable(path)
    if output.file and output.file.resolve() == output.dust_csv.resolve() and not _is_special(output.file):
        raise Problem(_("--output and --dust-csv name the same file: {path}").format(path=output.file))


def deliver(report: Report, output: Output) -> None:
    """Write the dust CSV, then the report. Raises Problem."""
    from auditor.formats.dust import write_dust  # noqa: PLC0415 - pandas is for audits that come this far

    write_dust(report, output.dust_csv)
    sys.stderr.write(_("dust: {path}").format(path=output.dust_csv) + "\n")
    chosen = get_format(output.format)
    if output.file is None:
        sys.stdout.write(chosen.render(report, console()))
    else:
        text = chosen.render(report, Sink(width=WIDTH))
        replace_file(output.file, text.encode(chosen.file_encoding, "backslashreplace"))


def console() -> Sink:
    """Say what stdout can show."""
    seen = sys.stdout.isatty()
    plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
    width = shutil.get_terminal_size((WIDTH, 24)).columns if seen else WIDTH
    return Sink(width=width, colour=seen and not plain, encoding=sys.stdout.encoding)


def _check_writable(path: Path) -> None:
    try:
        if path.is_dir():
            raise Problem(_("{path} is a folder, not a file.").format(path=path))
        if not _is_special(path):
            _try_out(path.resolve().parent)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Problem(_("{path} cannot be written: {why}.").format(path=path, why=why)) from None
    except ValueError:
        raise Problem(_("{path!r} is no file name.").format(path=str(path))) from None


def _is_special(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _try_out(folder: Path) -> None:
    trial = folder / f".audit-{secrets.token_hex(8)}.tmp"
    trial.touch(mode=0o600, exist_ok=False)
    trial.unlink()
