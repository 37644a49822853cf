"""Run a case: every contestant in turn, and what came of it as plain values."""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.demo import Call
from benchmarks.cases import Case
from benchmarks.contestants import Result, audited, bound_of, typical, with_ccxt
from benchmarks.timing import Timed, timed

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Manner:
    """``latency``: of each answer; ``runs``: of which the median counts; ``slow``: ccxt's slow cases, too."""

    latency: float = 0.08
    runs: int = 3
    slow: bool = False


def run_case(case: Case, manner: Manner) -> Figures:
    """Time every contestant of one case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = typical([audited(case, manner.latency, folder) for _run in range(manner.runs)])
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
    """Time the commands that ask nothing of an exchange."""
    command = [sys.executable, "-m", "auditor"]
    return {option: _fastest([timed([*command, option]) for _run in range(runs)]) for option in ("--help", "--version")}


def _others(case: Case, manner: Manner, folder: Path, calls: Sequence[Call]) -> Mapping[str, Result]:
    if case.several:
        # One after another would take hours: ccxt is told to heed no limit, at an exchange that has none.
        # Nothing but the processor holds it up, so that one run alone would say little.
        free = [with_ccxt(case, manner.latency, folder, calls, gathered=True, free=True) for _ in range(manner.runs)]
        return {"bare": typical(free)}
    if case.slow and not manner.slow:
        return {}
    return {
        "plain": with_ccxt(case, manner.latency, folder, calls, gathered=False),
        "gathered": with_ccxt(case, manner.latency, folder, calls, gathered=True),
    }


def _figures(result: Result) -> Figures:
    taken = result.taken
    return {**_timed(taken), "requests": len(result.calls), "over_limit": result.over_limit, "code": taken.code}


def _fastest(times: Sequence[Timed]) -> Figures:
    return _timed(min(times, key=lambda taken: taken.seconds))


def _timed(taken: Timed) -> Figures:
    return {"seconds": taken.seconds, "processor": taken.processor, "peak_bytes": taken.peak_bytes}
