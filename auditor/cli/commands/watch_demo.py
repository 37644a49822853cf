"""The command `audit demo --watch`: a watch in sped-up time until a demo account is clean."""

import sys
from collections.abc import Callable

from pydantic import SecretStr

from auditor.cli.commands.audit import DEMO_EXCHANGE, AuditRequest
from auditor.cli.commands.watch_run import (
    WatchRequest,
    WatchResources,
    pass_with_progress,
    progress_callback,
    run,
    temporary_history,
)
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.progress_view import ProgressView
from auditor.cli.runtime.reader import Runtime
from auditor.demo import account, serve
from auditor.demo.okx.clearing import Clearing, clearing_steps
from auditor.history.database_url import Location
from auditor.history.lease import FileLease
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.watch.audit_pass import pass_maker
from auditor.watch.clock import FastClock
from auditor.watch.notify.display import write_stderr
from auditor.watch.notify.notifier import NotifierOptions

NAME = "messy"
NAP = 0.7
"""Seconds between two passes in a terminal, so that a person can follow."""


def demo(
    request: AuditRequest, runtime: Runtime, nap: float | None = None, show: Callable[[str], None] = write_stderr
) -> int:
    """Watch the account "messy" until it is clean, and return the exit code.

    ``nap``: seconds between passes; ``show``: prints the title of each step. Raises UserError.
    """
    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    demo_account = account(NAME)
    seconds = nap if nap is not None else NAP if sys.stdout.isatty() else 0.0
    with (
        temporary_history() as file,
        serve([demo_account], limits=False) as exchange,
        History(Location(file=file)) as history,
    ):
        steps = clearing_steps(demo_account)
        clearing = Clearing(exchange, demo_account, steps, lambda title: show(f"-- {runtime.console(_(title))}"))
        clock = FastClock(nap=seconds, woken=clearing.advance)
        audited = Account(
            name=NAME, exchange=DEMO_EXCHANGE, credentials=_credentials(), base_url=exchange.url, demo=True
        )
        view = ProgressView(runtime.console)
        options = Options(
            readonly=request.manner.readonly,
            timeout=request.manner.timeout,
            pace=0,
            progress=progress_callback(view, runtime),
        )
        take = pass_with_progress(pass_maker([audited], options, clock), view)
        means = WatchResources(history=history, claim=FileLease(file), clock=clock, take=take, progress=view)
        return run(WatchRequest(request=request), [audited], means, NotifierOptions(), runtime)


def _credentials() -> dict[str, SecretStr]:
    demo_account = account(NAME)
    plain = {"apiKey": demo_account.apikey, "secret": demo_account.secret, "password": demo_account.passphrase}
    return {name: SecretStr(value) for name, value in plain.items()}
