"""The options of `audit fleet`, each declared once."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import completion
from auditor.cli.options import durations as values
from auditor.cli.options import types as cli_values
from auditor.cli.options.verdicts import verdict
from auditor.i18n import mark
from auditor.model.report import Verdict

ListArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.csv",
        parser=cli_values.path,
        help=mark("Columns: name, exchange, egress; if you wish also uid and tags. No secrets."),
    ),
]
NamesArgument = Annotated[
    list[str] | None, typer.Argument(metavar="NAME...", parser=cli_values.text, help=mark("Accounts of the fleet."))
]
SpreadOption = Annotated[
    timedelta,
    typer.Option(
        "--spread",
        metavar="TIME",
        parser=values.duration,
        show_default="6h",
        help=mark("Spread the first checks of new accounts over this time."),
    ),
]
TagOption = Annotated[
    str | None, typer.Option("--tag", metavar="TAG", parser=cli_values.text, help=mark("All accounts with this tag."))
]
RuleOption = Annotated[
    str | None,
    typer.Option(
        "--rule",
        metavar="RULE",
        parser=cli_values.text,
        autocompletion=completion.rules,
        help=mark("All accounts that this rule found something in."),
    ),
]
VerdictOption = Annotated[
    Verdict | None,
    typer.Option(
        "--verdict",
        metavar="|".join(Verdict),
        parser=verdict,
        help=mark("All accounts whose last check ended so."),
    ),
]
