"""The container: built from the wheel with packages by hash, and it may do nothing but run the program."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from auditor.settings.environment_names import variable
from auditor.settings.exchange_checks import credentials
from tests.cli.conftest import Cli, FakeAudit, cli, fake, here

__all__ = ["cli", "fake", "here"]
ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
LINES = [line for line in TEXT.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
STAGES = [stage.splitlines() for stage in re.split(r"(?m)^(?=FROM )", "\n".join(LINES)) if stage]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
WATCH = COMPOSE["services"]["watch"]
NOBODY = "65532:65532"


def arguments(stage: list[str], instruction: str) -> list[str]:
    return [line.removeprefix(instruction).strip() for line in stage if line.startswith(instruction + " ")]


def test_what_builds_is_not_in_the_image_that_runs() -> None:
    build, run = STAGES

    assert ["python:3.11-slim-bookworm AS build"] == arguments(build, "FROM")
    assert ["python:3.11-slim-bookworm"] == arguments(run, "FROM")
    assert ([], True) == (arguments(run, "RUN"), all("--from=build" in copy for copy in arguments(run, "COPY")))


def test_every_package_comes_with_its_hash_and_the_program_from_the_wheel() -> None:
    installs = re.findall(r"pip (?:install|wheel)[^&]*", " && ".join(arguments(STAGES[0], "RUN")))

    assert ["--require-hashes -r requirements/run.txt", "/wheel .", "/wheel/*.whl"] == [
        re.search(r"(--require-hashes.*|/wheel \.|/wheel/\S+)$", command.strip())[1]  # type: ignore[index]
        for command in installs
    ]
    assert all("--no-deps --no-build-isolation" in command for command in installs[1:])


def test_it_runs_as_no_user_and_keeps_all_in_one_volume() -> None:
    run = STAGES[1]

    assert ([NOBODY], ['["/state"]'], ["NONE"]) == (
        arguments(run, "USER"),
        arguments(run, "VOLUME"),
        arguments(run, "HEALTHCHECK"),
    )
    (environment,) = arguments(run, "ENV")
    folders = dict(word.split("=", 1) for word in shlex.split(environment))
    assert {"/state"} == {folders[name][:6] for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}


def test_the_builder_gets_what_is_copied_and_nothing_else() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    given = {line[1:] for line in ignored if line.startswith("!")}
    copied = {word for copy in arguments(STAGES[0], "COPY") for word in copy.split()[:-1]}

    assert ("*", given) == (ignored[1], {word.partition("/")[0] for word in copied})
    assert [] == [name for name in given if not (ROOT / name).exists()]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("user", NOBODY),
        ("read_only", True),
        ("cap_drop", ["ALL"]),
        ("security_opt", ["no-new-privileges:true"]),
        ("volumes", ["state:/state"]),
    ],
)
def test_the_watch_may_do_nothing_but_run(option: str, value: object) -> None:
    assert value == WATCH[option]


def test_the_watch_opens_no_port_and_holds_no_secret() -> None:
    assert {"ports", "privileged", "network_mode", "env_file"} & set(WATCH) == set()
    assert {"CREDENTIALS_DIRECTORY", "TZ"} == set(WATCH["environment"])
    assert [] == [secret for secret in COMPOSE["secrets"].values() if list(secret) != ["file"]]


def test_its_secrets_have_the_names_that_the_program_reads() -> None:
    names = [variable("okx", name).target for name in credentials("okx")]

    assert names == WATCH["secrets"] == list(COMPOSE["secrets"])


def test_its_command_is_one_that_the_program_takes(cli: Cli, fake: FakeAudit) -> None:
    ran = cli(*WATCH["command"], "--print-cron")

    assert (0, True) == (ran.code, "watch --exchange okx" in ran.out)
