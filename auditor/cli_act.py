"""The commands for whoever acts on a report: the plan, the letter to support, and whether a link is official."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from auditor import cli_options as opt
from auditor.accounts import Options
from auditor.i18n import _
from auditor.output import Output

if TYPE_CHECKING:
    from auditor.settings import Choice

TIMEOUT = Options().timeout
Act = Callable[[], int]


def register(app: typer.Typer) -> None:
    """Add the commands of this module to ``app``."""
    app.command(help=_("Say what to do, in the order that works, and when it can be over."))(plan)
    app.command(help=_("Write the letter to the exchange's official support."))(appeal)
    app.command(help=_("Say whether a link belongs to an exchange. Exit code 0: it does."))(official)


def plan(
    *,
    demo: opt.Demo = None,
    exchange: opt.Exchange = None,
    account: opt.AccountName = None,
    config: opt.Config = None,
    readonly: opt.Readonly = True,
    unproven: opt.Unproven = False,
    base_url: opt.BaseUrl = None,
    trust_host: opt.TrustHost = None,
    named: opt.Named = None,
    sandbox: opt.Sandbox = False,
    proxy: opt.Proxy = None,
    form: opt.PlanFormat = "terminal",
    output: opt.Output = None,
    timeout: opt.Timeout = TIMEOUT,
    expect_uid: opt.ExpectUid = None,
    verbose: opt.Verbose = False,
) -> Act:
    """Audit the chosen accounts and show the plan alone."""
    from auditor import run as runs
    from auditor.views import plan as view

    view.check(form)
    choice = _choice(
        exchange=exchange,
        account=account,
        config=config,
        base_url=base_url,
        trust_host=trust_host,
        proxy=proxy,
        expect_uid=expect_uid,
        sandbox=sandbox,
        named=named,
    )
    manner = runs.Manner(readonly=readonly, accept_unproven_key=unproven, timeout=timeout, verbose=verbose)
    sink = Output(file=output, dust_csv=None, view=partial(view.render, form))
    return partial(runs.audit_or_demo, demo, runs.Request(choice=choice, manner=manner, output=sink))


def appeal(
    *,
    error: opt.Error = None,
    about: opt.About = None,
    demo: opt.Demo = None,
    exchange: opt.Exchange = None,
    account: opt.AccountName = None,
    config: opt.Config = None,
    readonly: opt.Readonly = True,
    unproven: opt.Unproven = False,
    base_url: opt.BaseUrl = None,
    trust_host: opt.TrustHost = None,
    named: opt.Named = None,
    sandbox: opt.Sandbox = False,
    proxy: opt.Proxy = None,
    output: opt.Output = None,
    timeout: opt.Timeout = TIMEOUT,
    expect_uid: opt.ExpectUid = None,
    verbose: opt.Verbose = False,
) -> Act:
    """Audit the chosen accounts and write the letter."""
    from auditor import run as runs
    from auditor.views import appeal as view

    wish = view.Wish(error=error, about=tuple(about or ()))
    view.check(wish)
    choice = _choice(
        exchange=exchange,
        account=account,
        config=config,
        base_url=base_url,
        trust_host=trust_host,
        proxy=proxy,
        expect_uid=expect_uid,
        sandbox=sandbox,
        named=named,
    )
    manner = runs.Manner(readonly=readonly, accept_unproven_key=unproven, timeout=timeout, verbose=verbose)
    sink = Output(file=output, dust_csv=None, view=partial(view.render, wish))
    return partial(runs.audit_or_demo, demo, runs.Request(choice=choice, manner=manner, output=sink))


def official(url: Annotated[str, typer.Argument(metavar="URL")]) -> Act:
    """Say to whom a link leads."""
    from auditor import official as links

    return partial(links.official, url)


def _choice(
    *,
    exchange: list[str] | None,
    account: list[str] | None,
    config: Path | None,
    base_url: str | None,
    trust_host: list[str] | None,
    proxy: str | None,
    expect_uid: str | None,
    sandbox: bool,
    named: list[str] | None,
) -> "Choice":
    """The accounts that the options choose."""
    from auditor.settings import Choice

    return Choice(
        exchanges=tuple(exchange or ()),
        accounts=tuple(account or ()),
        config=config,
        base_url=base_url,
        trust_hosts=tuple(trust_host or ()),
        sandbox=sandbox,
        proxy=proxy,
        expect_uid=expect_uid,
        named=tuple(named or ()),
    )
