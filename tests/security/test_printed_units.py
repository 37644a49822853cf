"""What the program prints for others to run fetches nothing by a name alone, and is as many lines as it should be."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from auditor.formats.escape import escape_invisible
from auditor.history import database_url as location
from auditor.security import locks
from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]
ROOT = Path(__file__).resolve().parents[2]
KINDS = ["systemd", "cron", "github-action"]
MORE = ("--notify", "env:CHANNEL", "--webhook", "env:HOOK", "--output", "report.txt")
NAMED_FETCH = re.compile(r"(?:pip3?|pipx|uv|uvx|npm|npx|docker|curl|wget|apt(?:-get)?|brew)\s+\S*")
SHA = re.compile(r"[0-9a-f]{40}")


def printed(cli: Cli, kind: str, *more: str) -> str:
    ran = cli("watch", "--exchange", "okx", "--every", "6h", *more, f"--print-{kind}")
    assert (0, "") == (ran.code, ran.err)
    return ran.out


@pytest.mark.parametrize("more", [(), MORE])
@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_installs_by_hash_alone(cli: Cli, kind: str, more: tuple[str, ...]) -> None:
    lines = [line for line in printed(cli, kind, *more).splitlines() if NAMED_FETCH.search(line)]

    assert (kind == "github-action") == bool(lines)
    assert [] == [line for line in lines if "--require-hashes" not in line]


@pytest.mark.parametrize("more", [(), MORE])
def test_a_workflow_uses_actions_of_one_commit_and_its_own_commit_of_the_program(
    cli: Cli, more: tuple[str, ...]
) -> None:
    (job,) = yaml.safe_load(printed(cli, "github-action", *more))["jobs"].values()
    used = [step["uses"] for step in job["steps"] if "uses" in step]

    assert [] == [action for action in used if not SHA.fullmatch(action.partition("@")[2])]
    assert "$GITHUB_SHA" in job["steps"][0]["run"]
    assert "exchange-closure-audit" not in str(job)


@pytest.mark.parametrize("name", ["run", "extras"])
def test_every_package_of_a_list_has_its_version_and_hashes(name: str) -> None:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").replace("\\\n", " ").splitlines()
    packages = [line for line in lines if line and not line.startswith("#")]

    assert "--only-binary :all:" == packages[0]
    assert len(packages) > 20
    assert [] == [line for line in packages[1:] if "==" not in line or "--hash=sha256:" not in line]


@pytest.mark.parametrize("name", ["run", "extras", "dev"])
def test_no_list_says_where_a_package_comes_from(name: str) -> None:
    assert "://" not in (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def test_the_list_that_a_hint_names_is_there() -> None:
    assert locks.lock_file("extras").is_file()
    assert "--require-hashes" in shlex.split(locks.install_command())


@pytest.mark.parametrize("paper", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", ".ci/run"])
def test_every_command_that_installs_names_hashes_or_fetches_nothing(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8").replace("\\\n", " ")
    installs = re.findall(r"pip\"? (?:install|wheel)[^&;|`\n]*", text)

    assert installs
    safe = ("--require-hashes", "--no-deps --no-build-isolation")
    assert [] == [command for command in installs if not any(word in command for word in safe)]


def test_no_sentence_of_the_program_installs_by_name() -> None:
    sources = [*(ROOT / "auditor").rglob("*.py"), *(ROOT / "auditor").rglob("*.po")]
    installs = [line for path in sources for line in re.findall(r"pip install .*", path.read_text("utf-8"))]

    assert [] == [line for line in installs if "--require-hashes" not in line]


@pytest.mark.campaign(one_of=6)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["a\nExecStartPre=/bin/x", "a\r* * * * * x", "a\u2028b", "a\x0bb"])
@pytest.mark.parametrize("option", ["--output", "--html", "--metrics-file", "--history", "--notify-command"])
def test_a_path_with_a_line_end_makes_no_line_of_its_own(cli: Cli, kind: str, text: str, option: str) -> None:
    ran = cli("watch", "--exchange", "okx", option, text, f"--print-{kind}")

    assert (2, "") == (ran.code, ran.out)
    assert "No unit can hold" in ran.err


@pytest.mark.parametrize("kind", ["systemd", "cron"])
def test_a_folder_with_a_line_end_makes_no_line_of_its_own(
    cli: Cli, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a\nb").mkdir()
    monkeypatch.chdir(tmp_path / "a\nb")
    monkeypatch.setattr(location, "default_file", lambda: tmp_path / "history.sqlite3")

    assert 2 == cli("watch", "--exchange", "okx", "--notify-command", "./tell", f"--print-{kind}").code


def test_a_workflow_has_no_place_to_fill_in_but_its_own(cli: Cli) -> None:
    ran = cli("watch", "--exchange", "okx", "--notify-command", "say ${{ secrets.X }}", "--print-github-action")

    assert (2, "") == (ran.code, ran.out)


def test_times_on_several_lines_are_one_line(cli: Cli) -> None:
    ran = cli("watch", "--exchange", "okx", "--cron", "30 8\n* * 1", "--print-cron")

    assert ran.code == 2 or "\n30 8 * * 1 " in ran.out


def test_a_runner_obeys_nothing_that_an_exchange_says(cli: Cli) -> None:
    (job,) = yaml.safe_load(printed(cli, "github-action"))["jobs"].values()
    lines = job["steps"][-1]["run"].splitlines()

    stop = lines.index('echo "::stop-commands::$token"')
    assert stop < next(number for number, line in enumerate(lines) if "-m auditor watch" in line)
    assert "/dev/urandom" in lines[stop - 1]


@pytest.mark.parametrize("text", ["a##[add-mask]b", "##[group]", "::add-mask::b", "b ::set-env name=PATH::x"])
def test_no_text_is_a_command_of_a_runner(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    shown = escape_invisible(text)

    assert "##[" not in shown
    assert re.search(r"(?<!\S)::[a-z]", shown) is None


def test_a_systemd_unit_leaves_no_core(cli: Cli) -> None:
    assert "LimitCORE=0\n" in printed(cli, "systemd")
