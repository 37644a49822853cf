"""The options of `audit watch` and `audit history`, each declared once."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from auditor.cli.options import durations as values
from auditor.cli.options import types as cli_values
from auditor.formats import format_names
from auditor.i18n import mark

HistoryOption = Annotated[
    str | None,
    typer.Option(
        "--history",
        metavar="FILE|URL",
        parser=cli_values.text,
        help=mark("Where passes are kept; env:NAME for a database URL with a password."),
    ),
]
EveryOption = Annotated[
    timedelta | None,
    typer.Option(
        "--every", metavar="TIME", parser=values.positive, help=mark("Never more often than this. Default 6h.")
    ),
]
LongestOption = Annotated[
    timedelta,
    typer.Option(
        "--longest",
        metavar="TIME",
        parser=values.positive,
        show_default="1d",
        help=mark("While nothing changes, never wait longer than this."),
    ),
]
CronOption = Annotated[
    str | None,
    typer.Option(
        "--cron", metavar="'M H D M W'", parser=cli_values.text, help=mark("Look at these fixed local times.")
    ),
]
ConfirmOption = Annotated[
    timedelta,
    typer.Option(
        "--confirm",
        metavar="TIME",
        parser=values.duration,
        show_default="30m",
        help=mark("A clean account is read again after this time."),
    ),
]
UntilOption = Annotated[
    datetime | None,
    typer.Option("--until", metavar="DATE", parser=values.date, help=mark("End then, with the last verdict.")),
]
MaxPassesOption = Annotated[
    int | None,
    typer.Option(
        "--max-passes", metavar="N", parser=values.count, help=mark("End after N passes, with the last verdict.")
    ),
]
OnceOption = Annotated[bool, typer.Option("--once", help=mark("Make the pass that is due, if one is, and end."))]
NoWaitOption = Annotated[
    bool, typer.Option("--no-wait", help=mark("With --once: do not wait to confirm a clean account; exit 3."))
]
FormOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="|".join(format_names()),
        parser=cli_values.format_name,
        help=mark("Write the report in this form: each to --output, or the last one to stdout."),
    ),
]
HtmlOption = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", parser=cli_values.path, help=mark("Write each report to FILE as a web page.")
    ),
]
NotifyOption = Annotated[
    list[str] | None,
    typer.Option(
        "--notify",
        metavar="env:NAME",
        parser=cli_values.text,
        help=mark("Tell an apprise address when the state changes. May be repeated."),
    ),
]
WebhookOption = Annotated[
    list[str] | None,
    typer.Option(
        "--webhook",
        metavar="URL|env:NAME",
        parser=cli_values.text,
        help=mark("Post JSON there when the state changes. May be repeated."),
    ),
]
CommandOption = Annotated[
    str | None,
    typer.Option(
        "--notify-command",
        metavar="COMMAND",
        parser=cli_values.text,
        help=mark("Run this when the state changes, with JSON on stdin and no secrets."),
    ),
]
AmountsOption = Annotated[bool, typer.Option("--notify-amounts", help=mark("Name amounts in messages, too."))]
MetricsOption = Annotated[
    Path | None,
    typer.Option(
        "--metrics-file", metavar="FILE", parser=cli_values.path, help=mark("Write the state for Prometheus to FILE.")
    ),
]
StaleOption = Annotated[
    timedelta,
    typer.Option(
        "--stale-after",
        metavar="TIME",
        parser=values.positive,
        show_default="3d",
        help=mark("Tell when no complete pass was possible so long."),
    ),
]
PrintSystemdOption = Annotated[bool, typer.Option("--print-systemd", help=mark("Print a systemd unit for this watch."))]
PrintCronOption = Annotated[bool, typer.Option("--print-cron", help=mark("Print a crontab for this watch."))]
PrintGithubOption = Annotated[
    bool, typer.Option("--print-github-action", help=mark("Print a GitHub workflow for this watch."))
]
OlderOption = Annotated[
    timedelta | None,
    typer.Option(
        "--older-than", metavar="TIME", parser=values.positive, help=mark("With prune: drop passes older than this.")
    ),
]
