"""The options of `audit archive`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import panels
from auditor.cli.options import types as values
from auditor.cli.options.types import WrongValueError
from auditor.i18n import _, mark
from auditor.spec.history_tables import TABLES

HERE = Path()
EXPORT_FORMATS = ("koinly", "rotki", "beancount", "csv", "parquet")


def first_day(text: str) -> datetime:
    """Return the start of a day, UTC."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise WrongValueError(_("{value!r} is no day such as 2024-01-31").format(value=text)) from None


def tables(text: str) -> str:
    """Check the names of tables, with commas between."""
    known = ("ledger", "income", *TABLES)
    unknown = next((name for name in text.split(",") if name not in known), None)
    if unknown is not None:
        raise WrongValueError(_("{name!r} is none of {known}").format(name=unknown, known=", ".join(known)))
    return text


def export_format(text: str) -> str:
    """Check the name of a format of exports."""
    if text not in EXPORT_FORMATS:
        raise WrongValueError(_("{name!r} is none of {known}").format(name=text, known=", ".join(EXPORT_FORMATS)))
    return text


ToOption = Annotated[
    Path,
    typer.Option(
        "--to",
        metavar="FOLDER",
        parser=values.path,
        show_default=False,
        rich_help_panel=panels.OUTPUT,
        help=mark("Make the archive's folder in this one (default: here)."),
    ),
]
SinceOption = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        metavar="DAY",
        parser=first_day,
        rich_help_panel=panels.LIMITS,
        help=mark("Leave out what is older, e.g. 2024-01-01; such an archive is never complete."),
    ),
]
OnlyOption = Annotated[
    str | None,
    typer.Option(
        "--only",
        metavar="TABLE,...",
        parser=tables,
        rich_help_panel=panels.LIMITS,
        help=mark("Beside the ledger, save only these tables, e.g. fills,orders; such an archive is never complete."),
    ),
]
FreshOption = Annotated[
    bool,
    typer.Option(
        "--fresh",
        rich_help_panel=panels.OUTPUT,
        help=mark("Begin anew, and delete what an unfinished run has kept."),
    ),
]
YesOption = Annotated[
    bool,
    typer.Option(
        "--yes", rich_help_panel=panels.OUTPUT, help=mark("Do not ask whether to go on where it takes over an hour.")
    ),
]
ExportFormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="koinly|rotki|beancount|csv|parquet",
        parser=export_format,
        rich_help_panel=panels.OUTPUT,
        help=mark("For koinly, rotki or beancount; csv for a spreadsheet; parquet for every table."),
    ),
]
FromOption = Annotated[
    datetime | None,
    typer.Option(
        "--from",
        metavar="DAY",
        parser=first_day,
        rich_help_panel=panels.LIMITS,
        help=mark("The first day to write, UTC, e.g. 2025-01-01 (default: all)."),
    ),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(
        "--to",
        metavar="DAY",
        parser=first_day,
        rich_help_panel=panels.LIMITS,
        help=mark("The last day to write, UTC, e.g. 2025-12-31 (default: all)."),
    ),
]
ExportOutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write to FILE, or into it if it is a folder (default: stdout)."),
    ),
]
TsaOption = Annotated[
    str,
    typer.Option(
        "--tsa",
        metavar="URL",
        parser=values.text,
        help=mark("The address of a time stamp server (RFC 3161)."),
    ),
]
FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", parser=values.path)]
FilesArgument = Annotated[list[Path], typer.Argument(metavar="FILE...", parser=values.path)]
YoungOption = Annotated[
    bool,
    typer.Option(
        "--young",
        rich_help_panel=panels.ACCOUNT,
        help=mark("Of an account that is younger than what the exchange gives: its archive is complete."),
    ),
]
DownloadsOption = Annotated[
    Path | None,
    typer.Option(
        "--downloads",
        metavar="FOLDER",
        parser=values.path,
        show_default=False,
        rich_help_panel=panels.OUTPUT,
        help=mark("Also write the files that its owner would download from the exchange's site, for `archive add`."),
    ),
]
