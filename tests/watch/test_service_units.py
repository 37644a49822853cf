"""Units that work as they are: absolute paths, no secret in them, nothing left to fill in."""

import shlex
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from auditor.cli.commands import argv as words_of
from auditor.cli.commands import service_units as units
from auditor.cli.commands.audit import AuditRequest, RunOptions
from auditor.cli.commands.watch_run import NotificationRequest, WatchRequest
from auditor.cli.runtime.output import OutputRequest
from auditor.history import database_url as location
from auditor.model.errors import UserError
from auditor.settings import accounts_file as config_file
from auditor.settings.selection import AccountSelection
from auditor.watch.cron import CronSchedule
from auditor.watch.policy import SHORTEST_INTERVAL, Policy
from tests.cli.conftest import SECRETS, Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]
NAMES = ["OKX_APIKEY", "OKX_SECRET", "OKX_PASSWORD"]


@pytest.fixture(autouse=True)
def _places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "home" / "accounts.toml")
    monkeypatch.setattr(location, "default_file", lambda: tmp_path / "data" / "history.sqlite3")
    monkeypatch.setattr(words_of, "default_file", lambda: tmp_path / "data" / "history.sqlite3")


def printed(cli: Cli, kind: str, *more: str) -> str:
    ran = cli("watch", "--exchange", "okx", "--every", "6h", *more, f"--print-{kind}")
    assert (0, "") == (ran.code, ran.err)
    assert not any(secret in ran.out for secret in SECRETS.values())
    return ran.out


def test_systemd_finds_nothing_to_complain_of(cli: Cli, here: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not installed")
    unit = here / "exchange-closure-audit.service"
    unit.write_text(printed(cli, "systemd", "--output", "a report.txt", "--notify-command", "say 'it is $5 100%'"))

    verified = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True, check=False, timeout=60)

    assert (0, "", "") == (verified.returncode, verified.stdout, verified.stderr)


def test_a_systemd_unit_loads_credentials_from_files(cli: Cli, here: Path) -> None:
    lines = printed(cli, "systemd", "--output", "a report.txt").splitlines()

    loaded = [line for line in lines if line.startswith("LoadCredential=")]
    assert [f"LoadCredential={name}:%E/exchange-closure-audit/credentials/{name}" for name in NAMES] == loaded
    command = next(line for line in lines if line.startswith("ExecStart=")).removeprefix("ExecStart=")
    assert Path(shlex.split(command)[0]).is_absolute()
    assert f'--output "{here / "a report.txt"}"' in command
    assert f"--history {here / 'data' / 'history.sqlite3'}" in command


def test_credentials_that_systemd_hands_over_are_used(cli: Cli, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.delenv(name)
        (here / name).write_text(f"{value}\n")
        (here / name).chmod(0o600)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(here))

    assert 0 == cli("--exchange", "okx").code


def test_a_crontab_looks_every_hour_whether_a_pass_is_due(cli: Cli, here: Path) -> None:
    *_comments, folder, line = printed(cli, "cron").splitlines()

    assert f"CREDENTIALS_DIRECTORY={here / 'home' / 'credentials'}" == folder
    times, words = shlex.split(line)[:5], shlex.split(line)[5:]
    assert ["17", "*", "*", "*", "*"] == times
    assert Path(words[0]).is_absolute()
    assert "--once" in words


def test_a_workflow_takes_its_secrets_from_the_repository(cli: Cli) -> None:
    text = printed(cli, "github-action")

    steps = yaml.safe_load(text)["jobs"]["audit"]["steps"]
    assert {name: f"${{{{ secrets.{name} }}}}" for name in NAMES} == steps[-1]["env"]
    assert "--history history/passes.sqlite3" in steps[-1]["run"]
    assert str(Path.cwd()) not in text


def test_a_configuration_file_does_not_come_along_to_a_workflow() -> None:
    with pytest.raises(UserError, match="goes with --exchange"):
        units.github(asked(config=Path("accounts.toml")))


def test_one_kind_of_unit_at_a_time(cli: Cli) -> None:
    ran = cli("watch", "--exchange", "okx", "--print-cron", "--print-systemd")

    assert (2, "audit: Print one kind of unit at a time.\n") == (ran.code, ran.err)


def asked(config: Path | None = None) -> WatchRequest:
    chosen = AccountSelection(exchanges=("okx",), config=config, expect_uid="42", sandbox=True)
    return WatchRequest(
        request=AuditRequest(
            choice=chosen,
            manner=RunOptions(readonly=False, verbose=True, window=1200),
            output=OutputRequest(files=(Path("r.json"),)),
        ),
        policy=Policy(every=timedelta(minutes=90), max_passes=7, confirm=timedelta(seconds=5)),
        history="env:DATABASE",
        form="json",
        once=True,
        wait=False,
        notifications=NotificationRequest(
            apprise=("env:CHANNEL",), webhooks=("https://example.com/x",), command="say 'it'", amounts=True
        ),
    )


def test_the_command_line_of_a_unit_says_all_that_was_asked() -> None:
    written = shlex.join(words_of.watch_arguments(asked(), absolute=False))

    assert (
        "watch --exchange okx --no-readonly --sandbox --expect-uid 42 --timeout 600 --window 1200 --verbose"
        " --history env:DATABASE"
        " --every 90m --longest 1d --confirm 5s --max-passes 7 --once --no-wait --format json --output r.json"
        """ --notify env:CHANNEL --webhook https://example.com/x --notify-command 'say '"'"'it'"'"'' --notify-amounts"""
        " --stale-after 3d"
    ) == written


def test_fixed_times_are_those_of_the_crontab() -> None:
    fixed = WatchRequest(
        request=asked().request, policy=Policy(every=SHORTEST_INTERVAL, cron=CronSchedule("30 8 * * 1"))
    )

    assert "30 8 * * 1" == units.cron_times(fixed)
    assert "--every" not in words_of.watch_arguments(fixed)


def test_the_program_is_named_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "audit"
    installed.touch()
    monkeypatch.setattr(sys, "argv", [str(installed)])

    assert [str(installed)] == units.program()


def test_a_unit_hands_over_every_address_that_stands_in_a_variable(cli: Cli) -> None:
    more = ("--notify", "env:CHANNEL", "--webhook", "env:HOOK")
    names = [*NAMES, "CHANNEL", "HOOK"]

    service, table = (printed(cli, kind, *more, "--history", "env:DATABASE") for kind in ("systemd", "cron"))
    steps = yaml.safe_load(printed(cli, "github-action", *more))["jobs"]["audit"]["steps"]

    assert all(f"LoadCredential={name}:" in service for name in [*names, "DATABASE"])
    assert all(f"/credentials/{name}\n" in table for name in [*names, "DATABASE"])
    assert {name: f"${{{{ secrets.{name} }}}}" for name in names} == steps[-1]["env"]
    assert ".venv/bin/pip install --require-hashes -r requirements/extras.txt" == steps[-2]["run"]


def test_no_unit_holds_an_address_that_may_hold_a_token(cli: Cli) -> None:
    ran = cli("watch", "--exchange", "okx", "--webhook", "https://example.com/t0ken", "--print-systemd")

    assert (2, True) == (ran.code, "--webhook env:NAME" in ran.err)
    assert "t0ken" not in ran.output


def test_a_unit_runs_a_command_of_the_users_where_they_stood(cli: Cli, here: Path) -> None:
    service, table = (printed(cli, kind, "--notify-command", "./tell.sh") for kind in ("systemd", "cron"))

    assert f"WorkingDirectory={here}\n" in service
    assert f" cd {here} && " in table


def test_stopping_the_service_is_no_failure(cli: Cli) -> None:
    assert "SuccessExitStatus=1 3 4 143\n" in printed(cli, "systemd")


def test_a_workflow_is_given_the_time_that_confirming_takes(cli: Cli) -> None:
    jobs = [yaml.safe_load(printed(cli, "github-action", "--confirm", confirm))["jobs"] for confirm in ("30m", "3h")]

    assert [60, 210] == [each["audit"]["timeout-minutes"] for each in jobs]
