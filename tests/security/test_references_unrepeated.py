"""A secret that was put where its name belongs is not said back, and a secret that cannot be told apart is refused."""

from pathlib import Path

import pytest

from auditor.model.errors import UserError
from auditor.security.address_parts import address_parts
from auditor.security.credentials import SecretReader, learn, parse_reference
from auditor.security.redaction import SECRETS
from auditor.watch.notify import channels

KEYS = [
    "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
    "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A",
    "AKIAQ3EGP2XW7N5L4T6V",
    "hunter2hunter2",
    "correcthorse",
    "CorrectHorse9",
    "PLANTED+secret/2222==",
    "/leading/slash+base64==",
    "rU5wTq3n\\o",
    "~unknownUser42/abc",
    "a\x00b-secret-22",
    "x" * 5000,
]


def read(text: str, folder: Path) -> None:
    reference, reader = parse_reference(text, "apikey", "main: apikey"), SecretReader(folder, environment={})
    reader.demand([reference])
    reader.read(reference)


def refusal(text: str, folder: Path) -> str:
    with pytest.raises(UserError) as refused:
        read(text, folder)
    return str(refused.value)


@pytest.mark.parametrize("scheme", ["env:", "file:", "keyring:", "ENV:", "env: ", "env:$", "env:${", "file: ", ""])
@pytest.mark.parametrize("key", KEYS)
def test_a_literal_is_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheme: str, key: str) -> None:
    monkeypatch.setattr("keyring.get_password", lambda *_: None)

    told = refusal(scheme + key, tmp_path)

    assert key not in told
    assert "apikey" in told


@pytest.mark.parametrize("name", ["OKX_APIKEY", "OKX_2_SECRET", "MY_ACCOUNT2_APIKEY", "CHANNEL"])
def test_a_name_of_a_variable_is_named(tmp_path: Path, name: str) -> None:
    assert f"Missing in the environment: {name}." in refusal(f"env:{name}", tmp_path)


def test_a_path_of_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()

    assert "secrets/okx-key-of-2026" in refusal("file:secrets/okx-key-of-2026", tmp_path)
    assert "okx-key-of-2026" in refusal("file:./okx-key-of-2026", tmp_path)


@pytest.mark.parametrize(
    "word", ["incomplete", "INCOMPLETE", "documented", "requirements", "confirmed_at", "read-only", "balance-left"]
)
def test_a_secret_that_is_a_word_of_the_report_is_refused_and_not_repeated(tmp_path: Path, word: str) -> None:
    (tmp_path / "secret").write_text(word)

    told = refusal("file:secret", tmp_path)

    assert "it is a word that every report contains" in told
    assert word not in told


def test_a_passphrase_of_words_that_no_report_has_is_taken(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("mypassphrase")

    read = SecretReader(tmp_path).read(parse_reference("file:secret", "password", "main: password"))

    assert "mypassphrase" == read.get_secret_value()


TOKEN = "aT0kenOf-others_42"
ADDRESSES = [
    f"https://hooks.example.com/services/T0AB12CD3/{TOKEN}",
    f"https://api.example.org/bot{TOKEN}/send",
    f"https://example.com/hook?token={TOKEN}&x=1",
    f"https://example.com/hook?{TOKEN}",
    f"https://example.com/hook#{TOKEN}",
    f"https://user:{TOKEN}@example.com/",
    f"tgram://123456789:{TOKEN}/12345678",
    f"discord://123456789012345678/{TOKEN}",
    f"pover://user@{TOKEN}",
    f"gotify://example.com/{TOKEN}",
    f"postgresql+psycopg://auditor7:{TOKEN}@db.example.com:5432/ledger",
    f"postgresql://db.example.com/ledger?user=x&password={TOKEN}",
    f"mysql://{TOKEN}@db.example.com/ledger",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_parts_of_an_address_are_masked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(SECRETS, "_known", set())
    learn(address)

    for line in (f"POST /{TOKEN}/x HTTP/1.1", f"/bot{TOKEN}/sendMessage", f"password {TOKEN.upper()}"):
        assert TOKEN.lower() not in SECRETS.text(line).lower()
    assert "services webhooks exchange localhost" == SECRETS.text("services webhooks exchange localhost")


def test_a_quoted_part_is_masked_as_it_stands_and_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SECRETS, "_known", set())
    learn("postgresql://someone%40work:p%40ss%2Fw0rd%21@db.example.com/x")

    assert "*** ***" == SECRETS.text("p@ss/w0rd! p%40ss%2Fw0rd%21")


def test_a_webhook_that_stands_in_the_command_line_is_masked_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SECRETS, "_known", set())
    channels.webhook(f"https://hooks.example.com/{TOKEN}")

    assert "/***" == SECRETS.text(f"/{TOKEN}")


def test_what_is_no_address_has_no_parts() -> None:
    assert [] == list(address_parts("PLANTED+secret/2222=="))
