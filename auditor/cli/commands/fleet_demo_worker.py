"""A worker of `audit fleet demo` in a process of its own; its order comes in JSON on stdin."""

import json
import os
import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from auditor.cli.commands.audit import RunOptions
from auditor.cli.commands.fleet_work import build_worker
from auditor.cli.options.fleet_groups import AccessOptions, FleetSchedule, NewsOptions, WorkRequest
from auditor.cli.runtime import log as logs
from auditor.cli.runtime.process import run_command, run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.fleet.database import FleetClock
from auditor.fleet.worker import Worker
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.model.account import Options
from auditor.watch.policy import Policy

GRACE = timedelta(seconds=5)


def main() -> int:
    """Work as the order says, and return the exit code."""
    order = json.load(sys.stdin)
    return run_command(lambda _arguments, runtime: run(order, runtime), [])


def run(order: Mapping[str, Any], runtime: Runtime) -> int:
    """Run the worker to its end, and return its exit code."""
    logs.configure(verbose=order.get("verbose", 0), translate=runtime.console)
    with History(Location(url=order["url"])) as history:
        worker = worker_of(order, history)
        code = run_supervised(worker.run())
    # Threads of the engine may sleep for seconds more; nothing of theirs is left to do.
    sys.stdout.flush()
    os._exit(code)


def worker_of(order: Mapping[str, Any], history: History) -> Worker:
    """Return the worker that an order describes, not begun.

    Its time runs ``speed`` times as fast since ``since``; ``pace`` 0 is for a server without limits.
    """
    request = WorkRequest(
        egress=order["egress"],
        credentials=order["credentials"],
        history=None,
        schedule=FleetSchedule(),
        manner=RunOptions(),
        access=AccessOptions(),
        news=NewsOptions(),
        slots=order["slots"],
        share=Fraction(1),
        grace=GRACE,
    )
    clock = FleetClock(datetime.fromisoformat(order["since"]), order["speed"])
    options = Options(pace=order["pace"])
    return build_worker(request, history, options, Policy(), runtime=None, clock=clock)


if __name__ == "__main__":
    sys.exit(main())
