"""Help, and what it must not load."""

import inspect
import re

import pytest
from syrupy.assertion import SnapshotAssertion

from auditor.cli.commands.watch import watch
from auditor.cli.options.durations import duration
from auditor.formats import format_names
from auditor.formats.plan_view import FORMATS
from tests.cli.conftest import Cli, Spawn

COMMANDS = [
    *("demo", "keys", "init", "plan", "appeal", "official", "record", "replay", "surfaces", "rules", "explain"),
    "requirements",
]
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
    ran = cli(command, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert plain(ran.out) == snapshot


def test_help_before_a_command_is_the_help_of_the_command(cli: Cli) -> None:
    assert cli("--help", "keys") == cli("keys", "--help")


@pytest.mark.parametrize(("command", "forms"), [("plan", FORMATS), ("exchanges", ("terminal", "json"))])
def test_help_names_the_forms_that_the_command_has(cli: Cli, command: str, forms: tuple[str, ...]) -> None:
    assert f"--format {'|'.join(forms)} " in " ".join(cli(command, "--help").out.split())


def test_a_time_that_is_the_default_is_shown_as_it_would_be_typed(cli: Cli) -> None:
    shown = re.findall(r"\[default: \((.+?)\)\]", " ".join(cli("watch", "--help").out.split()))

    assert ["1d", "30m", "3d"] == shown
    assert cli_defaults("longest", "confirm", "stale_after") == [duration(each) for each in shown]


def cli_defaults(*names: str) -> list[object]:
    return [inspect.signature(watch).parameters[name].default for name in names]


def test_audit_alone_prints_help_and_exits_2(cli: Cli) -> None:
    ran = cli()

    assert (ran.code, ran.out) == (2, cli("--help").out)


def test_version(cli: Cli) -> None:
    ran = cli("--version")

    assert (ran.code, ran.out) == (0, "audit 0.1.0\n")


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
