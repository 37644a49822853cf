"""`audit watch`, `audit history` and `audit report` as they are typed."""

import json
from pathlib import Path

import pytest

from auditor.audit import audit_once as audit
from auditor.history.database_url import Location, parse_location
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.snapshot import Reading, Snapshot
from tests import builders
from tests.cli.conftest import SECRETS, Cli, Ran, cli, fake, here
from tests.watch.world import BARE, EMPTY, funding

__all__ = ["cli", "fake", "here"]
WATCH = ("watch", "--exchange", "okx", "--history", "h.sqlite3")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Reading]:
    """What the account shows to whoever audits it."""
    readings = [funding("BTC", amount="1.25")]

    async def take_snapshot(accounts: list[Account], options: Options) -> Snapshot:
        there = {reading.surface for reading in readings}
        bare = [reading for reading in (*EMPTY, *BARE) if reading.surface not in there]
        return builders.snapshot(*bare, *readings, name="okx")

    monkeypatch.setattr(audit, "take_snapshot", take_snapshot)
    return readings


@pytest.fixture
def again(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """Run a command line as a process of its own would: with its credentials in the environment."""

    def run(*arguments: str) -> Ran:
        for name, value in SECRETS.items():
            monkeypatch.setenv(name, value)
        return cli(*arguments)

    return run


def test_a_watch_ends_with_the_last_verdict_and_a_line_a_pass(cli: Cli, shown: list[Reading]) -> None:
    ran = cli(*WATCH, "--max-passes", "1")

    assert (1, 1) == (ran.code, len(ran.out.splitlines()))
    assert ran.out.endswith(
        "okx: NOT READY TO CLOSE, 1 thing to clear. 1 new. No further check: The check that you asked for is done.\n"
    )


def test_once_says_when_nothing_is_due(again: Cli, shown: list[Reading]) -> None:
    again(*WATCH, "--once")

    ran = again(*WATCH, "--once")

    assert (1, "") == (ran.code, ran.out)
    assert ran.err.startswith(
        "No check is due. The last one, less than a minute ago, said: not ready to close. Next check "
    )


def test_an_unconfirmed_clean_is_no_success(again: Cli, shown: list[Reading]) -> None:
    shown.clear()

    assert [3, 3] == [again(*WATCH, "--once", "--no-wait").code for _time in range(2)]


def test_the_report_goes_to_stdout_in_the_format_that_is_asked_for(cli: Cli, shown: list[Reading]) -> None:
    ran = cli(*WATCH, "--once", "--format", "json")

    assert "blocked" == json.loads(ran.out)["verdict"]
    assert "check 1: okx: NOT READY TO CLOSE" in ran.err


def test_each_report_is_kept_in_the_files_that_were_named(cli: Cli, shown: list[Reading], here: Path) -> None:
    cli(*WATCH, "--once", "--format", "json", "--output", "r.json", "--html", "r.html", "--metrics-file", "m.prom")

    assert "blocked" == json.loads((here / "r.json").read_text())["verdict"]
    assert "<html" in (here / "r.html").read_text()
    assert (
        'exchange_audit_blockers{account="okx",environment="live",exchange="okx"} 1.0' in (here / "m.prom").read_text()
    )


def test_history_lists_and_compares_and_report_shows_a_pass_again(cli: Cli, shown: list[Reading], here: Path) -> None:
    cli(*WATCH, "--max-passes", "1")
    first = cli("report", "1", "--format", "json", "--history", "h.sqlite3")
    (here / "first.json").write_text(first.out)

    listed = cli("history", "--history", "h.sqlite3")
    compared = cli("history", "diff", "1", "last", "--history", "h.sqlite3")
    again = cli("report", "first.json", "--format", "json")

    assert (1, first.out) == (again.code, again.out)
    assert "blocked     okx (okx, live, uid 42): 1 to clear, 0 not checked\n" in listed.out
    assert "okx: blocked -> blocked\n  1 unchanged\n" == compared.out


def test_history_is_listed_and_compared_in_chinese(cli: Cli, shown: list[Reading]) -> None:
    cli(*WATCH, "--max-passes", "1")

    listed = cli("history", "--history", "h.sqlite3", "--lang", "zh").out
    compared = cli("history", "diff", "1", "last", "--history", "h.sqlite3", "--lang", "zh").out

    assert "blocked" not in listed + compared
    assert ("\u53d7\u963b" in listed, "live" in listed) == (True, False)


def test_pruning_says_what_it_dropped(cli: Cli, shown: list[Reading]) -> None:
    cli(*WATCH, "--max-passes", "1")

    ran = cli("history", "prune", "--older-than", "90d", "--history", "h.sqlite3")

    assert (0, "0 checks deleted. The last one of each account stays.\n") == (ran.code, ran.out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["history", "--history", "none.sqlite3"],
            "There is no history at none.sqlite3 yet: run `audit` or `audit watch` first.",
        ),
        (["history", "diff"], "Missing argument"),
        (["history", "prune"], "Say how old: `audit history prune --older-than 90d`."),
        (["report", "none.json"], "Cannot read none.json"),
        (["watch", "--exchange", "okx", "--no-wait"], "--no-wait goes with --once."),
        (["watch", "--exchange", "okx", "--every", "6"], "write a number and a unit"),
        (["watch", "--exchange", "okx", "--until", "soon"], "write a date such as"),
        (["watch", "--exchange", "okx", "--cron", "daily"], "is not a valid time: write five fields"),
        (["watch", "--exchange", "okx", "--max-passes", "0"], "whole number above 0"),
        ([*WATCH, "--notify", "json://token"], "must say where the secret lies"),
        (["watch", "--exchange", "okx", "--history", "postgresql://me:pw@db/x"], "Do not write a password into"),
        (["watch", "--exchange", "okx", "--history", "nonsense://x"], "No driver for the history's database"),
    ],
)
def test_wrong_use_is_told_in_one_line(cli: Cli, shown: list[Reading], arguments: list[str], said: str) -> None:
    ran = cli(*arguments)

    assert (2, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert said in ran.err
    assert "token" not in ran.err
    assert "pw@" not in ran.err


def test_a_pass_that_is_not_there_is_told(cli: Cli, shown: list[Reading]) -> None:
    cli(*WATCH, "--max-passes", "1")

    ran = cli("report", "7", "--history", "h.sqlite3")

    assert (2, "audit: There is no check 7 in the history. `audit history` lists them.\n") == (ran.code, ran.err)


def test_a_database_with_a_password_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HISTORY_URL", "postgresql://me:planted-password@db/audits")

    found = parse_location("env:HISTORY_URL")

    assert Location(url="postgresql://me:planted-password@db/audits") == found
    assert "planted" not in repr(found) + str(found.shown)


def test_a_reference_to_nothing_is_told() -> None:
    with pytest.raises(UserError, match="Missing in the environment: NOT_THERE"):
        parse_location("env:NOT_THERE")


def test_other_credentials_under_the_same_name_are_another_account(
    again: Cli, shown: list[Reading], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.clear()
    assert 0 == again(*WATCH, "--confirm", "0s").code
    shown.append(funding("BTC"))
    monkeypatch.setitem(SECRETS, "OKX_APIKEY", "planted-apikey-of-another")

    assert 1 == again(*WATCH, "--once").code


def test_the_history_tells_credentials_apart_without_holding_them(again: Cli, shown: list[Reading], here: Path) -> None:
    again(*WATCH, "--once")
    held = (here / "h.sqlite3").read_bytes()

    assert not any(secret.encode() in held for secret in SECRETS.values())


@pytest.mark.parametrize("url", ["postgresql://db/x?password=planted-one", "mysql://db/x?passwd=planted-one"])
def test_a_password_behind_the_question_mark_of_a_database_is_refused(url: str) -> None:
    with pytest.raises(UserError, match="Do not write a password into --history"):
        parse_location(url)


def test_a_file_named_by_a_database_url_is_as_private_as_any_other() -> None:
    assert Location(file=Path("h.db")) == parse_location("sqlite:///h.db") == parse_location("sqlite+pysqlite:///h.db")


def test_a_watch_reads_within_the_window_that_is_asked_for(cli: Cli, shown: list[Reading], here: Path) -> None:
    ran = cli(*WATCH, "--once", "--window", "1200", "--print-cron")

    assert (0, True) == (ran.code, "--window 1200" in ran.out)


def test_a_history_without_a_pass_says_so(cli: Cli, here: Path) -> None:
    (here / "h.sqlite3").touch(mode=0o600)
    said = "No check is kept yet: run `audit` or `audit watch` first.\n"

    listed, last = cli("history", "--history", "h.sqlite3"), cli("report", "last", "--history", "h.sqlite3")

    assert ((0, said), (2, f"audit: {said}")) == ((listed.code, listed.out), (last.code, last.err))
