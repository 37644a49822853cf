"""The process itself: no core dump, no reading by other programs of the user, no log of TLS session keys."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.security.redaction import SECRETS
from tests.cli.conftest import Cli, FakeAudit, cli, environment, fake, here

__all__ = ["cli", "fake", "here"]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Linux has these calls")


@LINUX
def test_no_core_is_written_and_nobody_may_read_the_memory() -> None:
    code = """
import ctypes, resource
from auditor.__main__ import main
main(["--version"])
print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())

    assert "(0, 0) 0" == ran.stdout.splitlines()[-1]


@pytest.mark.slow("processes")
def test_keys_of_tls_sessions_are_never_logged(tmp_path: Path) -> None:
    log = tmp_path / "keys.log"
    ran = subprocess.run(
        [sys.executable, "-m", "auditor", "demo", "krakenfutures-empty"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=environment(SSLKEYLOGFILE=str(log)),
    )

    assert (0, False) == (ran.returncode, log.exists())


def test_only_the_program_and_the_requests_of_the_exchange_speak_when_it_is_verbose(cli: Cli, fake: FakeAudit) -> None:
    token = "aT0ken-that-nobody-learnt"
    libraries = ("urllib3.connectionpool", "apprise", "requests", "sqlalchemy.engine", "aiohttp.client", "asyncio", "x")

    def chatter() -> None:
        for name in libraries:
            logging.getLogger(name).debug('POST /%s/x HTTP/1.1" 500', token)
            logging.getLogger(name).info("at %s", token)
        logging.getLogger("auditor.anything").debug("said by the program")

    fake.before = chatter
    ran = cli("--exchange", "okx", "-vv")

    assert token not in ran.output
    assert "said by the program" in ran.err


def test_a_warning_of_a_library_holds_no_part_of_a_notification_address(
    cli: Cli, fake: FakeAudit, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.watch.notify.channels import webhook  # noqa: PLC0415 - after the environment is set

    monkeypatch.setattr(SECRETS, "_known", set())
    monkeypatch.setenv("HOOK", "https://hooks.example.com/services/aT0kenOf-mine_1")
    webhook("env:HOOK")
    fake.before = lambda: logging.getLogger("urllib3").warning("retrying %s", "/services/aT0kenOf-mine_1/x")

    assert "retrying /services/***/x" in cli("--exchange", "okx").err
