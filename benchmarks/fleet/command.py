"""Measure the numbers of a fleet one after the other, and print each as soon as it is known."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.cases import find
from benchmarks.fleet.figures import Figure, lines
from benchmarks.fleet.queries import FEW, MANY, measure_queries
from benchmarks.fleet.workers import measure_memory, measure_worker

PARTS = ("worker", "queries", "memory")


def main(arguments: Sequence[str]) -> int:
    """Print the table. Return 1 when a bound was missed, else 0."""
    asked = _parser().parse_args(arguments)
    parts: dict[str, Callable[[Path], Iterator[Figure]]] = {
        "worker": lambda folder: measure_worker(find(asked.case), asked.latency / 1000, folder),
        "memory": lambda folder: measure_memory(find(asked.many), find(asked.few_accounts), folder),
        "queries": lambda folder: measure_queries(folder, asked.families, asked.few),
    }
    figures: list[Figure] = []
    for name in asked.part or PARTS:
        sys.stderr.write(f"{name} ...\n")
        with tempfile.TemporaryDirectory() as folder:
            figures += parts[name](Path(folder))
    sys.stdout.write("".join(f"{line}\n" for line in lines(figures)))
    return int(not all(figure.is_reached for figure in figures))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks fleet", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this one; may be repeated")
    parser.add_argument("--case", default="50 accounts", help="the accounts that a worker reads")
    parser.add_argument("--latency", type=float, default=80, help="milliseconds by which each answer is late")
    parser.add_argument("--families", type=int, default=MANY, help="families in the large database")
    parser.add_argument("--few", type=int, default=FEW, help="families in the small one")
    parser.add_argument("--many", default="5000 accounts", help="accounts after which memory is measured")
    parser.add_argument("--few-accounts", default="500 accounts", help="and those that it is compared with")
    return parser
