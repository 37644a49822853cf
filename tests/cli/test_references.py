"""References to secrets: a real keyring, and files, all the way to an audit."""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend

from auditor.__main__ import main
from auditor.cli.commands import audit as run
from auditor.demo import serve
from auditor.model.account import Options
from auditor.settings import accounts_file as config_file
from tests.exchanges.okx.bare import BARE

SECRETS = {"apikey": BARE.apikey, "secret": BARE.secret, "password": BARE.passphrase}


@dataclass(eq=False)
class InMemory(KeyringBackend):
    kept: dict[tuple[str, str], str]
    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "home" / "accounts.toml")
    monkeypatch.setattr(run, "Options", partial(Options, pace=0))
    return tmp_path


def audited(place: Path, references: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Any:
    with serve([BARE], limits=False) as served:
        lines = [f'{name} = "{reference}"' for name, reference in references.items()]
        head = ["[[accounts]]", 'name = "mine"', 'exchange = "okx"', f'base_url = "{served.url}"']
        (place / "accounts.toml").write_text("\n".join([*head, *lines]))
        code = main(["--config", "accounts.toml", "--format", "csv"])
    return code, capsys.readouterr()


def test_an_audit_takes_its_key_from_the_keyring(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(InMemory({("okx-mine", name): value for name, value in SECRETS.items()}))
    try:
        code, _said = audited(place, dict.fromkeys(SECRETS, "keyring:okx-mine"), capsys)
    finally:
        keyring.set_keyring(before)

    assert 0 == code


def test_an_audit_takes_its_key_from_files_beside_the_configuration(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in SECRETS.items():
        (place / name).write_text(f"{value}\n")
        (place / name).chmod(0o600)

    code, said = audited(place, {name: f"file:{name}" for name in SECRETS}, capsys)

    assert (0, "Dust list saved to dust.csv\n") == (code, said.err)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes")
def test_a_secret_file_that_others_can_read_is_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in SECRETS.items():
        (place / name).write_text(value)
        (place / name).chmod(0o644 if name == "secret" else 0o600)

    code, said = audited(place, {name: f"file:{name}" for name in SECRETS}, capsys)

    told = "audit: secret can be read by others on this computer: chmod 600 secret"
    assert (0, [told, "Dust list saved to dust.csv"]) == (code, said.err.splitlines())


@pytest.mark.parametrize("short", ["1234567", "abc"])
def test_a_secret_that_is_too_short_to_be_filtered_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str], short: str
) -> None:
    (place / "short").write_text(short)
    (place / "short").chmod(0o600)

    code, said = audited(place, dict.fromkeys(SECRETS, "file:short"), capsys)

    assert (2, True) == (code, "it has fewer than 8 characters" in said.err)
    assert short not in said.err
