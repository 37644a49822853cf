"""The options of `audit watch` and `audit history`, each declared once."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import durations as values
from auditor.cli.options import panels
from auditor.cli.options import types as cli_values
from auditor.formats import format_names
from auditor.i18n import mark

HistoryOption = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="FILE|URL",
        parser=cli_values.text,
        rich_help_panel=panels.OUTPUT,
        help=mark("Where checks are kept; env:NAME for a database URL with a password."),
    ),
]
EveryOption = Annotated[
    timedelta | None,
    typer.Option(
        "--every",
        metavar="TIME",
        parser=values.positive,
        rich_help_panel=panels.SCHEDULE,
        help=mark("Check at most this often (default: 6h)."),
    ),
]
LongestOption = Annotated[
    timedelta,
    typer.Option(
        "--longest",
        "--max-interval",
        metavar="TIME",
        parser=values.positive,
        show_default="1d",
        rich_help_panel=panels.SCHEDULE,
        help=mark("Check at least this often, also while nothing changes."),
    ),
]
CronOption = Annotated[
    str | None,
    typer.Option(
        "--cron",
        metavar="'M H D M W'",
        parser=cli_values.text,
        rich_help_panel=panels.SCHEDULE,
        help=mark("Check at these fixed local times."),
    ),
]
ConfirmOption = Annotated[
    timedelta,
    typer.Option(
        "--confirm",
        "--confirm-after",
        metavar="TIME",
        parser=values.duration,
        show_default="30m",
        rich_help_panel=panels.SCHEDULE,
        help=mark("When an account is ready, check it once more after this time."),
    ),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option(
        "--until", metavar="DATE", parser=values.date, rich_help_panel=panels.SCHEDULE, help=mark("Stop at this date.")
    ),
]
MaxPassesOption = Annotated[
    int | None,
    typer.Option(
        "--max-passes",
        metavar="N",
        parser=values.count,
        rich_help_panel=panels.SCHEDULE,
        help=mark("Stop after N checks."),
    ),
]
OnceOption = Annotated[
    bool, typer.Option("--once", rich_help_panel=panels.SCHEDULE, help=mark("Run one check if one is due, then stop."))
]
NoWaitOption = Annotated[
    bool,
    typer.Option(
        "--no-wait",
        rich_help_panel=panels.SCHEDULE,
        help=mark("With --once: do not wait to confirm that an account is ready; exit 3."),
    ),
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(format_names()),
        parser=cli_values.format_name,
        rich_help_panel=panels.OUTPUT,
        help=mark("Report format: each report to --output, or the last one to stdout."),
    ),
]
HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html",
        metavar="FILE",
        parser=cli_values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write each report to FILE as a web page."),
    ),
]
NotifyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--notify",
        metavar="env:NAME",
        parser=cli_values.text,
        rich_help_panel=panels.NEWS,
        help=mark("Notify this apprise address of changes. May be repeated."),
    ),
]
WebhookOption = Annotated[
    list[str] | None,
    typer.Option(
        "--webhook",
        metavar="URL|env:NAME",
        parser=cli_values.text,
        rich_help_panel=panels.NEWS,
        help=mark("Post changes as JSON to this address. May be repeated."),
    ),
]
CommandOption = Annotated[
    str | None,
    typer.Option(
        "--notify-command",
        metavar="COMMAND",
        parser=cli_values.text,
        rich_help_panel=panels.NEWS,
        help=mark("Run this on a change, with JSON and no secrets on stdin."),
    ),
]
AmountsOption = Annotated[
    bool, typer.Option("--notify-amounts", rich_help_panel=panels.NEWS, help=mark("Also name amounts in messages."))
]
MetricsOption = Annotated[
    Path | None,
    typer.Option(
        "--metrics-file",
        metavar="FILE",
        parser=cli_values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write the state for Prometheus to FILE."),
    ),
]
StaleOption = Annotated[
    timedelta,
    typer.Option(
        "--stale-after",
        metavar="TIME",
        parser=values.positive,
        show_default="3d",
        rich_help_panel=panels.NEWS,
        help=mark("Notify when no complete check was possible for this long."),
    ),
]
PrintSystemdOption = Annotated[
    bool,
    typer.Option("--print-systemd", rich_help_panel=panels.UNITS, help=mark("Print a systemd unit for this watch.")),
]
PrintCronOption = Annotated[
    bool, typer.Option("--print-cron", rich_help_panel=panels.UNITS, help=mark("Print a crontab for this watch."))
]
PrintGithubOption = Annotated[
    bool,
    typer.Option(
        "--print-github-action", rich_help_panel=panels.UNITS, help=mark("Print a GitHub workflow for this watch.")
    ),
]
OlderOption = Annotated[
    timedelta | None,
    typer.Option(
        "--older-than", metavar="TIME", parser=values.positive, help=mark("Delete checks that are older than this.")
    ),
]
