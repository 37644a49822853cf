"""Serve a ledger of any number of rows, made beforehand: ``python -m benchmarks.archive_serving ROWS``."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from subprocess import PIPE, Popen

from zlib_ng import zlib_ng

from auditor.demo import Account, account, serve
from auditor.demo.okx.story import TRADING
from auditor.demo.okx.venue import OkxVenue
from auditor.demo.venue import Answer, Request, State
from benchmarks.big_ledger import DAY, BigLedger
from benchmarks.timing import environment

LEVEL, GZIP = 5, 31
"""Of compression, and zlib's number for a gzip member."""
PACKED = {"Content-Encoding": "gzip", "Content-Type": "application/json"}


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


class LedgerVenue(OkxVenue):
    """OKX with a large Trading ledger.

    Its pages, as they follow from one another, are made before the first is asked for: whoever reads them as fast as it
    can is not to wait for what serves them.
    """

    def __init__(self, ledger: BigLedger) -> None:
        """Make the pages, some 40 bytes a row."""
        self._ledger = ledger
        self._pages = {after: self._page(after) for after in ledger.cursors()}

    def answer(self, request: Request, account: Account, state: State) -> Answer:
        """Answer with a page of the ledger, or as OKX does."""
        path, params = self.describe(request)
        if path != TRADING:
            return super().answer(request, account, state)
        after = params.get("after")
        return Answer(200, self._pages.get(after) or self._page(after), PACKED)

    def _page(self, after: str | None) -> bytes:
        rows = self._ledger.page_json(after)
        return zlib_ng.compress(b'{"code":"0","data":%b,"msg":""}' % rows, LEVEL, GZIP)


def main(arguments: Sequence[str]) -> None:
    """Serve until stdin is closed. Rows lie between 80 and 9 days ago: within reach, and in no list of a week."""
    now = int(time.time() * 1000)
    ledger = BigLedger(int(arguments[0]), now - 80 * DAY, now - 9 * DAY)
    with serve([big_account(ledger)], limits=False, venues=[LedgerVenue(ledger)]) as exchange:
        sys.stdout.write(json.dumps(exchange.url).strip('"') + "\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
