"""Results: where they go, with which exit code, whatever the console or the pipe."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.audit.report_builder import build_report
from auditor.i18n import verbatim
from auditor.model.errors import UserError
from auditor.model.report import Report
from tests import builders
from tests.cli.conftest import Cli, FakeAudit, environment, report_of

BLOCKED = report_of(builders.reading(builders.balance("1.5")))
INCOMPLETE = report_of(builders.unread())
REFUSED = report_of(refused=verbatim("it may trade"))
EMPTY_TABLE = "\ufeffexchange,account,wallet,asset,amount,"


@pytest.mark.parametrize(("report", "code"), [(BLOCKED, 1), (INCOMPLETE, 3), (REFUSED, 4), (report_of(), 0)])
def test_the_verdict_is_the_exit_code_and_dust_is_always_written(
    cli: Cli, fake: FakeAudit, here: Path, report: Report, code: int
) -> None:
    fake.report = report

    assert code == cli("--exchange", "okx").code
    assert (here / "dust.csv").read_text(encoding="utf-8").startswith(EMPTY_TABLE)


def test_the_path_of_the_dust_is_told_on_stderr(cli: Cli, here: Path) -> None:
    ran = cli("--exchange", "okx", "--dust-csv", "mine.csv")

    assert "mine.csv" in ran.err
    assert "mine.csv" not in ran.out
    assert not (here / "dust.csv").exists()


def test_output_goes_to_the_file_instead_of_stdout(cli: Cli, here: Path) -> None:
    ran = cli("--exchange", "okx", "--format", "json", "--output", "report.json")

    assert ran.out == ""
    assert (here / "report.json").read_text().startswith("{")
    assert {"report.json", "dust.csv"} == {path.name for path in here.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_files_are_for_their_owner_only(cli: Cli, here: Path) -> None:
    cli("--exchange", "okx", "--output", "report.txt")

    assert {0o600} == {stat.S_IMODE(path.stat().st_mode) for path in here.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="devices")
def test_a_device_is_written_to_and_stays_a_device(cli: Cli) -> None:
    assert cli("--exchange", "okx", "--output", "/dev/null", "--dust-csv", "/dev/null").code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_problem_of_the_audit_leaves_no_file(cli: Cli, fake: FakeAudit, here: Path) -> None:
    fake.error = UserError("this key belongs to another uid")

    ran = cli("--exchange", "okx", "--output", "report.txt")

    assert (2, "", "audit: this key belongs to another uid\n") == (ran.code, ran.out, ran.err)
    assert [] == list(here.iterdir())


def test_an_old_file_stays_when_the_audit_fails(cli: Cli, fake: FakeAudit, here: Path) -> None:
    (here / "dust.csv").write_text("old")
    fake.error = UserError("no")

    cli("--exchange", "okx")

    assert "old" == (here / "dust.csv").read_text()


NOTHING_READ = build_report(builders.snapshot(builders.unread()), now=builders.NOW)
ALL_REFUSED = build_report(builders.snapshot(refused=verbatim("it may trade")), now=builders.NOW)
EARLIER = "exchange,account\nokx,main\n"


@pytest.mark.parametrize("report", [NOTHING_READ, ALL_REFUSED])
def test_a_run_that_could_read_no_wallet_keeps_the_earlier_list_of_dust(
    cli: Cli, fake: FakeAudit, here: Path, report: Report
) -> None:
    fake.report = report
    (here / "dust.csv").write_text(EARLIER)

    said = cli("--exchange", "okx").err

    assert EARLIER == (here / "dust.earlier.csv").read_text()
    assert (here / "dust.csv").read_text(encoding="utf-8").startswith(EMPTY_TABLE)
    assert "No wallet could be read" in said
    assert "dust.earlier.csv" in said


def test_the_list_that_was_kept_survives_another_such_run(cli: Cli, fake: FakeAudit, here: Path) -> None:
    fake.report = NOTHING_READ
    (here / "dust.earlier.csv").write_text(EARLIER)
    (here / "dust.csv").write_text("exchange,account\n")

    assert "dust: dust.csv\n" == cli("--exchange", "okx").err
    assert EARLIER == (here / "dust.earlier.csv").read_text()


def test_a_run_that_read_the_wallets_replaces_the_earlier_list(cli: Cli, here: Path) -> None:
    (here / "dust.csv").write_text(EARLIER)

    cli("--exchange", "okx")

    assert ["dust.csv"] == [path.name for path in here.iterdir()]


COINS = 100
"""More than a stream holds back: it is written to while the report is rendered, and again at the end."""
STUB = """
import sys
sys.path.insert(0, {root!r})
from auditor.audit import audit_once as audit
from auditor.__main__ import main
from auditor.audit.report_builder import build_report
from tests import builders

async def audit_once(accounts, options):
    coins = [builders.balance("1.5", "币" + "X" * 40, subject=str(n)) for n in range({coins})]
    readings = [builders.reading(coin, surface=coin.subject) for coin in coins]
    return build_report(builders.snapshot(*readings), now=builders.NOW)

audit.audit_once = audit_once
sys.exit(main(["--exchange", "okx", *sys.argv[1:]]))
"""


def stub(*arguments: str) -> list[str]:
    root = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-c", STUB.format(root=root, coins=COINS), *arguments]


@pytest.mark.parametrize(("form", "encoding"), [("terminal", "ascii"), ("terminal", "gbk"), ("csv", "cp1252")])
def test_no_encoding_of_a_console_stops_it(here: Path, form: str, encoding: str) -> None:
    ran = subprocess.run(
        stub("--format", form), env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False, timeout=60
    )

    assert 1 == ran.returncode, ran.stderr
    assert ran.stdout.decode(encoding)
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("arguments", [["--format", "json"], ["--help"]])
def test_a_closed_pipe_ends_it_quietly_with_its_own_code(here: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        ran = subprocess.run(
            stub(*arguments), env=environment(), stdout=pipe, stderr=subprocess.PIPE, check=False, timeout=60
        )

    assert (0 if "--help" in arguments else 1) == ran.returncode
    assert b"Traceback" not in ran.stderr
    assert b"BrokenPipe" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_behind_stdout_is_told(here: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(stub(), env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)

    assert 2 == ran.returncode
    assert b"audit: The output cannot be written" in ran.stderr
    assert b"Traceback" not in ran.stderr
