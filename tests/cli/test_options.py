"""What the options mean to an audit, wherever they stand."""

import json
from pathlib import Path

import pytest

from auditor.model.account import Options
from tests.cli.conftest import Cli, FakeAudit


def test_a_plain_audit_refuses_wider_keys(cli: Cli, fake: FakeAudit) -> None:
    ran = cli("--exchange", "okx", "--readonly")

    assert ran.code == 0
    assert [account.exchange for account in fake.accounts] == ["okx"]
    assert (True, False, Options().timeout, None) == (
        fake.asked.readonly,
        fake.asked.accept_unproven_key,
        fake.asked.timeout,
        fake.asked.proxy,
    )


def test_readonly_is_the_default(cli: Cli, fake: FakeAudit) -> None:
    cli("--exchange", "okx")

    assert fake.asked.readonly


def test_every_option_reaches_the_audit(cli: Cli, fake: FakeAudit) -> None:
    cli(
        *(
            "--exchange",
            "okx",
            "--no-readonly",
            "--accept-unproven-key",
            "--timeout",
            "7.5",
            "--window",
            "90",
            "--sandbox",
        ),
        *("--base-url", "https://mine.example.org", "--trust-host", "mine.example.org"),
        *("--proxy", "socks5h://127.0.0.1:9050", "--expect-uid", "42"),
    )

    (account,) = fake.accounts
    assert ("https://mine.example.org", True, "42") == (account.base_url, account.sandbox, account.uid)
    options = fake.asked
    assert (False, True, 7.5) == (options.readonly, options.accept_unproven_key, options.timeout)
    assert 90 == options.window
    assert (frozenset({"mine.example.org"}), "socks5h://127.0.0.1:9050") == (options.trust_hosts, options.proxy)


def test_accounts_of_a_configuration_file_are_audited_by_name(cli: Cli, fake: FakeAudit, here: Path) -> None:
    cli("init", "--exchange", "okx", "--exchange", "myokx", "--output", "accounts.toml")
    cli("--config", "accounts.toml", "--account", "okx")

    assert ["okx"] == [account.name for account in fake.accounts]


SAME = [
    (["--format", "json", "demo", "empty"], ["demo", "empty", "--format", "json"]),
    (["--dust-csv", "d", "--timeout", "9", "demo", "empty"], ["demo", "--timeout", "9", "empty", "--dust-csv", "d"]),
    (["--format=json", "demo", "--timeout", "9", "empty"], ["demo", "empty", "--format=json", "--timeout", "9"]),
    (["--exchange", "okx", "requirements"], ["requirements", "--exchange", "okx"]),
    (["--format", "json", "--", "demo", "empty"], ["demo", "empty", "--format", "json"]),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), SAME)
def test_an_option_means_the_same_before_and_after_a_command(cli: Cli, before: list[str], after: list[str]) -> None:
    first, second = cli(*before), cli(*after)

    assert first == second
    assert first.code == 0


def test_a_word_after_an_option_is_its_value_even_when_it_names_a_command(cli: Cli) -> None:
    assert cli("--exchange", "demo", "requirements").err.startswith("audit: Unknown exchange 'demo'")


def test_options_of_one_command_stand_before_it_too(cli: Cli, here: Path) -> None:
    (here / "accounts.toml").write_text("old")

    assert cli("--force", "--output", "accounts.toml", "init").code == 0
    assert "[[accounts]]" in (here / "accounts.toml").read_text()


@pytest.mark.parametrize("arguments", [["--format", "json", "rules"], ["rules", "--format", "json"]])
def test_an_option_that_a_command_cannot_use_is_an_error(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert "--format" in ran.err


def test_demo_audits_the_embedded_exchange_by_the_same_path(cli: Cli, fake: FakeAudit) -> None:
    ran = cli("demo")

    (account,) = fake.accounts
    assert (0, "messy", "okx", True) == (ran.code, account.name, account.exchange, account.demo)
    assert (account.base_url or "").startswith("http://127.0.0.1:")
    assert {"apiKey", "secret", "password"} == set(account.credentials)


def test_json_goes_to_stdout_alone(cli: Cli) -> None:
    assert json.loads(cli("--exchange", "okx", "--format", "json").out)["verdict"] == "clean"
