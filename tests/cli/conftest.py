"""The command line, run in this process with an audit that is made up, or in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Unpack

import pytest

from auditor.__main__ import main
from auditor.audit import audit_once as audit
from auditor.audit.report_builder import build_report
from auditor.cli.runtime import done_file
from auditor.model.account import Account, Options
from auditor.model.records import Area
from auditor.model.report import Report
from auditor.model.snapshot import Reading
from auditor.settings import accounts_file as config_file
from tests import builders
from tests.builders_more import AccountOverrides

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {
    "OKX_APIKEY": "planted-apikey-1111",
    "OKX_SECRET": "planted+secret/2222==",
    "OKX_PASSWORD": 'Planted"pass\\word$3333',
}


NOTHING = tuple(builders.reading(area=area, surface=f"{area}-empty") for area in Area)


def report_of(*readings: Reading, **account: Unpack[AccountOverrides]) -> Report:
    """A report on an account that shows ``readings`` and is empty everywhere else."""
    return build_report(builders.snapshot(*NOTHING, *readings, **account), now=builders.NOW)


@dataclass
class FakeAudit:
    """Stands in for `audit_once`: gives ``report``, or raises ``error``, and notes what it was asked."""

    report: Report = field(default_factory=report_of)
    error: BaseException | None = None
    accounts: Sequence[Account] = ()
    options: Options | None = None
    before: Callable[[], None] = lambda: None

    @property
    def asked(self) -> Options:
        """The options of the audit, which must have been asked for."""
        assert self.options is not None
        return self.options

    async def __call__(self, accounts: Sequence[Account], options: Options) -> Report:
        self.accounts, self.options = accounts, options
        self.before()
        if self.error is not None:
            raise self.error
        return self.report


@dataclass(frozen=True)
class Ran:
    """The outcome of a command."""

    code: int
    out: str
    err: str

    @property
    def output(self) -> str:
        return self.out + self.err


Cli = Callable[..., Ran]
Spawn = Callable[[str], subprocess.CompletedProcess[bytes]]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory to run in, with credentials in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "home" / "accounts.toml")
    monkeypatch.setattr(done_file, "default_path", lambda: tmp_path / "home" / "done.json")
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    return tmp_path


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAudit:
    made = FakeAudit()
    monkeypatch.setattr(audit, "audit_once", made)
    return made


@pytest.fixture
def cli(here: Path, fake: FakeAudit, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line in this process."""

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return run


def environment(**more: str) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    # A stream that is not buffered would hide what happens when the interpreter flushes it at its end.
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    # The accounts of whoever runs the tests are none of theirs.
    return {**buffered, "PYTHONPATH": path, "XDG_CONFIG_HOME": os.devnull, **more}


@pytest.fixture
def spawn(here: Path) -> Spawn:
    """Run ``python -c code`` in a process of its own."""

    def run(code: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-c", code]
        return subprocess.run(command, check=False, capture_output=True, timeout=60, env=environment())

    return run
