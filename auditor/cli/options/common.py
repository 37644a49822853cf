"""The options that several commands share, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

import auditor
from auditor.cli.options import types as values
from auditor.formats import format_names
from auditor.i18n import mark


def _show_version(is_set: bool) -> None:
    if is_set:
        typer.echo(f"audit {auditor.__version__}")
        raise typer.Exit


ExchangeOption = Annotated[
    list[str] | None,
    typer.Option("--exchange", metavar="ID", parser=values.text, help=mark("Exchange, e.g. okx. May be repeated.")),
]
DemoExchangeOption = Annotated[
    str | None,
    typer.Option("--exchange", metavar="ID", parser=values.text, help=mark("The exchange to imitate, e.g. kraken.")),
]
AccountNameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        metavar="NAME",
        parser=values.text,
        help=mark("Account of the configuration file. May be repeated."),
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", parser=values.path, help=mark("Configuration file (see audit init).")),
]
ReadonlyOption = Annotated[
    bool, typer.Option("--readonly/--no-readonly", help=mark("Refuse a key that can do more than read, or only warn."))
]
UnprovenOption = Annotated[
    bool, typer.Option("--accept-unproven-key", help=mark("Go on where the exchange cannot say what a key may do."))
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option("--base-url", metavar="URL", parser=values.text, help=mark("Other address of the exchange's API.")),
]
TrustHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--trust-host", metavar="HOST", parser=values.text, help=mark("Send keys to this host of yours, too.")
    ),
]
NamedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--named",
        metavar="KIND=NAME",
        parser=values.text,
        help=mark("What an exchange shows only by its name, e.g. mining=POOLUSER. May be repeated."),
    ),
]
SandboxOption = Annotated[
    bool, typer.Option("--sandbox", help=mark("The keys belong to the exchange's paper trading."))
]
ProxyOption = Annotated[
    str | None, typer.Option("--proxy", metavar="URL", parser=values.text, help=mark("http:// or socks5h:// proxy."))
]
FormatOption = Annotated[
    str,
    typer.Option(
        "--format", metavar="|".join(format_names()), parser=values.format_name, help=mark("Form of the report.")
    ),
]
# Formats of single commands; the command itself refuses any other.
PlanFormatOption = Annotated[
    str,
    typer.Option(
        "--format", metavar="terminal|markdown|json", parser=values.format_name, help=mark("Form of the report.")
    ),
]
ListFormatOption = Annotated[
    str,
    typer.Option("--format", metavar="terminal|json", parser=values.format_name, help=mark("Form of the report.")),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", metavar="FILE", parser=values.path, help=mark("Write the result to FILE.")),
]
DustCsvOption = Annotated[
    Path, typer.Option("--dust-csv", metavar="FILE", parser=values.path, help=mark("Where to write the dust as CSV."))
]
DustCsvIfWantedOption = Annotated[
    Path | None,
    typer.Option("--dust-csv", metavar="FILE", parser=values.path, help=mark("Where to write the dust as CSV.")),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", parser=values.seconds, help=mark("Time for the whole run."))
]
WindowOption = Annotated[
    float,
    typer.Option(
        "--window",
        metavar="SECONDS",
        parser=values.seconds,
        help=mark("Time within which everything of an account must be read for it to be called clean."),
    ),
]
ExpectUidOption = Annotated[
    str | None,
    typer.Option("--expect-uid", metavar="UID", parser=values.text, help=mark("Refuse to audit another account.")),
]
DemoOption = Annotated[
    str | None,
    typer.Option(
        "--demo", metavar="NAME", parser=values.text, help=mark("An account of the embedded exchange instead of yours.")
    ),
]
ErrorOption = Annotated[
    str | None, typer.Option("--error", metavar="TEXT", help=mark("The message with which the exchange refuses."))
]
AboutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--about",
        metavar="locked|lost-factor|identity",
        parser=values.text,
        help=mark("What else support must solve. May be repeated."),
    ),
]
EvidenceOption = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        metavar="DIR",
        parser=values.path,
        help=mark("Keep the exchange's raw answers there, for an auditor."),
    ),
]
VerboseOption = Annotated[bool, typer.Option("--verbose", help=mark("Tell on stderr what is being done."))]
YesOption = Annotated[bool, typer.Option("--yes", help=mark("Write it without asking."))]
ForceOption = Annotated[bool, typer.Option("--force", help=mark("Replace a file that exists."))]
VersionOption = Annotated[
    bool, typer.Option("--version", is_eager=True, callback=_show_version, help=mark("Print the version and exit."))
]
