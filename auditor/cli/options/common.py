"""The options that several commands share, each declared once."""

from pathlib import Path
from typing import Annotated

import typer

import auditor
from auditor.cli.options import completion, durations, panels
from auditor.cli.options import types as values
from auditor.cli.options.exchange_ids import exchange_ids, optional_exchange_id
from auditor.formats import format_names
from auditor.i18n import mark


def _show_version(is_set: bool) -> None:
    if is_set:
        typer.echo(f"audit {auditor.__version__}")
        raise typer.Exit


ExchangeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exchange",
        metavar="ID",
        parser=values.text,
        callback=exchange_ids,
        autocompletion=completion.exchanges,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Exchange to check, e.g. okx; several: okx,binance."),
    ),
]
DemoExchangeOption = Annotated[
    str | None,
    typer.Option(
        "--exchange",
        metavar="ID",
        parser=values.text,
        callback=optional_exchange_id,
        autocompletion=completion.demo_exchanges,
        rich_help_panel=panels.ACCOUNT,
        help=mark("The exchange of the demo account, e.g. kraken."),
    ),
]
AccountNameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--account",
        metavar="NAME",
        parser=values.text,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Account in your configuration file. May be repeated."),
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        parser=values.path,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Configuration file; `audit init` writes one."),
    ),
]
ReadonlyOption = Annotated[
    bool,
    typer.Option(
        "--readonly/--no-readonly",
        rich_help_panel=panels.CONNECTION,
        help=mark("Refuse a key that can do more than read, or only warn."),
    ),
]
UnprovenOption = Annotated[
    bool,
    typer.Option(
        "--accept-unproven-key",
        rich_help_panel=panels.CONNECTION,
        help=mark("Continue although the key's rights cannot be verified."),
    ),
]
BaseUrlOption = Annotated[
    list[str] | None,
    typer.Option(
        "--base-url",
        metavar="[SERVICE=]URL",
        parser=values.text,
        rich_help_panel=panels.CONNECTION,
        help=mark("Another address of the exchange's API, or of one of its services. May be repeated."),
    ),
]
TrustHostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--trust-host",
        metavar="HOST",
        parser=values.text,
        rich_help_panel=panels.CONNECTION,
        help=mark("Also send keys to this host of your own."),
    ),
]
NamedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--named",
        "--id",
        metavar="KIND=NAME",
        parser=values.text,
        rich_help_panel=panels.ACCOUNT,
        help=mark("A name needed to find something, e.g. mining=POOLUSER. May be repeated."),
    ),
]
SandboxOption = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        rich_help_panel=panels.CONNECTION,
        help=mark("The keys belong to the exchange's paper trading."),
    ),
]
ProxyOption = Annotated[
    str | None,
    typer.Option(
        "--proxy",
        metavar="URL",
        parser=values.text,
        rich_help_panel=panels.CONNECTION,
        help=mark("Connect through this http:// or socks5h:// proxy."),
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(format_names()),
        parser=values.format_name,
        autocompletion=completion.formats,
        rich_help_panel=panels.OUTPUT,
        help=mark("Report format."),
    ),
]
# Formats of single commands; the command itself refuses any other.
PlanFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="terminal|markdown|json|ics",
        parser=values.format_name,
        rich_help_panel=panels.OUTPUT,
        help=mark("Report format."),
    ),
]
ListFormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="terminal|json",
        parser=values.format_name,
        rich_help_panel=panels.OUTPUT,
        help=mark("Form of the list."),
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write the result to FILE."),
    ),
]
DustCsvIfWantedOption = Annotated[
    Path | None,
    typer.Option(
        "--dust-csv",
        "--dust",
        metavar="FILE",
        parser=values.path,
        rich_help_panel=panels.OUTPUT,
        help=mark("Write the small leftovers to this CSV file."),
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout",
        metavar="TIME",
        parser=durations.seconds,
        show_default="10m",
        rich_help_panel=panels.LIMITS,
        help=mark("Stop after this time, with what was checked until then."),
    ),
]
WindowOption = Annotated[
    float,
    typer.Option(
        "--window",
        metavar="TIME",
        parser=durations.seconds,
        show_default="10m",
        rich_help_panel=panels.LIMITS,
        help=mark("Call an account ready only if all of it was read within this time."),
    ),
]
ExpectUidOption = Annotated[
    str | None,
    typer.Option(
        "--expect-uid",
        metavar="UID",
        parser=values.text,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Refuse to check an account with another UID."),
    ),
]
DemoOption = Annotated[
    str | None,
    typer.Option(
        "--demo",
        metavar="NAME",
        parser=values.text,
        autocompletion=completion.demo_accounts,
        rich_help_panel=panels.ACCOUNT,
        help=mark("A demo account instead of yours; without NAME it is messy."),
    ),
]
DoneOption = Annotated[
    list[str] | None,
    typer.Option(
        "--done",
        metavar="NUMBER",
        parser=values.text,
        help=mark("Mark an item as done, e.g. 4.2, or 4 for a whole step. May be repeated."),
    ),
]
NotDoneOption = Annotated[
    list[str] | None,
    typer.Option(
        "--not-done", metavar="NUMBER", parser=values.text, help=mark("Take such a mark back. May be repeated.")
    ),
]
ErrorOption = Annotated[
    str | None, typer.Option("--error", metavar="TEXT", help=mark("The error message that the exchange shows you."))
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
        rich_help_panel=panels.OUTPUT,
        help=mark("Keep the exchange's raw answers in this folder."),
    ),
]
VerboseOption = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        show_default=False,
        rich_help_panel=panels.GENERAL,
        help=mark("Say on stderr what is being done; -vv also logs every request."),
    ),
]
YesOption = Annotated[bool, typer.Option("--yes", help=mark("Write without asking."))]
ForceOption = Annotated[bool, typer.Option("--force", help=mark("Replace an existing file."))]
VersionOption = Annotated[
    bool,
    typer.Option(
        "--version",
        "-V",
        is_eager=True,
        callback=_show_version,
        rich_help_panel=panels.GENERAL,
        help=mark("Print the version and exit."),
    ),
]
