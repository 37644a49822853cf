"""`audit demo --watch`: days pass in seconds while the embedded exchange's account is cleared, until it ends clean."""

import sys
from collections.abc import Callable

from pydantic import SecretStr

from auditor.cli.commands.audit import DEMO_EXCHANGE, Request
from auditor.cli.commands.watch_run import Means, WatchRequest, run, temporary
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.reader import Runtime
from auditor.demo import account, serve
from auditor.demo.okx.clearing import Clearing, clearing_steps
from auditor.history.database_url import Location
from auditor.history.lease import FileClaim
from auditor.history.store import History
from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.watch.audit_pass import taking
from auditor.watch.clock import FastClock
from auditor.watch.notify.display import tell
from auditor.watch.notify.notifier import Wishes

NAME = "messy"
NAP = 0.7
"""Seconds between two looks, for people who watch."""


def demo(request: Request, runtime: Runtime, nap: float | None = None, heard: Callable[[str], None] = tell) -> int:
    """Watch the messy account until it is clean. The exit code; raises Problem."""
    logs.configure(verbose=request.manner.verbose)
    chosen = account(NAME)
    napping = nap if nap is not None else NAP if sys.stdout.isatty() else 0.0
    with temporary() as file, serve([chosen], limits=False) as exchange, History(Location(file=file)) as history:
        steps = clearing_steps(chosen)
        clearing = Clearing(exchange, chosen, steps, lambda title: heard(f"-- {runtime.console(_(title))}"))
        clock = FastClock(nap=napping, woken=clearing.advance)
        audited = Account(
            name=NAME, exchange=DEMO_EXCHANGE, credentials=_credentials(), base_url=exchange.url, demo=True
        )
        options = Options(readonly=request.manner.readonly, timeout=request.manner.timeout, pace=0)
        take = taking([audited], options, clock)
        means = Means(history=history, claim=FileClaim(file), clock=clock, take=take)
        return run(WatchRequest(request=request), [audited], means, Wishes(), runtime)


def _credentials() -> dict[str, SecretStr]:
    chosen = account(NAME)
    plain = {"apiKey": chosen.apikey, "secret": chosen.secret, "password": chosen.passphrase}
    return {name: SecretStr(value) for name, value in plain.items()}
