"""A worker in a process of its own, like that of `audit fleet work`, with a clock and an address of a test.

It is told what to do in JSON on stdin: nothing that a command line or an environment would show.
"""

import json
import sys
import time
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import aiohttp

from auditor.cli.commands.audit import RunOptions
from auditor.cli.commands.fleet_work import build_worker
from auditor.cli.options.fleet_groups import AccessOptions, FleetSchedule, WorkRequest
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.process import run_command, run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.fleet import worker as workers
from auditor.fleet.database import FleetClock
from auditor.history import lease
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.model import clock
from auditor.model.account import Options
from auditor.watch.policy import Policy


def main() -> int:
    """Work as the order on stdin says."""
    order = json.load(sys.stdin)
    return run_command(lambda _arguments, runtime: work(order, runtime), [])


def work(order: dict[str, Any], runtime: Runtime) -> int:
    """Build the worker and run it to its end."""
    skew_clock(timedelta(seconds=order["skew"]))
    come_from(order["address"])
    lease.LASTS, lease.RENEWAL = timedelta(seconds=order["lasts"]), order["lasts"] / 6
    workers.SWEEP, workers.PULSE = 0.3, 1.0
    logs.configure(verbose=2)
    request = WorkRequest(
        egress=order["egress"],
        credentials=order["credentials"],
        history=None,
        schedule=FleetSchedule(),
        manner=RunOptions(),
        access=AccessOptions(),
        slots=order["slots"],
        share=Fraction(1),
        grace=timedelta(seconds=order["grace"]),
    )
    since = datetime.fromisoformat(order["since"])
    with History(Location(url=order["url"])) as history:
        clock_ = FleetClock(since, order["speed"])
        worker = build_worker(request, history, Options(), Policy(), runtime=runtime, clock=clock_)
        return run_supervised(worker.run())


def skew_clock(skew: timedelta) -> None:
    """Put this process's clock forward."""
    true_time = time.time
    time.time = lambda: true_time() + skew.total_seconds()
    clock._SOURCE = ContextVar("SKEWED", default=lambda: datetime.fromtimestamp(time.time(), UTC))


def come_from(address: str) -> None:
    """Let every connection to the exchange come from this address."""
    begin = aiohttp.TCPConnector.__init__

    def begun(self: aiohttp.TCPConnector, *given: Any, **named: Any) -> None:
        begin(self, *given, **{**named, "local_addr": (address, 0)})

    aiohttp.TCPConnector.__init__ = begun  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
