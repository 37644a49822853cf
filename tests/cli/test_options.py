"""What the options mean to an audit, wherever they stand."""

import json
import logging
from pathlib import Path

import pytest

from auditor.i18n import _
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


@pytest.mark.parametrize("arguments", [["--format", "json", "explain"], ["explain", "--format", "json"]])
def test_an_option_that_a_command_cannot_use_is_an_error(cli: Cli, arguments: list[str]) -> None:
    ran = cli(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert "--format is an option of `audit" in ran.err or "There is no option --format" in ran.err


def test_demo_audits_the_embedded_exchange_by_the_same_path(cli: Cli, fake: FakeAudit) -> None:
    ran = cli("demo")

    (account,) = fake.accounts
    assert (0, "messy", "okx", True) == (ran.code, account.name, account.exchange, account.demo)
    assert (account.base_url or "").startswith("http://127.0.0.1:")
    assert {"apiKey", "secret", "password"} == set(account.credentials)


def test_json_goes_to_stdout_alone(cli: Cli) -> None:
    assert json.loads(cli("--exchange", "okx", "--format", "json").out)["verdict"] == "clean"


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("7.5", 7.5), ("90", 90), ("90s", 90), ("5m", 300), ("2H", 7200), ("1d", 86400), ("1e2", 100), ("0.5m", 30)],
)
def test_a_time_has_a_unit_or_counts_seconds(cli: Cli, fake: FakeAudit, typed: str, seconds: float) -> None:
    cli("--exchange", "okx", "--timeout", typed, "--window", typed)

    assert (seconds, seconds) == (fake.asked.timeout, fake.asked.window)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["OKX"], ["okx"]),
        (["okex"], ["okx"]),
        (["Binance"], ["binance"]),
        (["gateio"], ["gate"]),
        (["Gate.io"], ["gate"]),
        (["huobi"], ["htx"]),
        (["HTX"], ["htx"]),
        (["crypto.com"], ["cryptocom"]),
        (["okx,binance"], ["okx", "binance"]),
        (["okx, Kraken"], ["okx", "kraken"]),
        (["okx,", "okex"], ["okx"]),
        (["\u5e01\u5b89"], ["binance"]),
    ],
)
def test_an_exchange_may_be_typed_as_people_call_it(
    cli: Cli, fake: FakeAudit, monkeypatch: pytest.MonkeyPatch, typed: list[str], expected: list[str]
) -> None:
    for exchange in expected:
        for name in ("APIKEY", "SECRET", "PASSWORD", "UID"):
            monkeypatch.setenv(f"{exchange}_{name}".upper(), f"planted-{exchange}-{name}-1111")
    ran = cli(*(word for value in typed for word in ("--exchange", value)))

    assert "" == "".join(line for line in ran.err.splitlines() if line.startswith("audit:"))
    assert expected == [account.exchange for account in fake.accounts]


def test_lists_and_demos_know_exchanges_by_these_names_too(cli: Cli, fake: FakeAudit) -> None:
    assert cli("list", "requirements", "--exchange", "OKEX,Binance").out.startswith("okx\n")
    assert 0 == cli("demo", "--exchange", "Kraken").code
    assert ["kraken-messy"] == [account.name for account in fake.accounts]


@pytest.mark.parametrize("separator", ["-f", "--format"])
def test_short_options_mean_the_long_ones(cli: Cli, here: Path, separator: str) -> None:
    assert 0 == cli("--exchange", "okx", separator, "json", "-o", "r.json").code

    assert "clean" == json.loads((here / "r.json").read_text())["verdict"]


DEMOS = [
    ["plan", "--demo", "messy"],
    ["plan", "--demo"],
    ["plan", "demo"],
    ["plan", "demo", "messy"],
    ["demo", "plan"],
    ["--demo", "plan"],
    ["--demo", "messy", "plan"],
    ["plan", "--demo", "--format", "terminal"],
    ["plan", "demo", "--format", "terminal"],
    ["--format", "terminal", "plan", "demo"],
]


@pytest.mark.parametrize("arguments", DEMOS, ids=" ".join)
def test_a_demo_account_may_be_asked_for_in_any_order(cli: Cli, fake: FakeAudit, arguments: list[str]) -> None:
    ran = cli(*arguments)

    assert (0, ["messy"]) == (ran.code, [account.name for account in fake.accounts])


def test_a_demo_account_is_named_in_each_of_them(cli: Cli, fake: FakeAudit) -> None:
    for arguments in (["plan", "demo", "dust"], ["demo", "plan", "dust"], ["appeal", "demo", "dust"]):
        cli(*arguments)
        assert ["dust"] == [account.name for account in fake.accounts]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--exchang", "okx"], "There is no option --exchang. Did you mean --exchange?"),
        (["plan", "--exchagne", "okx"], "Did you mean --exchange?"),
        (["--out", "x"], "Did you mean --output?"),
        (["--json"], "Did you mean --format json?"),
        (["--watch"], "Did you mean audit watch?"),
        (["--every", "6h"], "--every is an option of `audit fleet work`, `audit watch`, not of this command."),
        (["watch", "--demo"], "Did you mean audit demo?"),
        (["--secret", "hunter2hunter2"], "keys are never taken from the command line"),
        (["--apikey", "hunter2hunter2"], "keys are never taken from the command line"),
        (["--xyzzy"], "There is no option --xyzzy."),
        (["-x"], "There is no option -x."),
        (["--lang", "fr"], "'fr' is none of en, zh"),
        (["--color", "blue"], "'blue' is none of auto, always, never"),
    ],
)
def test_a_mistyped_option_is_told_with_what_may_be_meant(cli: Cli, arguments: list[str], said: str) -> None:
    ran = cli(*arguments)

    assert (2, "") == (ran.code, ran.out)
    assert said in ran.err
    assert "hunter2" not in ran.err


COLOUR = "\x1b["


@pytest.mark.parametrize(
    ("options", "environment", "has_colour"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--colour=always"], {}, True),
        (["--color=always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--no-color"], {"FORCE_COLOR": "1"}, False),
        (["--color", "auto"], {"FORCE_COLOR": "1"}, True),
    ],
)
def test_colours_are_as_the_option_says_else_as_the_environment_does(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, options: list[str], environment: dict[str, str], has_colour: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert has_colour == (COLOUR in cli("--exchange", "okx", *options).out)


def test_traditional_chinese_is_told_to_be_simplified(cli: Cli) -> None:
    ran = cli("--lang", "zh_TW", "--exchange", "okx")

    assert "audit: \u6682\u65e0\u7e41\u4f53\u4e2d\u6587" in ran.err


def steps() -> None:
    logging.getLogger("auditor.cli").info(_("{account}: checked {place} ({done} of {total})").format(
        account="main", place=_("Funding wallet"), done=1, total=2))  # fmt: skip
    logging.getLogger("auditor.cli").debug("deeper")
    logging.getLogger("ccxt.base").debug("wire")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], set()),
        (["-v"], {"sentence"}),
        (["--verbose"], {"sentence"}),
        (["-vv"], {"sentence", "deeper", "wire"}),
        (["--verbose", "--verbose"], {"sentence", "deeper", "wire"}),
    ],
)
def test_v_says_what_is_being_done_and_vv_logs_every_request(
    cli: Cli, fake: FakeAudit, options: list[str], said: set[str]
) -> None:
    fake.before = steps
    err = cli("--exchange", "okx", *options).err

    shown = {"sentence": "audit: main: checked Funding wallet (1 of 2)", "deeper": "deeper", "wire": "ccxt.base: wire"}
    assert said == {name for name, text in shown.items() if text in err}


def test_after_a_run_that_logs_every_request_nothing_is_logged_that_was_not_before(cli: Cli, fake: FakeAudit) -> None:
    loggers = [logging.getLogger(name) for name in ("auditor", "ccxt")]
    cli("--exchange", "okx")
    before = [one.level for one in loggers]
    cli("--exchange", "okx", "-vv")
    assert before == [one.level for one in loggers]


def test_what_v_says_is_in_the_readers_language(cli: Cli, fake: FakeAudit) -> None:
    fake.before = steps

    assert "\u8d44\u91d1\u8d26\u6237" in cli("--exchange", "okx", "-v", "--lang", "zh").err


def test_wrong_use_names_the_help_of_its_command(cli: Cli) -> None:
    assert cli("plan", "--xyzzy").err.endswith("See `audit plan --help`.\n")
    assert cli("history", "diff").err.endswith("See `audit history diff --help`.\n")
    assert cli("--xyzzy").err.endswith("See `audit --help`.\n")


def test_options_and_commands_have_their_other_names(cli: Cli, fake: FakeAudit, here: Path) -> None:
    assert cli("official", "okx.com") == cli("check-link", "okx.com")
    assert 0 == cli("--exchange", "okx", "--dust", "mine.csv").code
    assert (here / "mine.csv").exists()
    assert 2 == cli("watch", "--exchange", "okx", "--max-interval", "x", "--confirm-after", "5m").code
