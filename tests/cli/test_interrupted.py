"""Ctrl-C and SIGTERM in the middle of real requests: prompt, quiet, sessions closed, nothing half-written."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from auditor.demo import Call, Reply, serve
from tests import processes
from tests.cli.conftest import environment
from tests.exchanges.okx.bare import BARE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

KEYS = {"OKX_APIKEY": BARE.apikey, "OKX_SECRET": BARE.secret, "OKX_PASSWORD": BARE.passphrase}
RUN = """
import gc, sys
from functools import partial
from auditor.cli.commands import audit as run
from auditor.__main__ import main
run.Options = partial(run.Options, pace=0)
code = main(sys.argv[1:])
gc.collect()  # what was left open complains now
sys.exit(code)
"""


class Hangs:
    """The exchange answers the nth question at a path, and all after it, only in a minute; ``reached`` is set then."""

    def __init__(self, path: str, times: int = 1) -> None:
        self.path, self.left, self.reached = path, times, threading.Event()

    def __call__(self, call: Call) -> Reply | None:
        self.left -= call.path == self.path
        if self.left > 0:
            return None
        self.reached.set()
        return Reply(delay=60)


PLACES = {
    "who the key is": ("account/config", 1),
    "the first reading": ("asset/balances", 1),
    "many at once": ("trade/orders-pending", 1),
    "the last question": ("asset/bills", 2),
}
SAMPLE = {(1, 0), (2, 0)}
SIGNALS = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]


def moments() -> list[object]:
    """Each signal at each place; without --campaign two places, each with another signal."""
    return [
        pytest.param(
            place,
            *SIGNALS[(index + turn) % 2],
            id=f"{name}-{SIGNALS[(index + turn) % 2][-1]}",
            marks=[] if (index, turn) in SAMPLE else [pytest.mark.campaign],
        )
        for index, (name, place) in enumerate(PLACES.items())
        for turn in range(2)
    ]


@pytest.mark.slow("processes that are interrupted")
@pytest.mark.parametrize(("hangs", "number", "code", "said"), moments())
def test_an_audit_that_waits_for_the_exchange_ends_at_once(
    here: Path, hangs: tuple[str, int], number: int, code: int, said: str
) -> None:
    (here / "dust.csv").write_text("of an earlier audit")
    fault = Hangs(*hangs)
    with serve([BARE], limits=False, fault=fault) as served:
        command = [sys.executable, "-W", "always", "-c", RUN, "--exchange", "okx", "--base-url", served.url]
        command += ["--format", "json", "--output", "report.json", "--evidence", "evidence"]
        process = processes.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(**KEYS)
        )
        assert fault.reached.wait(60)
        process.send_signal(number)
        out, err = process.communicate(timeout=20)

    assert (code, "", f"audit: {said}\n") == (process.returncode, out, err)
    assert {"dust.csv", "evidence"} == {path.name for path in here.iterdir()}
    assert "of an earlier audit" == (here / "dust.csv").read_text()
    assert {".json"} >= {path.suffix for path in here.glob("evidence/*/*")}
