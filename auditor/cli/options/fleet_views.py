"""The options of `audit fleet status` and `audit fleet export`, each declared once."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import durations as values
from auditor.cli.options import panels
from auditor.cli.options import types as cli_values
from auditor.i18n import _, mark

FORMS = ("terminal", "json", "html", "prometheus")
DIMENSIONS = ("exchange", "tag", "egress", "rule")
TABLES = ("status", "findings", "dust")


def _one_of(known: Sequence[str]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value not in known:
            message = _("{name!r} is none of {known}").format(name=value, known=", ".join(known))
            raise cli_values.WrongValueError(message)
        return value

    parse.__name__ = "text"
    return parse


FleetFormOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(FORMS),
        parser=_one_of(FORMS),
        rich_help_panel=panels.OUTPUT,
        help=mark("The form (default: by the ending of --output, or terminal)."),
    ),
]
ByOption = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="|".join(DIMENSIONS),
        parser=_one_of(DIMENSIONS),
        rich_help_panel=panels.OUTPUT,
        help=mark("Count the accounts by this."),
    ),
]
StuckOption = Annotated[
    timedelta | None,
    typer.Option(
        "--stuck",
        metavar="TIME",
        parser=values.positive,
        rich_help_panel=panels.OUTPUT,
        help=mark("Name all accounts with the same blockers for this long and no date ahead, e.g. 7d."),
    ),
]
LateOption = Annotated[
    bool,
    typer.Option(
        "--late",
        rich_help_panel=panels.OUTPUT,
        help=mark("Name all accounts whose check was due more than an hour ago."),
    ),
]
FleetOutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=cli_values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write to FILE instead of standard output."),
    ),
]
ExportArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        parser=cli_values.path,
        help=mark("status, findings or dust, with the ending .csv or .parquet; any other name with --table."),
    ),
]
TableOption = Annotated[
    str | None,
    typer.Option(
        "--table",
        metavar="|".join(TABLES),
        parser=_one_of(TABLES),
        rich_help_panel=panels.OUTPUT,
        help=mark("What to export, where the name of the file does not say it."),
    ),
]
ExportTagOption = Annotated[
    str | None,
    typer.Option(
        "--tag",
        metavar="TAG",
        parser=cli_values.text,
        rich_help_panel=panels.OUTPUT,
        help=mark("Only accounts with this tag."),
    ),
]
