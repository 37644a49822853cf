"""A worker in a process of its own, like that of `audit fleet demo`, with a clock and an address of a test."""

import json
import sys
import time
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from auditor.cli.commands import fleet_demo_worker
from auditor.cli.runtime.process import run_command
from auditor.fleet import look as looks
from auditor.fleet import worker as workers
from auditor.history import lease
from auditor.model import clock


def main() -> int:
    """Work as the order on stdin says."""
    order: Mapping[str, Any] = json.load(sys.stdin)
    skew_clock(timedelta(seconds=order["skew"]))
    come_from(order["address"])
    lease.LASTS, lease.RENEWAL = timedelta(seconds=order["lasts"]), order["lasts"] / 6
    workers.SWEEP, workers.PULSE = 0.3, 1.0
    workers.LOST = timedelta(seconds=order.get("lost", 30))
    looks.TAKEN = looks.FAILED = timedelta(seconds=2)
    return run_command(lambda _arguments, runtime: fleet_demo_worker.run(order, runtime), [])


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
