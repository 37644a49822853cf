"""The command `audit login`: its arguments. What it does is in `login_run`."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial
from typing import Annotated

import typer

from auditor.cli.options import common as opt
from auditor.cli.options import completion, panels
from auditor.cli.options import types as values
from auditor.cli.options.exchange_ids import optional_exchange_id
from auditor.cli.runtime.reader import Action
from auditor.i18n import _, mark
from auditor.model.account import Options

STORES = ("keyring", "file", "session")
TIMEOUT = Options().timeout


def _store(value: str) -> str:
    """Check the name of a store."""
    if value not in STORES:
        raise values.WrongValueError(_("{name!r} is none of {known}").format(name=value, known=", ".join(STORES)))
    return value


WordsArgument = Annotated[list[str] | None, typer.Argument(metavar="EXCHANGE", hidden=True)]
OneExchangeOption = Annotated[
    str | None,
    typer.Option(
        "--exchange",
        metavar="ID",
        parser=values.text,
        callback=optional_exchange_id,
        autocompletion=completion.exchanges,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Exchange, e.g. okx."),
    ),
]
NewAccountOption = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="NAME",
        parser=values.text,
        rich_help_panel=panels.ACCOUNT,
        help=mark("Your name for it. Default: the exchange."),
    ),
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="|".join(STORES),
        parser=_store,
        rich_help_panel=panels.CONNECTION,
        help=mark("Where to keep the key: system keyring, private file, or this run only."),
    ),
]
StdinOption = Annotated[
    bool,
    typer.Option(
        "--stdin",
        rich_help_panel=panels.CONNECTION,
        help=mark("Read key, secret and passphrase from stdin, one line each."),
    ),
]
ReplaceOption = Annotated[
    bool,
    typer.Option(
        "--replace",
        rich_help_panel=panels.CONNECTION,
        help=mark("Replace the key of an account that is there, without asking."),
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command of this module to ``app``."""
    app.command(help=mark("Enter an API key: it is checked, kept in the system keyring, and used from then on."))(login)


def login(
    words: WordsArgument = None,
    *,
    exchange: OneExchangeOption = None,
    account: NewAccountOption = None,
    config: opt.ConfigOption = None,
    store: StoreOption = None,
    stdin: StdinOption = False,
    replace: ReplaceOption = False,
    unproven: opt.UnprovenOption = False,
    base_url: opt.BaseUrlOption = None,
    trust_host: opt.TrustHostOption = None,
    sandbox: opt.SandboxOption = False,
    proxy: opt.ProxyOption = None,
    timeout: opt.TimeoutOption = TIMEOUT,
    verbose: opt.VerboseOption = 0,
) -> Action:
    """Enter a key."""
    from auditor.cli.commands.login_request import LoginRequest
    from auditor.cli.commands.login_run import run
    from auditor.settings.selection import AccountSelection

    choice = AccountSelection(
        config=config,
        base_urls=tuple(base_url or ()),
        trust_hosts=tuple(trust_host or ()),
        sandbox=sandbox,
        proxy=proxy,
    )
    request = LoginRequest(
        words=tuple(words or ()),
        exchange=exchange,
        account=account,
        store=store,
        stdin=stdin,
        replace=replace,
        unproven=unproven,
        timeout=timeout,
        verbose=verbose,
        choice=choice,
    )
    return partial(run, request)
