"""Ctrl-C and SIGTERM: prompt, quiet, nothing half-written, sessions closed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditor.cli.runtime.process import run_supervised
from auditor.settings import selection as settings
from tests import processes
from tests.cli.conftest import Cli, environment

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals")

AUDITING = """
import asyncio, sys
from auditor.audit import audit_once as audit
from auditor.__main__ import main
async def audit_once(accounts, options):
    try:
        print("started", flush=True)
        await asyncio.sleep(60)
    finally:
        await asyncio.sleep(0)
        print("closed", flush=True)
audit.audit_once = audit_once
sys.exit(main(["--exchange", "okx", "--output", "report.txt"]))
"""
WRITING = """
import os, sys, time
from auditor.formats import atomic_write as files
from auditor.__main__ import main
def fsync(_file):
    print("started", flush=True)
    time.sleep(60)
files.os.fsync = fsync
sys.exit(main(["init", "--output", "accounts.toml"]))
"""


@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize(("program", "last"), [(AUDITING, "closed\n"), (WRITING, "")])
def test_it_ends_promptly_with_nothing_half_written(
    here: Path, program: str, last: str, number: int, code: int
) -> None:
    command = [sys.executable, "-c", program]
    with processes.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as running:
        assert running.stdout is not None
        assert "started\n" == running.stdout.readline()
        asked = time.monotonic()
        running.send_signal(number)
        out, err = running.communicate(timeout=20)

    assert (code, last) == (running.returncode, out)
    assert time.monotonic() - asked < 3
    assert err in {"audit: interrupted\n", "audit: terminated\n"}
    assert [] == list(here.iterdir())


def test_ctrl_c_while_the_command_line_is_read_is_no_clean(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(**_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(settings, "AccountSelection", interrupted)

    ran = cli("--exchange", "okx")

    assert (130, "audit: interrupted\n") == (ran.code, ran.output)


async def cleaning(interrupts: int, holding: list[str]) -> None:
    """Work that is interrupted once, and again while it gives back what it holds."""
    signal.raise_signal(signal.SIGINT)
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        try:
            for _number in range(interrupts - 1):
                signal.raise_signal(signal.SIGINT)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            holding.clear()
        raise


@pytest.mark.parametrize(("interrupts", "held"), [(2, []), (3, ["held"])])
def test_a_second_ctrl_c_still_gives_back_what_is_held_and_a_third_ends_at_once(
    interrupts: int, held: list[str]
) -> None:
    holding = ["held"]

    with pytest.raises((asyncio.CancelledError, KeyboardInterrupt)):
        run_supervised(cleaning(interrupts, holding))

    assert held == holding
