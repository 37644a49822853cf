"""``python -m benchmarks archive``: an archive beside ccxt's own paging, and what a million rows cost."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from auditor.archive.session import archive_table
from auditor.demo import Account, Call
from auditor.exchanges.registry import load
from benchmarks.archive_client import PEAK
from benchmarks.archive_serving import serve_ledger
from benchmarks.bound import Places, lower_bound
from benchmarks.cases import ARCHIVE
from benchmarks.contestants import CCXT_KEYS, KEYS
from benchmarks.serving import serve_case
from benchmarks.timing import ProcessTimes, time_process

MEGABYTE = 1_000_000
MANY, FEW = 1_000_000, 10_000
PAGED, ROWS = "paged", "rows"
"""The cases: an account whose limits are kept, and rows without limits."""
GOALS = {
    "over the bound": "at most 1.15",
    "ccxt / audit": "at least 2.0",
    "requests over a limit": "0",
    "rows a second": "at least 8,000",
    "more MB of memory": "at most 20",
    "MB of raw answers": "at most 80",
    "seconds to verify": "at most 60",
}
Figures = dict[str, Any]


def run(latency: float, rows: int = MANY, part: str = "") -> Iterator[Figures]:
    """Yield the figures of each case, or of one. ``latency``: seconds of each answer of the first."""
    if part != ROWS:
        yield _paged(latency)
    if part != PAGED:
        yield _rows(rows)


def figures_lines(figures: Mapping[str, Any]) -> Iterator[str]:
    """Yield a line for each figure, with its goal."""
    for name, value in figures.items():
        goal = GOALS.get(name, "")
        yield f"{name:<24} {value:>12,.2f}  {goal}".rstrip()


def _paged(latency: float) -> Figures:
    """Time an account of tens of thousands of rows where limits are kept, and ccxt with the same calls."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (told,) = ARCHIVE.accounts()
        with serve_case(ARCHIVE.name, latency) as served:
            ours = _archive(told, served.url, folder)
        calls = served.calls
        bound = lower_bound(archive_table(load("okx")), calls, latency)
        with serve_case(ARCHIVE.name, latency) as other:
            plain = _ccxt(told, other.url, folder, calls)
    return {
        "requests": len(calls),
        "seconds": ours.seconds,
        "bound": bound.seconds,
        "over the bound": ours.seconds / bound.seconds,
        "seconds of ccxt": plain.seconds,
        "ccxt / audit": plain.seconds / ours.seconds,
        "requests over a limit": served.over_limit,
        "of ccxt over a limit": other.over_limit,
    }


def _rows(rows: int) -> Figures:
    """Time a ledger of so many rows without limits, from the first answer to the seal, and its verification."""
    peaks = {}
    for count in (min(FEW, rows), rows):
        with tempfile.TemporaryDirectory() as name, serve_ledger(count) as url:
            folder = Path(name)
            made = time_process([sys.executable, "-m", "benchmarks.archive_client", url, name])
            peaks[count] = int((folder / PEAK).read_text(encoding="ascii"))
            (sealed,) = folder.glob("okx-*")
            size = sum(path.stat().st_size for path in (sealed / "data/raw").rglob("*.gz"))
            verified = time_process([sys.executable, "-m", "auditor", "archive", "verify", str(sealed)])
    return {
        "rows": rows,
        "rows a second": rows / made.seconds,
        "more MB of memory": (peaks[rows] - peaks[min(FEW, rows)]) / MEGABYTE,
        "MB of raw answers": size / MEGABYTE,
        "seconds to verify": verified.seconds,
        "processor to verify": verified.processor or 0,
        "MB to verify": (verified.peak_bytes or 0) / MEGABYTE,
    }


def _archive(told: Account, url: str, folder: Path) -> ProcessTimes:
    config = folder / "accounts.toml"
    keys = [f'{name} = "env:BENCH_{name.upper()}"' for name in KEYS]
    lines = ["[[accounts]]", f'name = "{told.name}"', 'exchange = "okx"', f'base_url = "{url}"', *keys]
    config.write_text("\n".join(lines) + "\n", "utf-8")
    variables = {f"BENCH_{name.upper()}": getattr(told, key) for name, key in KEYS.items()}
    command = [sys.executable, "-m", "auditor", "archive", "--config", str(config), "--to", str(folder)]
    return time_process(command, {**variables, "XDG_DATA_HOME": str(folder)})


def _ccxt(told: Account, url: str, folder: Path, calls: Sequence[Call]) -> ProcessTimes:
    places, plan = Places(archive_table(load("okx"))), folder / "plan.json"
    asked = [[told.name, places[call].ccxt_section, places[call].path, call.method, call.query] for call in calls]
    keys = {told.name: {name: getattr(told, key) for name, key in CCXT_KEYS.items()}}
    content = {"exchange": "okx", "url": url, "accounts": keys, "gathered": False, "throttle": True, "calls": asked}
    plan.write_text(json.dumps(content), "utf-8")
    return time_process([sys.executable, "-m", "benchmarks.plain", str(plan)])
