"""The last check is kept, and later commands work on it without asking the exchange again."""

import os
import sqlite3
import stat
import webbrowser
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.audit.report_builder import build_report
from auditor.cli.commands import audit as run
from auditor.demo import serve
from auditor.history.database_url import default_file
from auditor.i18n import verbatim
from auditor.model.account import Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.report import Report
from tests import builders
from tests.cli.conftest import NOTHING, SECRETS, Cli, FakeAudit, Ran, report_of
from tests.exchanges.okx.bare import BARE
from tests.exchanges.okx.samples import SAMPLES

HELD = builders.reading(builders.balance("1.5", "BTC"))
NOTHING_READ = build_report(builders.snapshot(builders.unread(), name="okx"), now=builders.NOW)
OKX = ("--exchange", "okx")


@pytest.fixture
def asked(fake: FakeAudit) -> list[str]:
    """One entry for each audit that was made."""
    audits = list[str]()
    fake.before = lambda: audits.append("asked")
    fake.report = replace(report_of(HELD, name="okx"), generated_at=now())
    return audits


@pytest.fixture
def later(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """Run a command in another shell: the secrets are in its environment again."""

    def run_again(*arguments: str, **secrets: str) -> Ran:
        for name, value in (SECRETS | secrets).items():
            monkeypatch.setenv(name, value)
        return cli(*arguments)

    return run_again


Later = Callable[..., Ran]


def test_what_follows_an_audit_does_not_ask_the_exchange_again(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "Options", partial(Options, pace=0))
    account = replace(
        BARE.with_rows("asset/balances", SAMPLES["funding"].rows),
        apikey=SECRETS["OKX_APIKEY"],
        secret=SECRETS["OKX_SECRET"],
        passphrase=SECRETS["OKX_PASSWORD"],
    )
    with serve([account], limits=False) as served:

        def requests_of(*arguments: str) -> int:
            before = len(served.calls)
            for name, value in SECRETS.items():
                monkeypatch.setenv(name, value)
            assert main([*arguments, *OKX, "--base-url", served.url]) == 1
            return len(served.calls) - before

        assert requests_of() > 0
        asked = {command: requests_of(*command) for command in [("plan",), ("plan", "1"), ("appeal",), ("report",)]}
        assert {("plan",): 0, ("plan", "1"): 0, ("appeal",): 0, ("report",): 0} == asked
        assert requests_of("plan", "--fresh") > 0
    assert capfd.readouterr().err.count("From the check just now. --fresh asks again.") == len(asked)


def test_without_a_choice_the_accounts_that_were_checked_last_are_meant(later: Later, asked: list[str]) -> None:
    later(*OKX)
    ran = later("plan")

    assert ["asked"] == asked
    assert "From the check of okx just now. --fresh asks again.\n" == ran.err
    assert 1 == ran.code


def test_the_check_of_another_key_is_never_used(later: Later, asked: list[str]) -> None:
    later(*OKX)
    ran = later("plan", *OKX, OKX_APIKEY="another-apikey-4444")

    assert ["asked", "asked"] == asked
    assert "No earlier check is kept, so the exchange is asked now." in ran.err


def test_a_check_that_is_dated_ahead_is_not_shown_as_new(later: Later, asked: list[str], fake: FakeAudit) -> None:
    assert fake.report is not None
    fake.report = replace(fake.report, generated_at=now() + timedelta(days=30))
    later(*OKX)
    ran = later("plan", *OKX)

    assert ["asked", "asked"] == asked
    assert "clock was set back since the last check, so the exchange is asked now." in ran.err


def test_the_check_of_another_address_is_never_used(later: Later, asked: list[str]) -> None:
    later(*OKX)

    later("plan", *OKX, "--base-url", "http://127.0.0.1:1")

    assert ["asked", "asked"] == asked


def test_accounts_that_were_checked_apart_are_checked_together(
    later: Later, asked: list[str], fake: FakeAudit, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BINANCE_APIKEY", "BINANCE_SECRET"):
        monkeypatch.setenv(name, f"planted-{name}-5555")
    later(*OKX)
    fake.report = replace(report_of(HELD, name="binance", exchange="binance", uid="7"), generated_at=now())
    later("--exchange", "binance")
    for name in ("BINANCE_APIKEY", "BINANCE_SECRET"):
        monkeypatch.setenv(name, f"planted-{name}-5555")

    ran = later("plan", *OKX, "--exchange", "binance")

    assert ["asked"] * 3 == asked
    assert "not checked together" in ran.err


@pytest.mark.parametrize(("uid", "main_uid", "asked_again"), [("43", "42", True), ("77", "77", False)])
def test_an_account_is_not_judged_without_its_sub_account_that_was_checked_with_it(
    later: Later, asked: list[str], fake: FakeAudit, uid: str, main_uid: str, *, asked_again: bool
) -> None:
    kind = "sub" if asked_again else "main"
    other = builders.account(builders.reading(builders.order()), name="bots", uid=uid, main_uid=main_uid, kind=kind)
    both = builders.snapshot(*NOTHING, name="okx")
    report = build_report(replace(both, accounts=(*both.accounts, other)), now=builders.NOW)
    fake.report = replace(report, generated_at=now())
    later(*OKX)

    ran = later("plan", *OKX)

    assert asked_again == (len(asked) == len(["a check", "another one"]))
    assert asked_again == ("Related accounts" in ran.err)


def test_no_history_keeps_nothing_and_uses_nothing(later: Later, asked: list[str]) -> None:
    later(*OKX, "--no-history")
    assert not default_file().exists()

    later(*OKX)
    later("plan", *OKX, "--no-history")
    assert ["asked"] * 3 == asked


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_what_is_kept_is_for_its_owner_only(later: Later, asked: list[str]) -> None:
    later(*OKX)

    file = default_file()
    assert [0o600, 0o700] == [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)]


def test_a_demo_is_not_kept(later: Later, asked: list[str]) -> None:
    later("demo", "empty")

    assert ["asked"] == asked
    assert not default_file().exists()


@pytest.mark.parametrize("unread", [report_of(refused=verbatim("it may trade"), name="okx"), NOTHING_READ])
def test_a_check_that_read_nothing_takes_the_place_of_no_other(
    later: Later, asked: list[str], fake: FakeAudit, unread: Report
) -> None:
    later(*OKX)
    fake.report = unread
    later(*OKX)

    ran = later("plan", *OKX)

    assert ["asked", "asked"] == asked
    assert (1, True) == (ran.code, "From the check" in ran.err)


def test_a_run_that_breaks_off_is_not_kept(later: Later, asked: list[str], fake: FakeAudit) -> None:
    fake.error = UserError("no")

    later(*OKX)

    assert not default_file().exists()


def test_a_damaged_check_is_made_again_and_that_is_said(later: Later, asked: list[str]) -> None:
    later(*OKX)
    with sqlite3.connect(default_file()) as connection:
        connection.execute("UPDATE passes SET content = x'00'")
    connection.close()

    ran = later("plan", *OKX)

    assert ["asked", "asked"] == asked
    assert "This check is damaged" in ran.err
    assert "The exchange is asked now." in ran.err


def test_a_history_that_cannot_be_written_costs_no_report(later: Later, asked: list[str]) -> None:
    default_file().parent.mkdir(parents=True)
    default_file().mkdir()

    ran = later(*OKX)

    assert 1 == ran.code
    assert "This check was not kept." in ran.err
    assert ran.out


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_folder_that_others_can_write_to_keeps_no_check_and_costs_no_plan(later: Later, asked: list[str]) -> None:
    default_file().parent.mkdir(parents=True)
    default_file().parent.chmod(0o777)

    audit, plan = later(*OKX), later("plan", *OKX)

    assert ([1, 1], ["asked", "asked"]) == ([audit.code, plan.code], asked)
    assert "This check was not kept. Others can write to" in audit.err
    assert "The exchange is asked now." in plan.err


def test_a_history_that_is_none_is_told_before_the_exchange_is_asked(later: Later, asked: list[str]) -> None:
    ran = later(*OKX, "--history", "no-such-kind://user:secret@host/name")

    assert (2, []) == (ran.code, asked)


def test_with_neither_check_nor_account_it_says_what_to_type(later: Later, asked: list[str]) -> None:
    ran = later("plan")

    assert (2, []) == (ran.code, asked)
    assert "--exchange okx" in ran.err


@pytest.mark.parametrize("command", [("plan",), ("plan", "1"), ("appeal",), ("report",)])
def test_a_report_file_is_taken_instead_of_a_check(
    later: Later, asked: list[str], here: Path, command: tuple[str, ...]
) -> None:
    later(*OKX, "--no-history", "--output", "r.json")

    ran = later(*command, "r.json")

    assert (["asked"], 1, "") == (asked, ran.code, ran.err)
    assert "1 thing to clear" in ran.out or "BTC" in ran.out or command == ("appeal",)


def test_a_report_file_that_was_changed_is_not_believed(later: Later, asked: list[str], here: Path) -> None:
    later(*OKX, "--no-history", "--output", "r.json")
    text = (here / "r.json").read_text()
    (here / "r.json").write_text(text.replace('"1.5"', '"2.5"'))

    assert "checksum does not fit" in later("plan", "r.json").err


@pytest.mark.parametrize("arguments", [("r.json", *OKX), ("r.json", "--fresh"), ("last", *OKX), ("4", "--demo", "x")])
def test_a_report_that_exists_goes_with_no_choice(later: Later, asked: list[str], arguments: tuple[str, ...]) -> None:
    ran = later("report", *arguments)

    assert (2, []) == (ran.code, asked)


def test_a_step_that_is_not_there_is_told_with_those_that_are(later: Later, asked: list[str]) -> None:
    later(*OKX)

    assert "There is no step 40: this plan has the steps 1 to" in later("plan", "40").err


def test_only_one_step_and_one_file_can_be_named(later: Later, asked: list[str]) -> None:
    assert "`audit plan 4` for one step" in later("plan", "1", "2").err


def test_a_preference_is_withdraw_or_sell(later: Later, asked: list[str]) -> None:
    later(*OKX)

    assert 1 == later("plan", "--prefer", "sell").code
    assert "--prefer cannot be 'keep'" in later("plan", "--prefer", "keep").err


def test_the_report_opens_as_a_private_page(later: Later, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[str]()
    monkeypatch.setattr(webbrowser, "open", lambda address: not opened.append(address))  # type: ignore[func-returns-value]
    later(*OKX)

    ran = later("report", "--open")

    page = default_file().with_name("report.html")
    assert ([page.as_uri()], 1, "") == (opened, ran.code, ran.out)
    assert page.read_text().startswith("<!doctype html>")
    assert os.name != "posix" or stat.S_IMODE(page.stat().st_mode) == 0o600


def test_the_browser_inherits_no_key(later: Later, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    inherited = list[str]()

    def note(_address: str) -> bool:
        inherited.extend(SECRETS.keys() & os.environ.keys())
        return True

    monkeypatch.setattr(webbrowser, "open", note)
    later(*OKX)
    later("report", "--open")

    assert [] == inherited


def test_without_a_browser_the_page_is_named(later: Later, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webbrowser, "open", lambda _address: False)
    later(*OKX)

    assert "Open this file yourself: " in later("report", "--open").err
