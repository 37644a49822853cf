"""The run of `audit fleet work`: history, engine, hosts and worker."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from auditor.cli.options.fleet_groups import WorkRequest
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.fleet.database import Database, FleetClock
from auditor.fleet.digest import tell_news
from auditor.fleet.egress_lock import lock_for
from auditor.fleet.engine import Engine
from auditor.fleet.engine_local import LocalEngine
from auditor.fleet.figures import Figures
from auditor.fleet.look import Means
from auditor.fleet.worker import Tell, Worker
from auditor.formats.escape import escape_invisible
from auditor.formats.terminal.verdicts import account_verdict
from auditor.history.database_url import Location, parse_location
from auditor.history.serialization import Pass
from auditor.history.store import History
from auditor.i18n import _, joined, moment
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.security import urls
from auditor.security.credentials_template import parse_template
from auditor.security.locks import install_command
from auditor.transport.host import HostPool
from auditor.watch.policy import Policy


def work(request: WorkRequest, runtime: Runtime) -> int:
    """Work at one egress until all of its accounts are clean, and return the exit code. Raises UserError."""
    logs.configure(verbose=request.manner.verbose, translate=runtime.console)
    location, options, policy = parse_location(request.history), work_options(request), request.schedule.policy()
    parse_template(request.credentials)  # before anything is opened
    with History(location) as history:
        worker = build_worker(request, history, options, policy, runtime=runtime)
        try:
            return run_supervised(worker.run())
        finally:
            worker.means.database.close()


def work_options(request: WorkRequest) -> Options:
    """Return the options of the audits. Raises UserError."""
    proxy = request.access.proxy
    return Options(
        readonly=request.manner.readonly,
        accept_unproven_key=request.manner.accept_unproven_key,
        timeout=request.manner.timeout,
        window=request.manner.window,
        trust_hosts=frozenset(urls.trusted_host(host) for host in request.access.trust_host or ()),
        proxy=None if proxy is None else urls.proxy_url(proxy),
    )


def build_worker(
    request: WorkRequest,
    history: History,
    options: Options,
    policy: Policy,
    *,
    runtime: Runtime | None,
    clock: FleetClock | None = None,
) -> Worker:
    """Return the worker, not begun. ``runtime``: how to print passes; None for silence. Raises UserError."""
    figures, database = Figures(), Database(history)
    options = replace(options, keep=figures.keep)
    means = Means(
        database=database,
        engine=_engine(history.location, clock),
        clock=clock or FleetClock(),
        egress=request.egress,
        template=parse_template(request.credentials),
        options=options,
        hosts=HostPool(options, request.slots),
        policy=policy,
        stored=_stored(figures, runtime),
    )
    return Worker(
        means=means,
        lock=lock_for(history, request.egress),
        slots=request.slots,
        grace=request.grace,
        part=request.share,
        figures=figures,
        tell=_teller(request, database, runtime),
    )


def _teller(request: WorkRequest, database: Database, runtime: Runtime | None) -> Tell | None:
    """Return the function that sends the fleet's news if it is this worker's turn. Raises UserError."""
    channels = request.news.channels()
    if runtime is None or not channels:
        return None

    async def tell(at_once: bool) -> bool:
        return await tell_news(database, channels, runtime.console, runtime.say, at_once=at_once)

    return tell


def _engine(location: Location, clock: FleetClock | None) -> Engine:
    """Return the engine: a fleet in a file has one worker, whose alarms need not outlive it."""
    if location.file is not None:
        return LocalEngine()
    try:
        from auditor.fleet.engine_dbos import DbosEngine  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise UserError(_("Several workers need dbos: {command}").format(command=install_command())) from None
    return DbosEngine(location) if clock is None or clock.speed == 1 else DbosEngine(location, poll=QUICK)


QUICK = timedelta(seconds=0.2).total_seconds()
"""Seconds between two questions for alarms in a simulation."""


def _stored(figures: Figures, runtime: Runtime | None) -> Callable[[str, Pass], None]:
    """Return the function that counts and prints each pass that was stored: one line an account, without amounts."""

    def stored(_family: str, done: Pass) -> None:
        figures.passes += 1
        if runtime is None:
            return
        for account in done.report.accounts:
            words = (moment(done.finished_at), account.snapshot.name, account_verdict(done.report, account))
            sys.stdout.write(f"{escape_invisible(runtime.console(joined('  ', words)))}\n")
        sys.stdout.flush()

    return stored
