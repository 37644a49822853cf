"""Run the embedded exchange in its own process, with a given latency and the documented limits."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from auditor.demo import Call, serve
from benchmarks import cases, quick_books
from benchmarks.timing import environment

TOO_MANY = frozenset({429, 418})


@dataclass(slots=True)
class ServedExchange:
    """A running exchange: its URL, those of its services, and, after its end, its calls."""

    url: str
    services: dict[str, str] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)

    @property
    def over_limit(self) -> int:
        """How many calls exceeded the limits."""
        return sum(call.code == "50011" or call.status in TOO_MANY for call in self.calls)


@contextmanager
def serve_case(case: str, latency: float, *, limits: bool = True) -> Iterator[ServedExchange]:
    """Run the exchange of ``case`` in its own process until the block ends."""
    command = [sys.executable, "-m", "benchmarks.serving", case, str(latency), "limits" if limits else "free"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment()) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError  # both are pipes
        served = ServedExchange(*json.loads(process.stdout.readline()))
        yield served
        process.stdin.close()
        served.calls = [Call(*call) for call in json.loads(process.stdout.read())]


def main(arguments: Sequence[str]) -> None:
    """Serve until stdin is closed, then write every call to stdout as JSON."""
    case, latency, limits = arguments
    accounts = cases.find(case).accounts()
    if case == cases.ARCHIVE.name:
        quick_books.install(*accounts)
    with serve(accounts, latency=float(latency), limits=limits == "limits") as exchange:
        sys.stdout.write(json.dumps([exchange.url, exchange.services]) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        calls = [[c.method, c.path, c.query, c.account, c.status, c.code, c.address, c.at] for c in exchange.calls]
    sys.stdout.write(json.dumps(calls))


if __name__ == "__main__":
    main(sys.argv[1:])
