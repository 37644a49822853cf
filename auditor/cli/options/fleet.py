"""The options of `audit fleet`, each declared once."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import completion, panels
from auditor.cli.options import durations as values
from auditor.cli.options import types as cli_values
from auditor.cli.options.fleet_values import share, verdict, word
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
EgressOption = Annotated[
    str | None,
    typer.Option(
        "--egress",
        metavar="NAME",
        parser=word,
        rich_help_panel=panels.ACCOUNT,
        help=mark("The address of this worker, by its name in the list. One worker each."),
    ),
]
CredentialsOption = Annotated[
    str | None,
    typer.Option(
        "--credentials",
        metavar="TEMPLATE",
        parser=cli_values.text,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Where the keys lie: file:, command: or vault:, with {name} in it."),
    ),
]
SlotsOption = Annotated[
    int,
    typer.Option(
        "--slots",
        metavar="N",
        parser=values.count,
        show_default=True,
        rich_help_panel=panels.LIMITS,
        help=mark("Check so many accounts at once."),
    ),
]
ShareOption = Annotated[
    Fraction,
    typer.Option(
        "--share",
        metavar="1/N",
        parser=share,
        show_default="1",
        rich_help_panel=panels.LIMITS,
        help=mark("This worker's part of what the exchange allows one address, if others use it as well."),
    ),
]
GraceOption = Annotated[
    timedelta,
    typer.Option(
        "--grace",
        metavar="TIME",
        parser=values.duration,
        show_default="1m",
        rich_help_panel=panels.LIMITS,
        help=mark("When stopped, let checks under way go on for this long."),
    ),
]
PrintUnitOption = Annotated[
    bool,
    typer.Option("--print-systemd", rich_help_panel=panels.UNITS, help=mark("Print a systemd unit for this worker.")),
]
NumberOption = Annotated[
    int,
    typer.Option(
        "--accounts", metavar="N", parser=values.count, show_default=True, help=mark("So many demo accounts.")
    ),
]
