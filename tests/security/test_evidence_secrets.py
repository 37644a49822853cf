"""`--evidence` keeps the answers of every exchange, and no secret and no signature with them."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from auditor import demo as exchange
from auditor.audit.evidence import Evidence
from auditor.model.account import Options
from auditor.security.redaction import SECRETS, Redactor
from tests.conftest import Audit

KEY = "planted-key-4f7a"


def kept(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(folder.rglob("*.json"))]


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(SECRETS, "_known", set())
    SECRETS.learn(KEY)
    return KEY


@pytest.mark.parametrize(
    "url",
    [
        f"https://x.example/v1/list?subAcct={KEY}",
        f"https://x.example/v1/list?{KEY}=1",
        f"https://x.example/v1/{KEY}/list",
        "https://x.example/v1/planted%2Dkey%2D4f7a/list",
        "https://x.example/v1/list?subAcct=planted%2Dkey%2D4f7a",
        f"https://x.example/v1/list?AccessKeyId={KEY}&SignatureMethod=HmacSHA256",
    ],
)
def test_a_key_in_an_address_is_neither_in_the_record_nor_in_the_name_of_its_file(
    key: str, tmp_path: Path, url: str
) -> None:
    Evidence(tmp_path).keep("GET", url, 200, json.dumps({"name": key}))

    (path,) = tmp_path.rglob("*.json")
    assert "4f7a" not in path.name + path.read_text()


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "' + "".join(f"\\u{ord(letter):04x}" for letter in KEY) + '"}',
        '{"name": "\\u0070lanted-key-4f7a"}',
        '{"name": "planted\\u002Dkey\\u002D4f7a"}',
    ],
)
def test_a_key_behind_escaped_letters_is_not_in_the_record(key: str, tmp_path: Path, body: str) -> None:
    Evidence(tmp_path).keep("GET", "https://x.example/v1/list", 200, body)

    (record,) = kept(tmp_path)
    assert key == KEY
    assert key not in json.loads(record["body"])["name"]


@pytest.mark.parametrize("name", ["plain", "binance-empty", "kraken-empty", "gate-empty", "kucoin-empty"])
def test_the_answers_of_every_exchange_are_kept_with_what_was_asked_alone(
    demo: Audit, tmp_path: Path, name: str
) -> None:
    audited = demo(name, options=Options(pace=0, keep=Evidence(tmp_path).keep))

    answers = kept(tmp_path)
    assert len(audited.calls) == len(answers) > 0
    names = {name.lower() for answer in answers for name, _value in parse_qsl(answer["query"])}
    assert set() == names & {"signature", "timestamp", "recvwindow", "apikey", "accesskeyid", "nonce", "sign"}
    account = exchange.account(name)
    secrets = (account.apikey, account.secret)
    assert [] == [secret for secret in secrets if any(secret in answer["query"] for answer in answers)]


def test_what_was_asked_stands_in_the_record(demo: Audit, tmp_path: Path) -> None:
    demo("binance-empty", options=Options(pace=0, keep=Evidence(tmp_path).keep))

    assert any("=" in answer["query"] for answer in kept(tmp_path))


def test_a_redactor_masks_what_an_address_quotes() -> None:
    redactor = Redactor()
    redactor.learn(KEY)

    assert "***" in redactor.text(f"GET /x?key={KEY}")
