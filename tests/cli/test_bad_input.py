"""Bad input: one clear line, exit 2, nothing sent, nothing left behind, no secret."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli, FakeAudit, Spawn

BAD = {
    "no such command": (["dmo"], "Did you mean 'demo'?"),
    "no such option": (["--exchang", "okx"], "There is no option --exchang. Did you mean --exchange?"),
    "no value": (["--exchange"], "requires an argument"),
    "two words": (["demo", "empty", "plain"], "unexpected extra argument"),
    "unknown exchange": (["--exchange", "okxx"], "Unknown exchange 'okxx'. Did you mean okx?"),
    "white space": (["--exchange", " okx"], "white space"),
    "blank": (["--exchange", ""], "blank"),
    "unknown demo account": (["demo", "messi"], "Unknown demo account 'messi'. Did you mean messy?"),
    "unknown rule": (["explain", "dust"], "Unknown rule 'dust'"),
    "unknown format": (["--exchange", "okx", "--format", "xml"], "'xml' is none of"),
    "no time": (["--exchange", "okx", "--timeout", "0"], "above 0"),
    "negative time": (["--exchange", "okx", "--timeout", "-1"], "above 0"),
    "endless time": (["--exchange", "okx", "--timeout", "inf"], "above 0"),
    "no number": (["--exchange", "okx", "--timeout", "soon"], "a number and a unit, such as 30m"),
    "address without scheme": (["--exchange", "okx", "--base-url", "okx.com"], "base URL"),
    "foreign address": (["--exchange", "okx", "--base-url", "https://okx.evil.org"], "--trust-host okx.evil.org"),
    "address with user": (["--exchange", "okx", "--base-url", "https://u:hunter2@okx.com"], "never be an argument"),
    "two exchanges at one address": (
        ["--exchange", "okx", "--exchange", "myokx", "--base-url", "http://127.0.0.1:1"],
        "one exchange, and 2",
    ),
    "proxy of another kind": (["--exchange", "okx", "--proxy", "socks4://127.0.0.1:1"], "socks5h://"),
    "proxy to this computer": (
        ["--exchange", "okx", "--base-url", "http://127.0.0.1:1", "--proxy", "http://proxy:1"],
        "this computer",
    ),
    "host with port": (["--exchange", "okx", "--trust-host", "example.org:1"], "plain host name"),
    "uid of two": (["--exchange", "okx", "--exchange", "myokx", "--expect-uid", "1"], "one account, and 2"),
    "nothing chosen": (["--readonly"], "--exchange okx"),
    "account without file": (["--account", "main"], "give --config"),
    "both ways": (["--account", "main", "--exchange", "okx"], "not both"),
    "missing file": (["--config", "nowhere.toml"], "Cannot read nowhere.toml"),
    "output in no folder": (["--exchange", "okx", "--output", "no/where.json"], "where.json cannot be written"),
    "output on a folder": (["--exchange", "okx", "--output", "."], "is a folder"),
    "dust in no folder": (["--exchange", "okx", "--dust-csv", "no/dust.csv"], "dust.csv cannot be written"),
    "dust over output": (["--exchange", "okx", "--output", "a", "--dust-csv", "./a"], "same file"),
    "no file name": (["--exchange", "okx", "--output", "a\0b"], "not a valid file name"),
    "init over a file": (["init", "--output", "there.toml"], "--force"),
    "init in no folder": (["init", "--output", "no/where.toml"], "where.toml"),
    "no command like it": (["tidy"], "No such command 'tidy'"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "expected"), BAD.values(), ids=BAD.keys())
def test_bad_input_is_told_in_one_line(
    cli: Cli, fake: FakeAudit, here: Path, arguments: list[str], expected: str
) -> None:
    (here / "there.toml").write_text("mine")

    ran = cli(*arguments)

    assert (2, "") == (ran.code, ran.out)
    assert ran.err.startswith("audit: ")
    assert ran.err.count("\n") == 1
    assert expected in ran.err
    assert "hunter2" not in ran.err
    assert fake.options is None
    assert [here / "there.toml"] == list(here.iterdir())


def test_missing_credentials_are_named(cli: Cli, fake: FakeAudit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OKX_APIKEY")
    monkeypatch.delenv("OKX_SECRET")

    ran = cli("--exchange", "okx")

    assert (2, "") == (ran.code, ran.out)
    assert "OKX_APIKEY, OKX_SECRET." in ran.err
    assert fake.options is None


def test_control_characters_of_an_argument_do_not_reach_the_terminal(cli: Cli) -> None:
    assert "\x1b" not in cli("--exchange", "okx\x1b]0;x\x07\n\x1b[2J").err


def test_an_unexpected_error_is_one_line_and_exit_2(cli: Cli, fake: FakeAudit) -> None:
    fake.error = RuntimeError("first line\nsecond line")

    ran = cli("--exchange", "okx")

    assert (2, "", "audit: internal error: RuntimeError: first line second line\n") == (ran.code, ran.out, ran.err)


def test_a_broken_installation_is_no_verdict(spawn: Spawn) -> None:
    broken = "import sys; sys.modules['auditor.cli.runtime.process'] = None"

    ran = spawn(f"{broken}; from auditor.__main__ import main; sys.exit(main(['rules']))")

    assert (2, b"") == (ran.returncode, ran.stdout)
    assert b"Traceback" not in ran.stderr
