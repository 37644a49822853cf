"""The commands `init` and `keys`: their arguments, and the functions to call."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from functools import partial

import typer

from auditor.cli.options import common as opt
from auditor.cli.runtime.reader import Action
from auditor.i18n import mark
from auditor.model.account import Options

TIMEOUT = Options().timeout


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(help=mark("Check what your API keys can do."))(keys)
    app.command(help=mark("Write a configuration file, and say how to create a read-only key."))(init)


def keys(
    *,
    exchange: opt.ExchangeOption = None,
    account: opt.AccountNameOption = None,
    config: opt.ConfigOption = None,
    base_url: opt.BaseUrlOption = None,
    trust_host: opt.TrustHostOption = None,
    sandbox: opt.SandboxOption = False,
    proxy: opt.ProxyOption = None,
    timeout: opt.TimeoutOption = TIMEOUT,
    expect_uid: opt.ExpectUidOption = None,
    verbose: opt.VerboseOption = False,
) -> Action:
    """Prove the keys of the selected accounts."""
    from auditor.cli.commands import audit as runs
    from auditor.settings.selection import AccountSelection

    choice = AccountSelection(
        exchanges=tuple(exchange or ()),
        accounts=tuple(account or ()),
        config=config,
        base_urls=tuple(base_url or ()),
        trust_hosts=tuple(trust_host or ()),
        sandbox=sandbox,
        proxy=proxy,
        expect_uid=expect_uid,
    )
    return partial(
        runs.keys, runs.AuditRequest(choice=choice, manner=runs.RunOptions(timeout=timeout, verbose=verbose))
    )


def init(
    *, exchange: opt.ExchangeOption = None, output: opt.OutputOption = None, force: opt.ForceOption = False
) -> Action:
    """Write a first configuration file."""
    from auditor.cli.commands import init as starter

    return partial(starter.init, exchange or (), output, force=force)
