"""A large account: read whole, in little memory. Two audits at once do not get into each other's way."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.demo import Account, DemoExchange, serve
from tests import processes
from tests.cli.conftest import ROOT, environment
from tests.exchanges.okx.bare import BARE, SUB
from tests.exchanges.okx.samples import ORDER
from tests.exchanges.samples import ago

ORDERS, BALANCES, SUBS = 4000, 5000, 200
PART = 16
"""Without --campaign, a part of them: still many pages of each."""
MEGABYTE = 2**20
AUDIT = """
import asyncio, json, pathlib, resource, sys
sys.path.insert(0, sys.argv[2])
from auditor.audit import audit_once as audit
from auditor.cli.runtime import output
from auditor.cli.runtime.reader import Runtime
from auditor.model.account import Options
from tests.conftest import configured_account
from tests.audit.test_large_accounts import account
served = [configured_account(account(name), sys.argv[1]) for name in sys.argv[3:]]
report = asyncio.run(audit.audit_once(served, Options(pace=0)))
files = (pathlib.Path("report.json"),)
output.write_results(report, output.OutputRequest(format="json", files=files, dust_csv=output.DUST_FILE), Runtime())
unit = 1 if sys.platform == "darwin" else 1024
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
own = pathlib.Path("/proc/self/status")
if own.exists():  # Linux counts the process that started this one into ru_maxrss
    peak = next(int(line.split()[1]) * 1024 for line in own.read_text().splitlines() if line.startswith("VmHWM"))
print(peak)
"""


def account(name: str) -> Account:
    key, secret, passphrase = (f"demo-{name}-{what}" for what in ("key", "secret", "passphrase"))
    return replace(BARE, name=name, apikey=key, secret=secret, passphrase=passphrase)


def large(part: int) -> Account:
    balances = range(1, BALANCES // part + 1)
    coins = [{"ccy": f"COIN{number}", "bal": f"0.0000{number}", "availBal": "0"} for number in balances]
    subs = [
        {**SUB, "subAcct": f"sub{number}", "uid": str(720000000000000000 + number), "ts": ago(number)}
        for number in range(1, SUBS // part + 1)
    ]
    books: dict[str, Any] = {
        "trade/orders-pending": [{**ORDER, "ordId": str(26 * 10**17 + number)} for number in range(ORDERS // part)],
        "asset/balances": coins,
        "users/subaccount/list": subs,
        "asset/subaccount/balances": [{"subAcct": sub["subAcct"], "ccy": "LTC", "bal": "1"} for sub in subs],
    }
    return replace(account("large"), books=books)


@contextmanager
def exchange(*accounts: Account, **more: Any) -> Iterator[DemoExchange]:
    with serve(accounts, limits=False, **more) as served:
        yield served


def run_audit(served: DemoExchange, folder: Path, *names: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-W", "error", "-c", AUDIT, served.url, str(ROOT), *names]
    return processes.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    )


@pytest.mark.slow("makes a large account")
@pytest.mark.skipif(os.name != "posix", reason="tells a process's memory the Unix way")
def test_a_large_account_is_read_whole_in_little_memory(tmp_path: Path, campaign: bool) -> None:
    part = 1 if campaign else PART
    with exchange(large(part)) as served:
        process = run_audit(served, tmp_path, "large")
        out, err = process.communicate(timeout=240)

    assert (0, "Dust list saved to dust.csv\n") == (process.returncode, err)
    assert int(out) < (400 if campaign else 250) * MEGABYTE
    orders, balances, subs = (count // part for count in (ORDERS, BALANCES, SUBS))
    report = json.loads((tmp_path / "report.json").read_bytes())
    blockers = [finding["rule"] for finding in report["findings"] if finding["severity"] == "blocker"]
    rows = {line["surface"]: line["rows"] for line in report["coverage"] if line["status"] == "read"}
    assert (orders, balances, subs) == (rows["orders"], rows["funding"], rows["subaccounts"])
    assert (orders, subs) == (blockers.count("open-order"), blockers.count("sub-account-not-empty"))
    assert balances == len({f["asset"] for f in report["findings"] if f["wallet"] == "funding"} - {"LTC"})


@pytest.mark.slow("makes a large account")
def test_two_audits_at_once_do_not_get_into_each_others_way(tmp_path: Path) -> None:
    """In one folder, both write a dust list and report.json: in the end each file is whole, and the work of one."""
    first, second = (account(name).with_rows("asset/balances", [coin(name, n) for n in range(60)]) for name in "ab")
    with exchange(first, second) as served:
        running = [run_audit(served, tmp_path, one.name) for one in (first, second)]
        ended = [(process.communicate(timeout=120)[1], process.returncode) for process in running]

    assert [("Dust list saved to dust", 0)] * 2 == [(said[:23], code) for said, code in ended]
    written = sorted(path.name for path in tmp_path.iterdir())
    # Whoever comes second finds the other's list, unless both look before any is there.
    assert written in (["dust.csv", "report.json"], *[[f"dust-{name}.csv", "dust.csv", "report.json"] for name in "ab"])
    for name in written[:-1]:
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        assert (60, 1) == (len(lines), len({line["account"] for line in lines}))
        assert {coin(lines[0]["account"], n)["ccy"] for n in range(60)} == {line["asset"] for line in lines}
    report = json.loads((tmp_path / "report.json").read_bytes())
    assert (60, 1) == (len(report["dust"]), len(report["accounts"]))


def coin(name: str, number: int) -> dict[str, str]:
    return {"ccy": f"{name.upper()}{number}", "bal": "0.00000001", "availBal": "0", "frozenBal": "0"}
