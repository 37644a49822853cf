"""A secret that cannot sign is told before anything is asked; a private key works however its lines came."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from auditor.__main__ import main
from auditor.model.errors import UserError
from auditor.security.credentials import SecretReader, parse_reference
from auditor.security.secret_forms import check_secret_form, whole_pem

CURVE = ec.generate_private_key(ec.SECP256R1())


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey, form: PrivateFormat) -> str:
    return key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()


PEM = pem(CURVE, PrivateFormat.TraditionalOpenSSL)
PKCS8 = pem(CURVE, PrivateFormat.PKCS8)
SPELLINGS = {
    "as it is": PEM,
    "without the last line end": PEM.rstrip("\n"),
    "with letters for line ends": PEM.replace("\n", "\\n"),
    "with letters for line ends but the last": PEM.rstrip("\n").replace("\n", "\\n"),
    "with the line ends of Windows": PEM.replace("\n", "\r\n"),
    "with blanks for line ends": PEM.replace("\n", " ").strip(),
    "on one line": PEM.replace("\n", ""),
    "with blank lines around": f"\n{PEM}\n\n",
    "as PKCS8": PKCS8.rstrip("\n"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_private_key_works_however_its_lines_came(spelling: str) -> None:
    vault = SecretReader(Path(), {"COINBASE_SECRET": SPELLINGS[spelling]})
    value = vault.read(parse_reference("env:COINBASE_SECRET", "secret", "x")).get_secret_value()
    assert value.endswith("-----\n")
    assert value.startswith("-----BEGIN ")
    check_secret_form("coinbase", "secret", value, "COINBASE_SECRET")
    assert isinstance(load_pem_private_key(value.encode(), None), ec.EllipticCurvePrivateKey)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_private_key_in_a_file_works_however_its_lines_came(spelling: str, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(SPELLINGS[spelling].encode())
    file.chmod(0o600)
    value = SecretReader(tmp_path, {}).read(parse_reference("file:key", "secret", "x")).get_secret_value()
    check_secret_form("coinbase", "secret", value, "key")


LINES = PEM.splitlines()
OTHER = pem(ec.generate_private_key(ec.SECP384R1()), PrivateFormat.PKCS8)
EDWARDS = pem(ed25519.Ed25519PrivateKey.generate(), PrivateFormat.PKCS8)
FAULTY = {
    "kraken": {
        "a letter of another alphabet": "c2VjcmV0-" * 8,
        "cut off": base64.b64encode(b"s" * 64).decode()[:-3],
        "a text": "not a secret of Kraken!",
    },
    "krakenfutures": {"cut off": base64.b64encode(b"s" * 64).decode()[:-1]},
    "coinbase": {
        "without its end": "\n".join(LINES[:-1]),
        "without its beginning": "\n".join(LINES[1:]),
        "without its middle": f"{LINES[0]}\n{LINES[1]}\n{LINES[-1]}\n",
        "a letter too few": PEM.replace(LINES[1], LINES[1][:-1]),
        "another curve": OTHER,
        "another kind": EDWARDS,
        "an Ed25519 key that is cut off": f"{base64.b64encode(b's' * 48).decode()[:-4]}ab==",
    },
}


@pytest.mark.parametrize(("exchange", "fault"), [(name, fault) for name, faults in FAULTY.items() for fault in faults])
def test_a_secret_that_cannot_sign_is_told_and_not_repeated(exchange: str, fault: str) -> None:
    secret = whole_pem(FAULTY[exchange][fault])
    with pytest.raises(UserError, match="SECRET is malformed: it is") as problem:
        check_secret_form(exchange, "secret", secret, "SECRET")
    assert secret[:12] not in str(problem.value).replace("-----BEGIN to", "")


GOOD = [
    ("kraken", base64.b64encode(b"s" * 64).decode()),
    ("coinbase", base64.b64encode(b"s" * 64).decode()),
    ("coinbase", base64.b64encode(b"s" * 32).decode()),
    ("coinbase", "aVeryOldSecret0fLettersAndDigits"),
    ("okx", "ANY-TEXT-AT-ALL"),
    ("bybit", pem(rsa.generate_private_key(65537, 1024), PrivateFormat.PKCS8)),
]


@pytest.mark.parametrize(("exchange", "secret"), GOOD, ids=[exchange for exchange, _secret in GOOD])
def test_a_secret_of_the_right_form_passes(exchange: str, secret: str) -> None:
    check_secret_form(exchange, "secret", secret, "SECRET")
    check_secret_form(exchange, "apiKey", "whatever it is", "APIKEY")


def test_the_program_says_so_before_it_asks_anything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KRAKEN_APIKEY", "made-up-key-of-nobody")
    monkeypatch.setenv("KRAKEN_SECRET", "made-up-secret-of-nobody!")
    code = main(["--exchange", "kraken", "--base-url", "http://127.0.0.1:9"])
    assert 2 == code
    assert "kraken: secret is malformed" in capsys.readouterr().err
