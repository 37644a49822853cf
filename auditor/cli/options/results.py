"""The options that say what comes of a check: forms, files, detail, and whether it is kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import panels
from auditor.cli.options import types as values
from auditor.cli.options.watch import HistoryOption
from auditor.cli.runtime.output import DUST_FILE, OutputRequest
from auditor.cli.runtime.stored_checks import CheckStorage
from auditor.i18n import _, mark
from auditor.model.errors import UserError

OutputsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write the result to FILE, in the form of its ending, e.g. .html. May be repeated."),
    ),
]
DetailsOption = Annotated[
    bool,
    typer.Option("--details", rich_help_panel=panels.OUTPUT, help=mark("Show everything instead of the summary.")),
]
QuietOption = Annotated[
    bool,
    typer.Option("--quiet", "-q", rich_help_panel=panels.OUTPUT, help=mark("Print only the line with the verdict.")),
]
NoDustOption = Annotated[
    bool, typer.Option("--no-dust", rich_help_panel=panels.OUTPUT, help=mark("Write no list of small leftovers."))
]
NoHistoryOption = Annotated[
    bool,
    typer.Option("--no-history", rich_help_panel=panels.OUTPUT, help=mark("Keep no check and use no earlier one.")),
]
FreshOption = Annotated[bool, typer.Option("--fresh", help=mark("Ask again instead of using your last check."))]
OpenOption = Annotated[bool, typer.Option("--open", help=mark("Open the report as a page in your browser."))]
PreferOption = Annotated[
    list[str] | None,
    typer.Option(
        "--prefer",
        metavar="withdraw|sell",
        parser=values.text,
        help=mark("What to do with coins that you can withdraw or sell; for one coin: BTC=sell. May be repeated."),
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultOptions:
    """The options of a report: its form, its files, and how much of it is shown."""

    form: opt.FormatOption = None
    output: OutputsOption = None
    details: DetailsOption = False
    quiet: QuietOption = False

    def request(self, dust_csv: Path | None = None) -> OutputRequest:
        """Return the destinations of the results."""
        return OutputRequest(
            format=self.form,
            files=tuple(dict.fromkeys(self.output or ())),
            dust_csv=dust_csv,
            details=self.details,
            quiet=self.quiet,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryOptions:
    """The options of the history in which a check is kept."""

    history: HistoryOption = None
    no_history: NoHistoryOption = False

    def storage(self) -> CheckStorage:
        """Return where checks are kept. Raises UserError for options that contradict each other."""
        if self.history is not None and self.no_history:
            raise UserError(_("Give either --history or --no-history, not both."))
        return CheckStorage(history=self.history, wanted=not self.no_history)


def dust_file(dust_csv: Path | None, no_dust: bool) -> Path | None:
    """Return the file of the dust list, None for none. Raises UserError for options that contradict each other."""
    if no_dust and dust_csv is not None:
        raise UserError(_("Give either --dust-csv or --no-dust, not both."))
    return None if no_dust else dust_csv or DUST_FILE
