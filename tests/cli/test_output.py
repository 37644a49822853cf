"""Results: where they go, with which exit code, whatever the console or the pipe."""

import errno
import os
import stat
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.audit.report_builder import build_report
from auditor.cli.runtime import dust_file, output
from auditor.formats import Format, Sink
from auditor.i18n import verbatim
from auditor.model.errors import UserError
from auditor.model.report import Report
from tests import builders, processes
from tests.cli.conftest import SECRETS, Cli, FakeAudit, environment, report_of
from tests.conftest import audit_demo

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

    assert "Dust list saved to dust.csv\n" == cli("--exchange", "okx").err
    assert EARLIER == (here / "dust.earlier.csv").read_text()


def test_a_run_that_read_the_wallets_replaces_the_earlier_list(cli: Cli, here: Path) -> None:
    (here / "dust.csv").write_text(EARLIER)

    cli("--exchange", "okx")

    assert ["dust.csv"] == [path.name for path in here.iterdir()]


OTHERS = "exchange,account\nokx,another\n"
BOTH = "exchange,account\nokx,main\nokx,another\n"


def dusty(uid: str, asset: str) -> Report:
    """A report on an account called main, with a little of an asset in its dust list."""
    line = replace(audit_demo("dust").report.dust[0], account="main", asset=asset)
    return replace(build_report(builders.snapshot(builders.reading(), uid=uid), now=builders.NOW), dust=(line,))


def test_an_account_of_the_same_name_with_another_number_keeps_its_list(
    cli: Cli, fake: FakeAudit, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for uid, asset in (("42", "ONE"), ("43", "TWO"), ("42", "SIX")):
        fake.report = dusty(uid, asset)
        for name, secret in SECRETS.items():  # a command takes the key out of the environment
            monkeypatch.setenv(name, secret)
        cli("--exchange", "okx")

    lists = {path.name: path.read_text(encoding="utf-8") for path in here.glob("dust*.csv")}
    assert {"dust.csv": (True, False), "dust-main.csv": (False, True)} == {
        name: (",SIX," in text, ",TWO," in text) for name, text in lists.items()
    }


@pytest.mark.parametrize("theirs", [OTHERS, BOTH, "notes of mine\n", "rule,severity,account\n"])
def test_the_list_of_another_account_is_never_written_over(cli: Cli, here: Path, theirs: str) -> None:
    (here / "dust.csv").write_text(theirs)

    ran = cli("--exchange", "okx")

    assert theirs == (here / "dust.csv").read_text()
    assert (here / "dust-main.csv").read_text(encoding="utf-8").startswith(EMPTY_TABLE)
    assert "Dust list saved to dust-main.csv\ndust.csv is not a list of this account" in ran.err


def test_a_name_beside_it_that_is_taken_too_gets_a_number(cli: Cli, here: Path) -> None:
    for name in ("dust.csv", "dust-main.csv"):
        (here / name).write_text(OTHERS)

    cli("--exchange", "okx")

    assert ["dust-main-2.csv", "dust-main.csv", "dust.csv"] == sorted(path.name for path in here.iterdir())


def test_a_file_that_is_named_is_replaced(cli: Cli, here: Path) -> None:
    (here / "dust.csv").write_text(OTHERS)

    cli("--exchange", "okx", "--dust-csv", "dust.csv")

    assert ["dust.csv"] == [path.name for path in here.iterdir()]


def test_a_demo_writes_a_list_only_when_asked(cli: Cli, here: Path) -> None:
    cli("demo", "empty")
    assert [] == list(here.iterdir())

    cli("demo", "empty", "--dust-csv", "mine.csv")
    assert ["mine.csv"] == [path.name for path in here.iterdir()]


def test_no_dust_writes_none(cli: Cli, here: Path) -> None:
    assert 0 == cli("--exchange", "okx", "--no-dust").code
    assert [] == list(here.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--no-dust", "--dust-csv", "mine.csv"), "either --dust-csv or --no-dust"),
        (("--details", "--quiet"), "leave one of them out"),
        (("--no-history", "--history", "h"), "either --history or --no-history"),
    ],
)
def test_options_that_contradict_each_other_are_refused(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ran = cli("--exchange", "okx", *arguments)

    assert (2, True) == (ran.code, said in ran.err)


def test_quiet_says_nothing_of_the_list(cli: Cli) -> None:
    assert "" == cli("--exchange", "okx", "--quiet").err


def test_a_list_of_nobodys_choice_that_cannot_be_written_costs_no_report(
    cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bool:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(dust_file, "check_replaceable", refuse)

    ran = cli("--exchange", "okx")

    assert (0, True) == (ran.code, bool(ran.out))
    assert "The dust list was not saved: dust.csv cannot be written (Read-only file system)." in ran.err


@pytest.mark.slow
def test_the_list_is_told_after_the_report(here: Path) -> None:
    ran = processes.run(
        stub(), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, timeout=60
    )

    assert ran.stdout.decode().splitlines()[-1] == "Dust list saved to dust.csv"


def test_several_files_have_the_form_of_their_endings(cli: Cli, here: Path) -> None:
    ran = cli("--exchange", "okx", *outputs("a.html", "b.json", "c.csv", "d.md", "e.xml", "-"))

    starts = {"a.html": "<!doctype html>", "b.json": "{", "c.csv": "\ufeffrule,", "d.md": "#", "e.xml": "<?xml"}
    assert starts == {name: (here / name).read_text(encoding="utf-8")[: len(start)] for name, start in starts.items()}
    assert "main: OKX" in ran.out


def test_one_file_has_the_form_that_was_asked_for(cli: Cli, here: Path) -> None:
    cli("--exchange", "okx", "--format", "json", "--output", "report.txt")

    assert (here / "report.txt").read_text().startswith("{")


def test_one_file_that_cannot_be_written_does_not_cost_the_others(cli: Cli, fake: FakeAudit, here: Path) -> None:
    fake.before = (here / "a.html").mkdir

    ran = cli("--exchange", "okx", *outputs("a.html", "b.json"))

    assert (2, True) == (ran.code, "a.html cannot be written" in ran.err)
    assert (here / "b.json").read_text().startswith("{")
    assert (here / "dust.csv").exists()


@pytest.mark.parametrize(
    "arguments", [("--dust-csv", "-"), ("--output", "dust.csv"), ("--output", "a.txt", "--dust-csv", "./a.txt")]
)
def test_two_results_do_not_go_to_one_place(cli: Cli, fake: FakeAudit, here: Path, arguments: tuple[str, ...]) -> None:
    ran = cli("--exchange", "okx", *arguments)

    assert (2, "", None) == (ran.code, ran.out, fake.options)
    assert "Two results would go to" in ran.err


def test_a_dash_is_stdout(cli: Cli, here: Path) -> None:
    assert "main: OKX" in cli("demo", "empty", "--output", "-").out
    assert cli("demo", "empty", "--output", "r.txt", "--dust-csv", "-").out.startswith(EMPTY_TABLE[1:])
    assert ["r.txt"] == [path.name for path in here.iterdir()]


def test_a_dash_is_stdout_for_the_first_configuration_file(cli: Cli, here: Path) -> None:
    ran = cli("init", "--output", "-")

    assert (0, "okx") == (ran.code, tomllib.loads(ran.out)["accounts"][0]["exchange"])
    assert [] == list(here.iterdir())


def test_details_and_quiet_reach_the_format(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    sinks = list[Sink]()

    def noted(_report: Report, sink: Sink | None = None) -> str:
        sinks.append(sink or Sink())
        return ""

    monkeypatch.setattr(output, "get_format", lambda _name: Format(name="x", suffix="", render=noted))

    for option in ("--details", "--quiet", "-q"):
        cli("demo", "empty", option)

    assert [(True, False), (False, True), (False, True)] == [(sink.details, sink.quiet) for sink in sinks]


def outputs(*names: str) -> list[str]:
    return [word for name in names for word in ("--output", name)]


FEW, MANY = 3, 100
"""Coins: as many as every form names, and more than a stream holds back."""
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


def stub(*arguments: str, coins: int = FEW) -> list[str]:
    root = str(Path(__file__).resolve().parents[2])
    return [sys.executable, "-c", STUB.format(root=root, coins=coins), *arguments]


@pytest.mark.slow
@pytest.mark.campaign(one_of=3)
@pytest.mark.parametrize(("form", "encoding"), [("terminal", "ascii"), ("terminal", "gbk"), ("csv", "cp1252")])
def test_no_encoding_of_a_console_stops_it(here: Path, form: str, encoding: str) -> None:
    ran = processes.run(
        stub("--format", form), env=environment(PYTHONIOENCODING=encoding), capture_output=True, check=False, timeout=60
    )

    assert 1 == ran.returncode, ran.stderr
    assert ran.stdout.decode(encoding)
    assert b"Traceback" not in ran.stderr


@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize("arguments", [["--format", "json"], ["--help"]])
def test_a_closed_pipe_ends_it_quietly_with_its_own_code(here: Path, arguments: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        ran = processes.run(
            stub(*arguments, coins=MANY),
            env=environment(),
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )

    assert (0 if "--help" in arguments else 1) == ran.returncode
    assert b"Traceback" not in ran.stderr
    assert b"BrokenPipe" not in ran.stderr


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_behind_stdout_is_told(here: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = processes.run(
            stub(coins=MANY), env=environment(), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )

    assert 2 == ran.returncode
    assert b"audit: The output cannot be written" in ran.stderr
    assert b"Traceback" not in ran.stderr
