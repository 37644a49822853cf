"""`audit replay`: audit a recording, without a network."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import types as values
from auditor.cli.options.groups import expand_groups
from auditor.cli.options.results import ResultOptions
from auditor.cli.runtime.output import OutputRequest
from auditor.cli.runtime.reader import Action, Runtime
from auditor.i18n import _, mark
from auditor.model.errors import UserError

if TYPE_CHECKING:
    from auditor.recording.answers import Recording

MOST_BYTES = 64_000_000


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command(help=mark("Check a recording again, without a network."))(replay)


@expand_groups
def replay(
    file: Annotated[Path, typer.Argument(metavar="FILE", parser=values.path)],
    *,
    results: ResultOptions,
    dust_csv: opt.DustCsvIfWantedOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Audit a recording."""
    return partial(run, file, results.request(dust_csv), verbose)


def run(file: Path, output: OutputRequest, verbose: int, runtime: Runtime) -> int:
    """Audit the recording in ``file``, and return the exit code of its verdict. Raises UserError."""
    from auditor.cli.runtime import log as logs
    from auditor.cli.runtime.output import check_output, write_results
    from auditor.cli.runtime.process import run_supervised
    from auditor.cli.runtime.progress import progress_bar
    from auditor.recording.outcome import difference, outcome
    from auditor.recording.replay import replay as audit
    from auditor.security.redaction import SECRETS

    logs.configure(verbose=verbose, translate=runtime.console)
    output = check_output(output, runtime)
    recording = read(file)
    with progress_bar(runtime) as step:
        report = SECRETS.data(run_supervised(audit(recording, step)))
    write_results(report, output, runtime)
    runtime.note(_("This is a recording, not an account as it is today."))
    other = difference(recording.expected, outcome(report))
    if other:
        text = _("The program that made it ({version}) came to something else ({what}).")
        runtime.note(text.format(version=recording.tool.get("version", "?"), what=other))
    return report.exit_code


def read(file: Path) -> "Recording":
    """Return the recording in a file. Raises UserError."""
    from auditor.recording.archive import unpack

    try:
        if file.stat().st_size > MOST_BYTES:
            raise UserError(_("{path} is too large for a recording.").format(path=file))
        return unpack(file.read_bytes(), str(file))
    except OSError as error:
        raise UserError(_("Cannot read {path}: {why}.").format(path=file, why=error.strerror)) from None
