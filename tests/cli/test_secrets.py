"""Planted secrets: nowhere in what the program writes, whatever happens."""

import base64
import json
import logging
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest

from auditor.model.report import Report
from tests import builders, processes
from tests.cli.conftest import SECRETS, Cli, FakeAudit, environment, report_of

PLANTED = tuple(SECRETS.values())
ALL = " ".join(PLANTED)


def forms(secret: str) -> set[str]:
    raw = secret.encode()
    encoded = {base64.b64encode(raw).decode().rstrip("="), quote(secret, safe=""), raw.hex(), json.dumps(secret)[1:-1]}
    return {secret, *encoded}


def leaks(text: str) -> list[str]:
    return [form for secret in PLANTED for form in forms(secret) if form in text]


def hostile_report() -> Report:
    """An exchange that says secrets back in every text there is."""
    said = builders.unread(title=f"Place {ALL}")
    balance = builders.balance("1", f"X {ALL}", wallet=ALL, row={"echo": ALL, ALL: [{"deep": ALL}]})
    return report_of(said, builders.reading(balance), mode=ALL)


@pytest.mark.parametrize("form", ["terminal", "json", "csv"])
def test_a_report_holds_no_secret_even_if_the_exchange_says_it(
    cli: Cli, fake: FakeAudit, here: Path, form: str
) -> None:
    fake.report = hostile_report()

    ran = cli("--exchange", "okx", "--format", form, "--output", "report")

    assert ran.code == 1
    written = [path.read_text(encoding="utf-8") for path in here.iterdir()]
    assert [] == leaks("\n".join([ran.output, *written]))


@pytest.mark.parametrize("form", ["terminal", "json", "csv"])
def test_stdout_holds_no_secret_even_if_the_exchange_says_it(cli: Cli, fake: FakeAudit, form: str) -> None:
    fake.report = hostile_report()

    assert [] == leaks(cli("--exchange", "okx", "--format", form).output)


@pytest.mark.parametrize("kind", [RuntimeError, KeyError, OSError, KeyboardInterrupt])
def test_an_error_holds_no_secret(cli: Cli, fake: FakeAudit, kind: type[BaseException]) -> None:
    fake.error = kind(ALL)

    assert [] == leaks(cli("--exchange", "okx").output)


def chatter() -> None:
    for name in ("ccxt.base.exchange", "aiohttp.client", "asyncio", "auditor", "other"):
        log = logging.getLogger(name)
        log.debug("Request: %s", {"headers": {"OK-ACCESS-KEY": PLANTED[0], "OK-ACCESS-PASSPHRASE": PLANTED[2]}})
        log.warning("warned: %s", ALL)
        log.error("failed with %s", base64.b64encode(ALL.encode()).decode(), exc_info=ValueError(ALL))


def test_a_log_holds_no_secret(cli: Cli, fake: FakeAudit) -> None:
    fake.before = chatter

    ran = cli("--exchange", "okx", "-vv")

    assert "ccxt.base.exchange: Request" in ran.err
    assert "failed with" in ran.err
    assert "Traceback" not in ran.err
    assert [] == leaks(ran.output)


def test_libraries_do_not_log_requests_unless_asked_to(cli: Cli, fake: FakeAudit) -> None:
    fake.before = chatter

    assert "Request" not in cli("--exchange", "okx").err


def test_logging_is_as_it_was_after_a_command(cli: Cli) -> None:
    root = logging.getLogger()
    before = list(root.handlers), root.level, threading.excepthook, sys.unraisablehook

    cli("--exchange", "okx", "-vv")

    assert before == (list(root.handlers), root.level, threading.excepthook, sys.unraisablehook)


def test_a_thread_and_a_destructor_that_fail_show_no_traceback(cli: Cli, fake: FakeAudit) -> None:
    class Bad:
        def __del__(self) -> None:
            raise ValueError(ALL)

    def before() -> None:
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        del (made := [Bad()])[0]
        assert not made

    fake.before = before

    assert "Dust list saved to dust.csv\n" == cli("--exchange", "okx").err


def test_children_do_not_inherit_a_secret(cli: Cli, fake: FakeAudit) -> None:
    seen: list[str] = []

    def ask_a_child() -> None:
        code = "import os; print(dict(os.environ))"
        seen.append(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)

    fake.before = ask_a_child
    cli("--exchange", "okx")

    assert "PATH" in seen[0]
    assert [] == leaks(seen[0])


def test_a_literal_secret_in_the_file_is_not_repeated(cli: Cli, here: Path) -> None:
    literal = json.dumps(PLANTED[1])
    (here / "accounts.toml").write_text(f'[[accounts]]\nname = "main"\nexchange = "okx"\napikey = {literal}\n')

    ran = cli("--config", "accounts.toml")

    assert 2 == ran.code
    assert [] == leaks(ran.output)


def test_a_process_of_its_own_writes_no_secret(here: Path) -> None:
    code = f"""
import sys
from auditor.audit import audit_once as audit
from auditor.__main__ import main
async def audit_once(accounts, options):
    print({ALL!r}); print({ALL!r}, file=sys.stderr)
    raise RuntimeError({ALL!r})
audit.audit_once = audit_once
sys.exit(main(["--exchange", "okx", "-vv"]))
"""
    command = [sys.executable, "-c", code]
    ran = processes.run(command, capture_output=True, check=False, timeout=60, env=environment())

    assert 2 == ran.returncode
    assert b"***" in ran.stdout
    assert [] == leaks((ran.stdout + ran.stderr).decode())
