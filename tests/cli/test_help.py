"""Help, and what it must not load."""

import inspect
import re
import shlex
from typing import Any

import pytest
import typer
from syrupy.assertion import SnapshotAssertion

from auditor.cli.app import app
from auditor.cli.commands.watch import watch
from auditor.cli.options.durations import duration, seconds
from auditor.cli.options.examples import EXAMPLES
from auditor.demo import names
from auditor.formats import format_names
from auditor.formats.plan_view import FORMATS
from auditor.i18n.columns import cells_of
from tests.cli.conftest import Cli, Spawn

COMMANDS = [
    *("demo", "keys", "init", "plan", "appeal", "official", "record", "replay", "explain", "watch", "report"),
    *("list", "list exchanges", "list surfaces", "list rules", "list requirements", "list demos"),
    *(
        "history",
        "history diff",
        "history prune",
        "archive",
        "archive demo",
        "archive add",
        "archive verify",
        "archive export",
        "archive stamp",
    ),
]
PROGRAM: Any = typer.main.get_command(app)
HEAVY = ["rich", "ccxt", "pandas", "numpy", "aiohttp", "platformdirs"]  # typer itself loads pydantic for some commands


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def plain(text: str) -> str:
    """Help as words, whatever formats there are: adding one changes no other file."""
    return " ".join(text.split()).replace("|".join(format_names()), "FORMAT").replace(" -", "\n-")


def test_help_lists_options_and_commands(cli: Cli, snapshot: SnapshotAssertion) -> None:
    ran = cli("--help")

    assert (ran.code, ran.err) == (0, "")
    assert plain(ran.out) == snapshot


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_of_its_own(cli: Cli, snapshot: SnapshotAssertion, command: str) -> None:
    ran = cli(*command.split(), "--help")

    assert (ran.code, ran.err) == (0, "")
    assert plain(ran.out) == snapshot


def words_of(group: Any, *before: str) -> list[tuple[str, ...]]:
    """Every command as it is typed, the program alone included."""
    within = getattr(group, "commands", {}).items()
    return [before, *(words for name, command in within for words in words_of(command, *before, name))]


@pytest.mark.campaign(one_of=4)
@pytest.mark.parametrize("words", words_of(PROGRAM), ids=" ".join)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_fits_80_columns_and_cuts_nothing(cli: Cli, words: tuple[str, ...], language: str) -> None:
    out = cli(*words, "--lang", language, "--help").out

    _usage, *lines = out.splitlines()
    assert [] == [line for line in lines if cells_of(line) > 80 or line.endswith("...")]


@pytest.mark.campaign(one_of=8)
@pytest.mark.parametrize("words", words_of(PROGRAM), ids=" ".join)
def test_a_short_h_asks_for_help_as_well(cli: Cli, words: tuple[str, ...]) -> None:
    assert cli(*words, "--help") == cli(*words, "-h")


def test_help_groups_the_commands_in_the_order_of_a_users_way(cli: Cli) -> None:
    out = cli("--help").out
    shown = [out.index(f"\n  {name} ") for name in ("demo", "init", "plan", "watch", "official", "record")]

    assert sorted(shown) == shown
    parts = [out.index(heading) for heading in ("Examples:", "Start here:", "Clear your account:", "Common options:")]
    assert sorted(parts) == parts


def test_former_names_of_lists_are_not_shown_but_work(cli: Cli) -> None:
    assert "\n  requirements " not in cli("--help").out
    assert cli("list", "rules") == cli("rules")
    assert cli("list", "exchanges") == cli("exchanges")


@pytest.mark.parametrize("path", sorted(EXAMPLES))
def test_every_example_of_help_is_a_command_with_options_that_exist(path: str) -> None:
    for line, _text in EXAMPLES[path]:
        words = shlex.split(line)[1:]
        command = PROGRAM
        while words and words[0] in getattr(command, "commands", {}):
            command = command.commands[words.pop(0)]
        given = {word for word in words if word.startswith("-")}
        known = {name for param in command.params for name in param.opts}
        assert set() == given - known, line


def test_the_help_of_demo_names_accounts_that_exist(cli: Cli) -> None:
    shown = re.split(r"[ ,;`\n]+", cli("demo", "--help").out.split("Arguments:")[1].split("Examples:")[0])

    assert {"messy", "dust", "empty", "wide", "kraken-messy"} <= {*shown} & {*names()}


def test_help_before_a_command_is_the_help_of_the_command(cli: Cli) -> None:
    assert cli("--help", "keys") == cli("keys", "--help")


@pytest.mark.parametrize(("command", "forms"), [("plan", FORMATS), ("list exchanges", ("terminal", "json"))])
def test_help_names_the_forms_that_the_command_has(cli: Cli, command: str, forms: tuple[str, ...]) -> None:
    assert f"--format {'|'.join(forms)} " in " ".join(cli(*command.split(), "--help").out.split())


def test_a_time_that_is_the_default_is_shown_as_it_would_be_typed(cli: Cli) -> None:
    shown = re.findall(r"\[default: ([0-9]+[a-z])\]", " ".join(cli("watch", "--help").out.split()))

    assert ["1d", "30m", "3d", "10m", "10m"] == shown
    assert cli_defaults("longest", "confirm", "stale_after") == [duration(each) for each in shown[:3]]
    assert cli_defaults("timeout", "window") == [seconds(each) for each in shown[3:]]


def cli_defaults(*names: str) -> list[object]:
    return [inspect.signature(watch).parameters[name].default for name in names]


def test_audit_alone_prints_help_and_exits_2(cli: Cli) -> None:
    ran = cli()

    assert (ran.code, ran.out) == (2, cli("--help").out)


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(cli: Cli, option: str) -> None:
    ran = cli(option)

    assert (ran.code, ran.out) == (0, "audit 0.1.0\n")


@pytest.mark.slow("cold processes")
@pytest.mark.campaign(one_of=2)
@pytest.mark.parametrize("arguments", [["--help"], ["demo", "--help"], ["--version"], []])
def test_help_loads_nothing_heavy(spawn: Spawn, arguments: list[str]) -> None:
    code = f"""
import sys
from auditor.__main__ import main
main({arguments!r})
print("LOADED", *[name for name in {HEAVY!r} if name in sys.modules])
"""
    # Without arguments it looks whether accounts are set up.
    expected = "LOADED" if arguments else "LOADED platformdirs"
    assert spawn(code).stdout.decode().splitlines()[-1] == expected


def test_the_defaults_that_help_shows_load_no_pydantic(spawn: Spawn) -> None:
    code = "import sys, auditor.model.account; print('pydantic' in sys.modules)"

    assert "False" == spawn(code).stdout.decode().strip()
