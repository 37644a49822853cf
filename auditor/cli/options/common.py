"""The options, each declared once: it means the same wherever a command takes it."""

from pathlib import Path
from typing import Annotated

import typer

import auditor
from auditor.cli.options import types as values
from auditor.formats import format_names
from auditor.i18n import _


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"audit {auditor.__version__}")
        raise typer.Exit


Exchange = Annotated[
    list[str] | None,
    typer.Option("--exchange", metavar="ID", parser=values.text, help=_("Exchange, e.g. okx. May be repeated.")),
]
DemoExchange = Annotated[
    str | None,
    typer.Option("--exchange", metavar="ID", parser=values.text, help=_("The exchange to imitate, e.g. kraken.")),
]
AccountName = Annotated[
    list[str] | None,
    typer.Option(
        "--account", metavar="NAME", parser=values.text, help=_("Account of the configuration file. May be repeated.")
    ),
]
Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", parser=values.path, help=_("Configuration file (see audit init).")),
]
Readonly = Annotated[
    bool, typer.Option("--readonly/--no-readonly", help=_("Refuse a key that can do more than read, or only warn."))
]
Unproven = Annotated[
    bool, typer.Option("--accept-unproven-key", help=_("Go on where the exchange cannot say what a key may do."))
]
BaseUrl = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", parser=values.text, help=_("Other address of the exchange's API.")),
]
TrustHost = Annotated[
    list[str] | None,
    typer.Option("--trust-host", metavar="HOST", parser=values.text, help=_("Send keys to this host of yours, too.")),
]
Named = Annotated[
    list[str] | None,
    typer.Option(
        "--named",
        metavar="KIND=NAME",
        parser=values.text,
        help=_("What an exchange shows only by its name, e.g. mining=POOLUSER. May be repeated."),
    ),
]
Sandbox = Annotated[bool, typer.Option("--sandbox", help=_("The keys belong to the exchange's paper trading."))]
Proxy = Annotated[
    str | None, typer.Option("--proxy", metavar="URL", parser=values.text, help=_("http:// or socks5h:// proxy."))
]
Format = Annotated[
    str,
    typer.Option(
        "--format", metavar="|".join(format_names()), parser=values.format_name, help=_("Form of the report.")
    ),
]
# Forms that only some commands have: each says so itself when another is asked for.
PlanFormat = Annotated[
    str,
    typer.Option(
        "--format", metavar="terminal|markdown|json", parser=values.format_name, help=_("Form of the report.")
    ),
]
ListFormat = Annotated[
    str,
    typer.Option("--format", metavar="terminal|json", parser=values.format_name, help=_("Form of the report.")),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", parser=values.path, help=_("Write the result to FILE.")),
]
DustCsv = Annotated[
    Path, typer.Option("--dust-csv", metavar="FILE", parser=values.path, help=_("Where to write the dust as CSV."))
]
Timeout = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", parser=values.seconds, help=_("Time for the whole run."))
]
Window = Annotated[
    float,
    typer.Option(
        "--window",
        metavar="SECONDS",
        parser=values.seconds,
        help=_("Time within which everything of an account must be read for it to be called clean."),
    ),
]
ExpectUid = Annotated[
    str | None,
    typer.Option("--expect-uid", metavar="UID", parser=values.text, help=_("Refuse to audit another account.")),
]
Demo = Annotated[
    str | None,
    typer.Option(
        "--demo", metavar="NAME", parser=values.text, help=_("An account of the embedded exchange instead of yours.")
    ),
]
Error = Annotated[
    str | None, typer.Option("--error", metavar="TEXT", help=_("The message with which the exchange refuses."))
]
About = Annotated[
    list[str] | None,
    typer.Option(
        "--about",
        metavar="locked|lost-factor|identity",
        parser=values.text,
        help=_("What else support must solve. May be repeated."),
    ),
]
Evidence = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="DIR",
        parser=values.path,
        help=_("Keep the exchange's raw answers there, for an auditor."),
    ),
]
Verbose = Annotated[bool, typer.Option("--verbose", help=_("Tell on stderr what is being done."))]
Force = Annotated[bool, typer.Option("--force", help=_("Replace a file that exists."))]
Version = Annotated[
    bool, typer.Option("--version", is_eager=True, callback=_show_version, help=_("Print the version and exit."))
]
