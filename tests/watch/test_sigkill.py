"""A real process, really killed, over real HTTP."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from auditor import demo as exchange
from auditor.history.database_url import Location
from auditor.history.store import History
from tests import processes

pytestmark = pytest.mark.skipif(os.name != "posix", reason="only POSIX has SIGKILL")

ROOT = Path(__file__).resolve().parents[2]
WATCHING = """
import sys
from datetime import timedelta
from pathlib import Path
from auditor import demo
from pydantic import SecretStr
from auditor.model.account import Account, Options
from auditor.cli.runtime.progress_view import ProgressView
from auditor.history.lease import FileLease
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.cli.runtime.process import run_command
from auditor.cli.commands.audit import AuditRequest
from auditor.watch.clock import RealClock
from auditor.cli.commands.watch_run import WatchResources, WatchRequest, run
from auditor.watch.policy import Policy
from auditor.watch.audit_pass import pass_maker
from auditor.watch.notify.notifier import NotifierOptions

def watch(words, runtime):
    url, file = words[0], Path(words[1])
    chosen = demo.account("empty")
    plain = {"apiKey": chosen.apikey, "secret": chosen.secret, "password": chosen.passphrase}
    secrets = {name: SecretStr(value) for name, value in plain.items()}
    account = Account(name="empty", exchange="okx", credentials=secrets, base_url=url, demo=True)
    short = timedelta(seconds=0.4)
    policy = Policy(every=short, least=short, longest=short, confirm=short)
    with History(Location(file=file)) as history:
        clock = RealClock()
        take = pass_maker([account], Options(pace=0), clock)
        claim, view = FileLease(file), ProgressView(runtime.console)
        means = WatchResources(history=history, claim=claim, clock=clock, take=take, progress=view)
        return run(WatchRequest(request=AuditRequest(), policy=policy), [account], means, NotifierOptions(), runtime)

sys.exit(run_command(watch, sys.argv[1:]))
"""


def start(url: str, file: Path) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ["PYTHONPATH"]])}
    return processes.Popen([sys.executable, "-c", WATCHING, url, str(file)], env=env, stdout=subprocess.PIPE)


@pytest.mark.slow("processes that are killed")
def test_a_watch_survives_sigkill_and_tells_everything_once(tmp_path: Path, campaign: bool) -> None:
    file, chance = tmp_path / "history.sqlite3", random.Random(4)
    held = exchange.account("empty").with_rows("asset/balances", [{"ccy": "BTC", "bal": "0.5", "availBal": "0.5"}])
    with exchange.serve([held], limits=False) as served:
        for _kill in range(3 if campaign else 2):
            with start(served.url, file) as running:
                assert running.stdout is not None
                assert running.stdout.readline()  # a pass is made, the next one is near
                time.sleep(chance.uniform(0, 0.8))
                running.send_signal(signal.SIGKILL)
        served.put(exchange.account("empty"))
        with start(served.url, file) as running:
            running.communicate(timeout=60)

    assert 0 == running.returncode
    with History(Location(file=file)) as history:
        entries = history.entries()
        said = Counter(c.kind.value for e in entries for found in history.changes(e.id).values() for c in found)
    times = sorted(entry.finished_at for entry in entries)
    assert {"new": 1, "resolved": 1} == {kind: said[kind] for kind in ("new", "resolved")}
    assert 0 == said["back"] + said["unseen"]
    assert all((later - earlier).total_seconds() > 0.39 for earlier, later in pairwise(times))
