"""The systemd unit of a worker: complete, and without a secret."""

import shutil
import subprocess
from pathlib import Path

from tests.cli.conftest import Cli, cli, fake, here

__all__ = ["cli", "fake", "here"]
WORK = ("fleet", "work", "--egress", "fra-1", "--history", "env:FLEET_DB", "--share", "1/2", "--grace", "2m")
VAULT = ("--credentials", "vault:kv/exchange/{name}")


def test_a_unit_starts_again_and_waits_for_the_grace(cli: Cli, here: Path) -> None:
    ran = cli(*WORK, *VAULT, "--print-systemd")

    lines = ran.out.splitlines()
    assert 0 == ran.code
    for line in (
        "Restart=always",
        "SuccessExitStatus=1 3 4 143",
        "TimeoutStopSec=150s",
        "LoadCredential=FLEET_DB:/etc/exchange-closure-audit/FLEET_DB",
        "LoadCredential=VAULT_SECRET_ID:/etc/exchange-closure-audit/VAULT_SECRET_ID",
    ):
        assert line in lines
    (start,) = [line for line in lines if line.startswith("ExecStart=")]
    assert "fleet work --egress fra-1 --history env:FLEET_DB --credentials vault:kv/exchange/{name}" in start
    assert "--share 1/2 --grace 2m" in start


def test_a_unit_holds_no_address_that_news_go_to(cli: Cli, here: Path) -> None:
    ran = cli(*WORK, *VAULT, "--notify", "env:FLEET_NEWS", "--print-systemd")
    refused = cli(*WORK, *VAULT, "--webhook", "https://example.org/token", "--print-systemd")

    assert "LoadCredential=FLEET_NEWS:/etc/exchange-closure-audit/FLEET_NEWS" in ran.out.splitlines()
    assert "--notify env:FLEET_NEWS" in ran.out
    assert (2, True) == (refused.code, "--webhook env:NAME" in refused.err)


def test_systemd_finds_nothing_to_complain_of(cli: Cli, here: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    unit = here / "exchange-closure-audit-fra-1.service"
    unit.write_text(cli(*WORK, "--credentials", "file:keys/{name}.json", "--print-systemd").out)

    assert f"--credentials file:{here}/keys/{{name}}.json" in unit.read_text()
    if analyze is not None:
        ran = subprocess.run([analyze, "verify", str(unit)], check=False, capture_output=True, text=True)
        assert "exchange-closure-audit-fra-1.service" not in ran.stderr


def test_what_a_worker_cannot_do_without_is_told(cli: Cli, here: Path) -> None:
    said = [
        cli("fleet", "work", *VAULT),
        cli("fleet", "work", "--egress", "fra-1"),
        cli("fleet", "work", "--egress", "fra 1", *VAULT),
        cli(*WORK, *VAULT, "--share", "3/2"),
        cli("fleet", "work", "--egress", "fra-1", *VAULT, "--print-systemd"),
    ]

    assert [2] * 5 == [ran.code for ran in said]
    expected = ["A worker needs", "A worker needs", "it must be made of letters", "write a part of", "Name the history"]
    assert expected == [text for text, ran in zip(expected, said, strict=True) if text in ran.err]
