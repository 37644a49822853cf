"""Shell completion: the scripts of four shells, and what they are told."""

from collections.abc import Callable

import pytest

from auditor.__main__ import main
from tests.cli.conftest import Cli

Complete = Callable[[str], list[str]]


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Complete:
    """What bash is told for a command line that is being typed."""

    def run(line: str) -> list[str]:
        monkeypatch.setenv("_AUDIT_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        with pytest.raises(SystemExit):
            main([])
        return capsys.readouterr().out.split()

    return run


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("audit pl", ["plan"]),
        ("audit list dem", ["demos"]),
        ("audit --exchange mex", ["mexc"]),
        ("audit --exchange okx,mex", ["okx,mexc"]),
        ("audit demo mes", ["messy"]),
        ("audit plan --demo mes", ["messy"]),
        ("audit demo --exchange krak", ["kraken", "krakenfutures"]),
        ("audit -f mark", ["markdown"]),
        ("audit explain balance", ["balance-left"]),
        ("audit watch --every", ["--every"]),
    ],
)
def test_a_shell_is_offered_commands_options_and_values(complete: Complete, line: str, offered: list[str]) -> None:
    assert offered == complete(line)


def test_hidden_names_are_not_offered(complete: Complete) -> None:
    assert [] == complete("audit requirem")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_has_a_script(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shell: str
) -> None:
    monkeypatch.setenv("_AUDIT_COMPLETE", f"source_{shell}")
    with pytest.raises(SystemExit):
        main([])

    assert "_AUDIT_COMPLETE" in capsys.readouterr().out


def test_help_says_how_to_install_it(cli: Cli) -> None:
    assert "--install-completion" in cli("--help").out
