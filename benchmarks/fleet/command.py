"""Measure the numbers of a fleet one after the other, and print each as soon as it is known."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.cases import find
from benchmarks.fleet.figures import Figure, lines
from benchmarks.fleet.queries import FEW, MANY, measure_queries
from benchmarks.fleet.timeliness import measure_distance, measure_lateness
from benchmarks.fleet.workers import measure_address, measure_memory, measure_worker

Part = Callable[[argparse.Namespace], Iterator[Figure]]


def main(arguments: Sequence[str]) -> int:
    """Print the table. Return 1 when a bound was missed, else 0."""
    asked = _parser().parse_args(arguments)
    figures: list[Figure] = []
    for name in asked.part or PARTS:
        sys.stderr.write(f"{name} ...\n")
        for figure in PARTS[name](asked):
            sys.stderr.write(f"  {figure.what}: {figure.value:.2f}\n")
            figures.append(figure)
    sys.stdout.write("".join(f"{line}\n" for line in lines(figures)))
    return int(not all(figure.is_reached for figure in figures))


def _queries(asked: argparse.Namespace) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from measure_queries(Path(folder), asked.families, asked.few)


PARTS: dict[str, Part] = {
    "worker": lambda asked: measure_worker(find(asked.case), asked.latency / 1000, asked.rounds),
    "address": lambda asked: measure_address(find(asked.address_case), asked.latency / 1000),
    "queries": _queries,
    "lateness": lambda asked: measure_lateness(find(asked.late_case), asked.latency / 1000, asked.spread),
    "distance": lambda asked: measure_distance(
        find(asked.far_case), asked.latency / 1000, asked.away / 1000, asked.rounds
    ),
    "memory": lambda asked: measure_memory(find(asked.many), asked.few_accounts),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks fleet", description=__doc__)
    parser.add_argument("--part", action="append", choices=tuple(PARTS), help="only this one; may be repeated")
    parser.add_argument("--case", default="50 accounts", help="the accounts that a worker and an audit read")
    parser.add_argument("--rounds", type=int, default=3, help="runs of either side, in turn; the median counts")
    parser.add_argument("--latency", type=float, default=80, help="milliseconds by which each answer is late")
    parser.add_argument("--address-case", default="6 binance", help="accounts whose requests are counted together")
    parser.add_argument("--families", type=int, default=MANY, help="families in the large database")
    parser.add_argument("--few", type=int, default=FEW, help="families in the small one")
    parser.add_argument("--late-case", default="100 krakenfutures", help="accounts that are due one after the other")
    parser.add_argument("--spread", default="100s", help="the time over which they are due")
    parser.add_argument("--far-case", default="200 krakenfutures", help="accounts of a worker with a database far away")
    parser.add_argument("--away", type=float, default=20, help="milliseconds of a round trip to that database")
    parser.add_argument("--many", default="5000 krakenfutures", help="accounts after which memory is measured")
    parser.add_argument("--few-accounts", type=int, default=500, help="and after so many of them")
    return parser
