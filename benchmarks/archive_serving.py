"""Serve a ledger of any number of rows, whose pages are computed: ``python -m benchmarks.archive_serving ROWS``."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from subprocess import PIPE, Popen

import orjson

from auditor.demo import Account, account, serve, server
from auditor.demo.okx import answers
from auditor.demo.okx.answers import OkxQuery
from auditor.demo.okx.story import TRADING
from benchmarks.big_ledger import DAY, BigLedger
from benchmarks.timing import environment


@contextmanager
def serve_ledger(rows: int) -> Iterator[str]:
    """Serve it without limits from a process of its own until the block ends. The value is the URL."""
    command = [sys.executable, "-m", "benchmarks.archive_serving", str(rows)]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=environment()) as process:
        if process.stdin is None or process.stdout is None:
            raise AssertionError  # both are pipes
        yield process.stdout.readline().strip()
        process.stdin.close()


def big_account(ledger: BigLedger) -> Account:
    """Return an account with the balances of a ledger, and nothing else."""
    cash = [{"ccy": ccy, "cashBal": balance} for ccy, balance in ledger.balances()]
    return account("empty").with_(books={"account/balance": cash})


def main(arguments: Sequence[str]) -> None:
    """Serve until stdin is closed. Rows lie between 80 and 9 days ago: within reach, and in no list of a week."""
    now = int(time.time() * 1000)
    ledger = BigLedger(int(arguments[0]), now - 80 * DAY, now - 9 * DAY)

    def page(query: OkxQuery) -> list[dict[str, str]]:
        return ledger.page(query.params.get("after"))

    # Rows that are there all at once would take gigabytes, and each page the time to look through them.
    answers._SHAPES[TRADING] = page  # noqa: SLF001 - a benchmark of a reader, not of its server
    # As OKX writes them: without the blanks of the library's writer.
    server._encoded = lambda body: orjson.dumps(body)  # noqa: SLF001, PLW0108 - as above
    with serve([big_account(ledger)], limits=False) as exchange:
        sys.stdout.write(json.dumps(exchange.url).strip('"') + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
