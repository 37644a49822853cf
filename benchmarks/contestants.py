"""The contestants, this program and ccxt: each a process with an embedded exchange of its own."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from auditor.demo import Account, Call
from auditor.exchanges.registry import load
from benchmarks.bound import LowerBound, Places, lower_bound
from benchmarks.cases import Case
from benchmarks.serving import ServedExchange, serve_case
from benchmarks.timing import ProcessTimes, time_process

KEYS = {"apikey": "apikey", "secret": "secret", "password": "passphrase"}
CCXT_KEYS = {"apiKey": "apikey", "secret": "secret", "password": "passphrase"}


@dataclass(frozen=True, slots=True)
class ContestantResult:
    """One contestant's time and memory, its calls, and how often it exceeded the limits."""

    taken: ProcessTimes
    calls: list[Call]
    over_limit: int


def run_audit(case: Case, latency: float, folder: Path) -> ContestantResult:
    """Run this program by its command line and a configuration file."""
    accounts = case.accounts()
    with serve_case(case.name, latency) as served:
        config = folder / "accounts.toml"
        config.write_text("\n".join(_entry(case, one, n, served) for n, one in enumerate(accounts)), "utf-8")
        command = [sys.executable, "-m", "auditor", "--config", str(config), "--format", "json"]
        command += ["--output", str(folder / "report.json"), "--dust-csv", str(folder / "dust.csv")]
        taken = time_process([*command, "--timeout", "3600"], _variables(accounts))
    return ContestantResult(taken, served.calls, served.over_limit)


def run_ccxt(
    case: Case, latency: float, folder: Path, calls: Sequence[Call], *, gathered: bool, free: bool = False
) -> ContestantResult:
    """Run ccxt with ``calls`` and its throttle.

    ``free``: without it, at an exchange without limits.
    """
    plan = folder / "plan.json"
    with serve_case(case.name, latency, limits=not free) as served:
        accounts = {one.name: {name: getattr(one, key) for name, key in CCXT_KEYS.items()} for one in case.accounts()}
        content = {"exchange": case.exchange, "url": served.url, "accounts": accounts, "gathered": gathered}
        plan.write_text(json.dumps({**content, "throttle": not free, "calls": _planned(case, calls)}), "utf-8")
        taken = time_process([sys.executable, "-m", "benchmarks.plain", str(plan)])
    return ContestantResult(taken, served.calls, served.over_limit)


def bound_of(case: Case, calls: Sequence[Call], latency: float) -> LowerBound:
    """Return the lower bound for ``calls``."""
    return lower_bound(load(case.exchange), calls, latency)


def median_result(results: Sequence[ContestantResult]) -> ContestantResult:
    """Return the result with the median time."""
    middle = median([result.taken.seconds for result in results])
    return min(results, key=lambda result: abs(result.taken.seconds - middle))


def _entry(case: Case, one: Account, number: int, served: ServedExchange) -> str:
    names = [name for name in KEYS if name.lower() in {known.lower() for known in load(case.exchange).api.credentials}]
    keys = [f'{name} = "env:BENCH_{number}_{name.upper()}"' for name in names]
    lines = [f'name = "{one.name}"', f'exchange = "{case.exchange}"', f'base_url = "{served.url}"', *keys]
    lines += [f'services.{service} = "{url}"' for service, url in served.services.items()]
    return "\n".join(["[[accounts]]", *lines, ""])


def _variables(accounts: Sequence[Account]) -> dict[str, str]:
    every = [(number, one, name, key) for number, one in enumerate(accounts) for name, key in KEYS.items()]
    return {f"BENCH_{number}_{name.upper()}": getattr(one, key) for number, one, name, key in every}


def _planned(case: Case, calls: Sequence[Call]) -> list[list[object]]:
    places, first = Places(load(case.exchange)), case.accounts()[0].name
    found = [(places[call], call) for call in calls]
    return [[call.account or first, e.ccxt_section, e.path, call.method, call.query] for e, call in found]
