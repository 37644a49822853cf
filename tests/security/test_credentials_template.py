"""Keys by template: fetched for one pass, shown nowhere, and forgotten."""

import asyncio
import json
import os
import sys
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from auditor.model.errors import UserError
from auditor.security import credentials_template
from auditor.security.credentials_template import CredentialsTemplate, KeyOwner, parse_template
from auditor.security.credentials_vault import VaultReader
from auditor.security.redaction import SECRETS, Redactor

KEYS = {"apiKey": "planted-key-of-main", "secret": "planted-secret-of-main", "password": "planted-pass-of-main"}
MAIN = KeyOwner("main", "okx", tuple(KEYS))
TOKEN = "planted-token-of-a-vault"


def fetch(template: CredentialsTemplate | str, owner: KeyOwner = MAIN) -> tuple[Mapping[str, str], str, str]:
    """The keys, and what the filter makes of them while they are held and afterwards."""
    parsed = parse_template(template) if isinstance(template, str) else template

    async def run() -> tuple[Mapping[str, str], str, str]:
        async with parsed.fetched(owner) as keys:
            plain = {name: secret.get_secret_value() for name, secret in keys.items()}
            during = SECRETS.text(KEYS["secret"])
        return plain, during, SECRETS.text(KEYS["secret"])

    return asyncio.run(run())


def refused(template: CredentialsTemplate | str, owner: KeyOwner = MAIN) -> str:
    with pytest.raises(UserError) as told:
        fetch(template, owner)
    assert "planted" not in str(told.value)
    return str(told.value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "main.json", KEYS)
    return tmp_path


def write(file: Path, content: object) -> None:
    file.write_text(json.dumps(content))
    file.chmod(0o600)


def program(folder: Path, code: str) -> str:
    """The template of a Python program."""
    file = folder / "keys_of.py"
    file.write_text(code)
    return f"command:{sys.executable} {file} {{name}} '{{exchange}} keys'"


def test_keys_from_a_file_are_hidden_for_one_pass_and_then_forgotten(folder: Path) -> None:
    assert (KEYS, "***", KEYS["secret"]) == fetch(f"file:{folder}/{{name}}.json")


def test_keys_from_a_program_come_without_a_shell(folder: Path) -> None:
    printed = {**KEYS, "apiKey": "planted-key-$(id)", "note": 1}
    template = program(
        folder, f"import sys, json; assert sys.argv[1:] == ['main', 'okx keys']; print({json.dumps(printed)!r})"
    )

    assert {**KEYS, "apiKey": "planted-key-$(id)"} == fetch(template)[0]


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; print('planted'); sys.stderr.write('planted'); sys.exit(3)", "the program ended with code 3"),
        ("print('planted')", "there is no JSON object"),
        ("print('[]')", "there is no JSON object"),
        ("import sys; sys.stdout.buffer.write(bytes([200]))", "the program printed no text"),
        ("print('planted' * 99_999)", "the program printed too much"),
        ("import time; time.sleep(60)", "the program took longer than 0.5 s"),
    ],
)
def test_a_program_that_fails_is_told_without_what_it_printed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, told: str
) -> None:
    if "sleep" in code:
        monkeypatch.setattr(credentials_template, "SECONDS", 0.5)

    assert f"The keys of main cannot be had: {told}." == refused(program(folder, code))


def test_a_program_that_is_not_there_is_told() -> None:
    assert "the program cannot be started: No such file" in refused("command:/not/there {name}")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"apiKey": KEYS["apiKey"], "secret": KEYS["secret"]}, "the object must have one text password"),
        ({**KEYS, "password": 7}, "the object must have one text password"),
        ({**KEYS, "PASSWORD": "planted-other"}, "the object must have one text password"),
        ({**KEYS, "password": " planted-pass "}, "white space around it"),
    ],
)
def test_an_object_without_what_the_exchange_needs_is_told(folder: Path, content: object, told: str) -> None:
    write(folder / "main.json", content)

    assert told in refused(f"file:{folder}/{{name}}.json")


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    assert "The keys of main cannot be had: No such file or directory." == refused(
        f"file:{folder}/{{exchange}}-{{name}}"
    )


@pytest.mark.parametrize("name", ["../main", "a/b", "-rf", ".hidden", "a..b", "a b", "", "\u0430", "main\n"])
def test_a_name_that_leads_elsewhere_is_refused(folder: Path, name: str) -> None:
    assert "its name has other signs" in refused(f"file:{folder}/{{name}}.json", KeyOwner(name, "okx", ("secret",)))


def test_an_account_without_the_uid_that_a_template_asks_for_is_told(folder: Path) -> None:
    assert "its uid has other signs" in refused(f"file:{folder}/{{uid}}.json")


@pytest.mark.parametrize(
    "template",
    [
        "planted-secret-itself",
        "file:",
        "env:PLANTED",
        "file:/run/keys/all.json",
        "file:/run/{exchange}.json",
        "file:/run/{name}/{other}",
        "file:/run/{name!r}",
        "file:/run/{{name}}",
        "command:{name}",
        "command:keys-of '{name}",
        "vault:{name}",
        "vault:{name}/x",
        "vault:kv",
    ],
)
def test_a_template_that_cannot_work_is_refused_and_not_repeated(template: str) -> None:
    with pytest.raises(UserError) as told:
        parse_template(template)

    assert "planted" not in str(told.value).lower()


def test_a_secret_that_two_hold_is_forgotten_with_the_second() -> None:
    redactor = Redactor()
    redactor.learn("learnt-for-good-1")
    with redactor.hold(["held-by-two-1", "learnt-for-good-1"]):
        with redactor.hold(["held-by-two-1"]):
            pass
        inside = redactor.text("held-by-two-1")

    assert ("***", "held-by-two-1 ***") == (inside, redactor.text("held-by-two-1 learnt-for-good-1"))


def test_nothing_of_thousands_of_forgotten_secrets_stays() -> None:
    redactor = Redactor()
    redactor.learn("learnt-for-good-1")
    redactor.text("the index is made")
    before = repr(redactor.__dict__)

    for number in range(300):
        with redactor.hold([f"held-for-a-pass-{number}"]):
            redactor.text("x")

    assert before == repr(redactor.__dict__)


class Vault(BaseHTTPRequestHandler):
    """Vault's KV version 2 and AppRole, as its HTTP API documents them; the first token that it gives has run out."""

    signed_in: list[str] = []  # noqa: RUF012 - one server a test

    def do_GET(self) -> None:
        token = self.headers["X-Vault-Token"]
        if token not in {TOKEN, "planted-token-2"} or self.headers.get("X-Vault-Namespace") != "fund":
            self._answer(403, {"errors": ["permission denied planted"]})
        elif self.path == "/v1/kv/data/exchange/main":
            self._answer(200, {"data": {"data": KEYS, "metadata": {"version": 2}}})
        else:
            self._answer(404, {"errors": ["planted"]})

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert ("/v1/auth/approle/login", "role-of-the-fleet", "planted-secret-id") == (
            self.path,
            given["role_id"],
            given["secret_id"],
        )
        self.signed_in.append("")
        self._answer(200, {"auth": {"client_token": f"planted-token-{len(self.signed_in)}"}})

    def _answer(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
        pass


@pytest.fixture
def vault() -> Iterator[str]:
    Vault.signed_in = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Vault) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def vault_template(path: str, **environment: str) -> CredentialsTemplate:
    return CredentialsTemplate("vault", path, VaultReader("kv", {"VAULT_NAMESPACE": "fund", **environment}))


def test_keys_from_a_vault_by_token(vault: str) -> None:
    environment = {"VAULT_ADDR": vault, "VAULT_TOKEN": TOKEN}
    template = vault_template("kv/exchange/{name}", **environment)

    assert (KEYS, "***", KEYS["secret"]) == fetch(template)
    assert "***" == SECRETS.text(TOKEN)
    assert template.vault is not None
    assert "VAULT_TOKEN" not in template.vault.environment


def test_keys_from_a_vault_by_role_also_when_the_token_has_run_out(vault: str) -> None:
    role = {"VAULT_ROLE_ID": "role-of-the-fleet", "VAULT_SECRET_ID": "planted-secret-id"}

    assert KEYS == fetch(vault_template("kv/exchange/{name}", VAULT_ADDR=vault, **role))[0]


def test_what_a_vault_refuses_is_told_without_its_words(vault: str) -> None:
    other = KeyOwner("other", "okx", ("secret",))

    assert "The keys of other cannot be had: the vault has no such secret." == refused(
        vault_template("kv/exchange/{name}", VAULT_ADDR=vault, VAULT_TOKEN=TOKEN), other
    )
    assert "the vault does not allow" in refused(
        vault_template("kv/exchange/{name}", VAULT_ADDR=vault, VAULT_TOKEN="planted-wrong")
    )
    assert "VAULT_TOKEN, or VAULT_ROLE_ID and VAULT_SECRET_ID" in refused(
        vault_template("kv/exchange/{name}", VAULT_ADDR=vault)
    )


def test_a_vault_is_asked_over_https_only() -> None:
    assert "must be the vault's address, and begin with https://" in refused(
        vault_template("kv/exchange/{name}", VAULT_ADDR="http://vault.example.com:8200", VAULT_TOKEN=TOKEN)
    )


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_file_that_others_can_read_is_noted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "main.json").chmod(0o644)

    fetch(f"file:{folder}/{{name}}.json")

    assert "can be read by others" in capsys.readouterr().err
