"""Time one process from outside: seconds, processor seconds, and peak memory where the system reports it."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# An installed program has compiled bytecode; without it ccxt takes several times longer to load.
CLEARED = "PYTHONDONTWRITEBYTECODE"
KILOBYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class ProcessTimes:
    """The resources that one process used. ``processor`` and ``peak_bytes`` are None on Windows."""

    seconds: float
    processor: float | None
    peak_bytes: int | None
    code: int


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment without the cleared variables, plus ``more``."""
    kept = {name: value for name, value in os.environ.items() if name != CLEARED}
    return {**kept, "PYTHONPATH": os.getcwd(), **(more or {})}  # noqa: PTH109 - as text, for the child


def time_process(command: Sequence[str], more: Mapping[str, str] | None = None) -> ProcessTimes:
    """Run ``command`` to its end and return its resources. Its stdout is discarded."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment(more), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if not hasattr(os, "wait4"):
        code = process.wait()
        return ProcessTimes(time.perf_counter() - begun, None, None, code)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    used = usage.ru_utime + usage.ru_stime
    return ProcessTimes(seconds, used, usage.ru_maxrss * KILOBYTES, process.returncode)
