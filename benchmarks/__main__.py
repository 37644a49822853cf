"""``python -m benchmarks``: run every case, print the table, write the figures as JSON.

``python -m benchmarks fleet`` prints the numbers of a fleet.
"""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import archive
from benchmarks.cases import CASES, find
from benchmarks.fleet.command import main as fleet
from benchmarks.runner import BenchmarkOptions, run_case, run_startup
from benchmarks.table import over_limit, report_lines
from benchmarks.timing import CLEARED

SCHEMA = "auditor.benchmarks/1"
NEAR, FAR = 80, 250
"""Milliseconds of a round trip to an exchange nearby, and in another part of the world."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks. Return 1 when this program exceeded an exchange's limit, else 0."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["fleet"]:
        return fleet(given[1:])
    asked = _parser().parse_args(given)
    if asked.what == "archive":
        return _archive(asked)
    manner = BenchmarkOptions(latency=_milliseconds(asked, NEAR) / 1000, runs=asked.runs, slow=asked.slow)
    done = []
    for case in [find(name) for name in asked.case] if asked.case else CASES:
        sys.stderr.write(f"{case.name} ...\n")
        done.append(run_case(case, manner))
    versions = {"python": platform.python_version(), "system": platform.system()}
    report = {"schema": SCHEMA, **versions, "cleared": CLEARED, "latency": manner.latency, "cases": done}
    report["startup"] = run_startup(asked.runs)
    asked.output.write_text(json.dumps(report, indent=1), "utf-8")
    sys.stdout.write("".join(f"{line}\n" for line in report_lines(report)))
    return int(over_limit(report, "audit") > 0)


def _archive(asked: argparse.Namespace) -> int:
    """Run the cases of an archive. Return 1 when a request was over a limit, else 0."""
    figures: archive.Figures = {}
    for part in archive.run(_milliseconds(asked, FAR) / 1000, asked.rows, asked.part):
        figures |= part
        asked.output.write_text(json.dumps(figures, indent=1), "utf-8")
        sys.stdout.write("".join(f"{line}\n" for line in archive.figures_lines(part)))
        sys.stdout.flush()
    return int(figures.get("requests over a limit", 0) > 0)


def _milliseconds(asked: argparse.Namespace, usual: float) -> float:
    return usual if asked.latency is None else float(asked.latency)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = ", ".join(case.name for case in CASES)
    parser.add_argument("what", nargs="?", choices=("audit", "archive"), default="audit", help="what to measure")
    parser.add_argument("--rows", type=int, default=archive.MANY, help="of the large ledger of an archive")
    parser.add_argument(
        "--part", choices=(archive.PAGED, archive.ROWS), default="", help="only this case of an archive"
    )
    parser.add_argument("--case", action="append", help=f"only this one; may be repeated: {names}")
    late = f"milliseconds by which each answer is late: {NEAR}, of an archive {FAR}"
    parser.add_argument("--latency", type=float, help=late)
    parser.add_argument("--runs", type=int, default=3, help="of this program and of bare ccxt; the median counts")
    parser.add_argument("--slow", action="store_true", help="time ccxt at Binance, too: some ten minutes a case")
    parser.add_argument("--output", type=Path, default=Path("benchmarks.json"), help="where the figures go")
    return parser


if __name__ == "__main__":
    sys.exit(main())
