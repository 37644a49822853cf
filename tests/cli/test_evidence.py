"""`--evidence DIR`: raw answers as they came, for the owner's eyes only."""

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from auditor import demo as exchange
from auditor.audit.evidence import Evidence
from auditor.model.account import Options
from auditor.model.errors import UserError
from auditor.security.redaction import SECRETS
from tests.cli.conftest import Cli, FakeAudit
from tests.conftest import Audit


def kept(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text()) for path in sorted(folder.rglob("*.json"))]


def test_every_answer_of_a_pass_is_kept_as_it_came(demo: Audit, tmp_path: Path) -> None:
    audited = demo("messy", options=Options(pace=0, keep=Evidence(tmp_path).keep))

    answers = kept(tmp_path)
    (funding,) = [a for a in answers if a["endpoint"] == "GET /api/v5/asset/balances"][:1]
    assert len(answers) == len(audited.calls)
    assert json.loads(funding["body"])["data"] != []
    assert (200, "") == (funding["status"], funding["query"])


def test_an_answer_that_is_not_understood_is_kept_too(demo: Audit, tmp_path: Path) -> None:
    def fault(call: exchange.Call) -> exchange.Reply | None:
        return exchange.Reply(body=b"<html>no</html>", status=502) if call.path == "asset/balances" else None

    demo("plain", options=Options(pace=0, keep=Evidence(tmp_path).keep), fault=fault)

    assert {("<html>no</html>", 502)} == {
        (a["body"], a["status"]) for a in kept(tmp_path) if "asset/balances" in a["endpoint"]
    }


def test_no_header_and_no_secret_is_kept(demo: Audit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    account = exchange.account("plain")
    echo = exchange.Reply(edit=lambda body: {**body, "msg": f"key {account.secret}"})
    monkeypatch.setattr(SECRETS, "_known", set())
    for secret in (account.apikey, account.secret, account.passphrase):
        SECRETS.learn(secret)

    demo(account, options=Options(pace=0, keep=Evidence(tmp_path).keep), fault=lambda _call: echo)

    text = "".join(path.read_text() for path in tmp_path.rglob("*.json"))
    assert [word for word in (account.apikey, account.secret, account.passphrase, "OK-ACCESS") if word in text] == []


def test_a_signed_address_is_kept_without_its_signature(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path)

    evidence.keep(
        "GET", "https://api.example.org/sapi/v1/x?asset=BTC&timestamp=1&signature=abcd&recvWindow=5", 200, "[]"
    )

    (answer,) = kept(tmp_path)
    assert ("GET /sapi/v1/x", "asset=BTC") == (answer["endpoint"], answer["query"])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    evidence = Evidence(tmp_path / "new")
    evidence.keep("GET", "https://x.example/a", 200, "{}")

    (path,) = evidence.folder.iterdir()
    assert (0o600, 0o700) == (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(evidence.folder.stat().st_mode))


def test_each_pass_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert Evidence(tmp_path).folder != Evidence(tmp_path).folder


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(UserError, match="cannot be made"):
        Evidence(tmp_path / "file" / "below")


@pytest.mark.parametrize("arguments", [[], ["--evidence", "answers"]])
def test_nothing_is_kept_unless_it_is_asked_for(cli: Cli, fake: FakeAudit, here: Path, arguments: list[str]) -> None:
    cli("--exchange", "okx", *arguments)

    assert ((fake.asked.keep is None), (here / "answers").exists()) == (not arguments, bool(arguments))
