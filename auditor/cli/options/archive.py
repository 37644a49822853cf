"""The options of `audit archive`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import panels
from auditor.cli.options import types as values
from auditor.cli.options.types import WrongValueError
from auditor.i18n import _, mark

HERE = Path()


def first_day(text: str) -> datetime:
    """Return the start of a day, UTC."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise WrongValueError(_("{value!r} is no day such as 2024-01-31").format(value=text)) from None


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
FreshOption = Annotated[
    bool,
    typer.Option(
        "--fresh",
        rich_help_panel=panels.OUTPUT,
        help=mark("Begin anew, and delete what an unfinished run has kept."),
    ),
]
FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", parser=values.path)]
