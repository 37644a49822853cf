"""The commands that look again and look back: watch, history, report. Parse, call, print."""

# ruff: noqa: PLC0415 - --help and wrong use load nothing heavy

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from auditor import cli_options as opt
from auditor import cli_values as values
from auditor.accounts import Options
from auditor.errors import Problem
from auditor.i18n import _
from auditor.watch import options as w

if TYPE_CHECKING:
    from auditor.run import Request
    from auditor.watch.command import WatchRequest
    from auditor.watch.policy import Policy

Act = Callable[[], int]
DemoWatch = Annotated[
    bool, typer.Option("--watch", help=_("Watch it while it is cleared step by step, in sped-up time."))
]
TIMEOUT = Options().timeout
WINDOW = Options().window
EVERY = timedelta(hours=6)


def watch(
    *,
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
    timeout: opt.Timeout = TIMEOUT,
    window: opt.Window = WINDOW,
    expect_uid: opt.ExpectUid = None,
    verbose: opt.Verbose = False,
    form: w.Form = None,
    output: opt.Output = None,
    html: w.Html = None,
    history: w.History = None,
    every: w.Every = None,
    longest: w.Longest = timedelta(hours=24),
    cron: w.Cron = None,
    confirm: w.Confirm = timedelta(minutes=30),
    until: w.Until = None,
    max_passes: w.MaxPasses = None,
    once: w.Once = False,
    no_wait: w.NoWait = False,
    notify: w.Notify = None,
    webhook: w.Webhook = None,
    notify_command: w.Command = None,
    notify_amounts: w.Amounts = False,
    metrics_file: w.Metrics = None,
    stale_after: w.Stale = timedelta(days=3),
    print_systemd: w.PrintSystemd = False,
    print_cron: w.PrintCron = False,
    print_github_action: w.PrintGithub = False,
) -> Act:
    """Watch the chosen accounts, or print what runs the watch."""
    from auditor.output import Output
    from auditor.run import Manner, Request
    from auditor.settings import Choice
    from auditor.watch.command import Telling, WatchRequest

    choice = Choice(
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
    manner = Manner(readonly=readonly, accept_unproven_key=unproven, timeout=timeout, window=window, verbose=verbose)
    telling = Telling(
        apprise=tuple(notify or ()),
        webhooks=tuple(webhook or ()),
        command=notify_command,
        amounts=notify_amounts,
        metrics=metrics_file,
        stale_after=stale_after,
    )
    wanted = WatchRequest(
        request=Request(choice=choice, manner=manner, output=Output(file=output)),
        policy=_policy(every, cron, longest=longest, confirm=confirm, until=until, max_passes=max_passes),
        history=history,
        form=form,
        html=html,
        once=_once(once, no_wait=no_wait),
        wait=not no_wait,
        telling=telling,
    )
    return _act(wanted, {"systemd": print_systemd, "cron": print_cron, "github": print_github_action})


def _act(wanted: "WatchRequest", prints: Mapping[str, bool]) -> Act:
    from auditor.watch import command, units

    kinds = [kind for kind, asked in prints.items() if asked]
    return partial(units.print_unit, kinds, wanted) if kinds else partial(command.watch, wanted)


def _policy(every: timedelta | None, cron: str | None, **more: Any) -> "Policy":
    from auditor.watch.crontab import Cron
    from auditor.watch.policy import LEAST, Policy

    floor = every or (EVERY if cron is None else LEAST)
    return Policy(every=floor, cron=None if cron is None else Cron(cron), **more)


def history(
    what: Annotated[list[str] | None, typer.Argument(metavar="[diff A B | prune]", parser=values.text)] = None,
    *,
    history: w.History = None,
    older_than: w.Older = None,
) -> Act:
    """List passes, compare two, or drop old ones."""
    from auditor.history import command

    match what or []:
        case []:
            return partial(command.show, history)
        case ["diff", before, after]:
            return partial(command.diff, history, before, after)
        case ["prune"] if older_than is not None:
            return partial(command.prune, history, older_than)
        case _:
            raise Problem(
                _("Write `audit history`, `audit history diff A B` or `audit history prune --older-than 90d`.")
            )


def report(
    name: Annotated[str, typer.Argument(metavar="FILE|PASS", parser=values.text)],
    *,
    form: opt.Format = "terminal",
    output: opt.Output = None,
    history: w.History = None,
) -> Act:
    """Render a stored pass, or a JSON report, again."""
    from auditor.history import command

    return partial(command.report, name, history, form, output)


def demo(name: str, request: "Request") -> Act:
    """Watch the account of the embedded exchange whose story is told."""
    from auditor.output import Output
    from auditor.watch import demo as story

    if name != "messy" or request.output != Output() or request.manner.evidence is not None:
        raise Problem(_("--watch tells the story of the account messy, and writes no report."))
    return partial(story.demo, request)


def register(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command(help=_("Audit again and again until the account is clean, and say what changed."))(watch)
    app.command(help=_("List stored passes, compare two of them (diff A B), or drop old ones (prune)."))(history)
    app.command(help=_("Show a stored pass, or a JSON report, again in any format."))(report)


def _once(once: bool, *, no_wait: bool) -> bool:
    if no_wait and not once:
        raise Problem(_("--no-wait goes with --once."))
    return once
