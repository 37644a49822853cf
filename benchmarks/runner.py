"""Run a case with every contestant in turn, and return the figures as plain values."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.demo import Call
from benchmarks.cases import Case
from benchmarks.contestants import ContestantResult, bound_of, median_result, run_audit, run_ccxt
from benchmarks.timing import ProcessTimes, time_process

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BenchmarkOptions:
    """Options of a run.

    ``latency``: seconds of each answer; ``runs``: runs per median; ``slow``: slow ccxt cases.
    """

    latency: float = 0.08
    runs: int = 3
    slow: bool = False


def run_case(case: Case, manner: BenchmarkOptions) -> Figures:
    """Time every contestant of one case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = median_result([run_audit(case, manner.latency, folder) for _run in range(manner.runs)])
        bound = bound_of(case, ours.calls, manner.latency)
        others = _others(case, manner, folder, ours.calls)
    figures = {"audit": _figures(ours), **{name: _figures(other) for name, other in others.items()}}
    return {
        "case": case.name,
        "accounts": len(case.accounts()),
        "bound": {"seconds": bound.seconds, "window": bound.window, "fullest": bound.fullest, "trips": bound.trips},
        "contestants": figures,
    }


def run_startup(runs: int) -> Figures:
    """Time the commands that send no request to an exchange."""
    command = [sys.executable, "-m", "auditor"]
    return {
        option: _fastest([time_process([*command, option]) for _run in range(runs)])
        for option in ("--help", "--version")
    }


def _others(
    case: Case, manner: BenchmarkOptions, folder: Path, calls: Sequence[Call]
) -> Mapping[str, ContestantResult]:
    if case.several:
        # Sequential calls would take hours, so ccxt runs without its throttle at an exchange without limits.
        # Only the processor limits it, so a single run would vary too much.
        free = [run_ccxt(case, manner.latency, folder, calls, gathered=True, free=True) for _ in range(manner.runs)]
        return {"bare": median_result(free)}
    if case.slow and not manner.slow:
        return {}
    return {
        "plain": run_ccxt(case, manner.latency, folder, calls, gathered=False),
        "gathered": run_ccxt(case, manner.latency, folder, calls, gathered=True),
    }


def _figures(result: ContestantResult) -> Figures:
    taken = result.taken
    return {**_timed(taken), "requests": len(result.calls), "over_limit": result.over_limit, "code": taken.code}


def _fastest(times: Sequence[ProcessTimes]) -> Figures:
    return _timed(min(times, key=lambda taken: taken.seconds))


def _timed(taken: ProcessTimes) -> Figures:
    return {"seconds": taken.seconds, "processor": taken.processor, "peak_bytes": taken.peak_bytes}
