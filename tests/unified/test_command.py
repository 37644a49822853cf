"""`audit` itself, with credentials in the environment, against stand-ins."""

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.credentials import _faults
from auditor.demo import standins
from auditor.exchanges import load

PAIR = ("gate", "coinbase")


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The addresses of two stand-ins, with the credentials of their full accounts in the environment."""
    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:
        urls = {}
        for exchange in PAIR:
            holder = standins.holder(exchange, "full")
            urls[exchange] = stack.enter_context(standins.serve(exchange, [holder])).url
            values = {"apiKey": holder.apikey, "secret": holder.secret}
            for name in load(exchange).credentials:
                monkeypatch.setenv(f"{exchange}_{name}".upper(), values[name])
        yield urls


def test_one_exchange_is_audited_at_an_address_of_ones_own(
    served: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--exchange", "coinbase", "--base-url", served["coinbase"], "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert (1, "blocked") == (code, report["verdict"])
    assert ["coinbase"] == [account["exchange"] for account in report["accounts"]]


def test_several_exchanges_are_one_report_and_one_dust_file(
    served: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = [
        f'[[accounts]]\nname = "{name}"\nexchange = "{name}"\nbase_url = "{url}"\n'
        f'apikey = "env:{name.upper()}_APIKEY"\nsecret = "env:{name.upper()}_SECRET"\n'
        for name, url in served.items()
    ]
    (tmp_path / "accounts.toml").write_text("\n".join(tables), encoding="utf-8")
    code = main(["--config", "accounts.toml", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    with (tmp_path / "dust.csv").open(encoding="utf-8-sig", newline="") as file:
        dust = {row["exchange"] for row in csv.DictReader(file)}
    assert 1 == code
    assert [*PAIR] == [account["exchange"] for account in report["accounts"]]
    assert {*PAIR} == dust


def test_an_exchange_that_cannot_be_asked_needs_no_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = main(["--exchange", "hyperliquid", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert (3, "incomplete") == (code, report["verdict"])
    assert {"unread"} == {place["status"] for place in report["coverage"]}


def test_the_exchanges_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["exchanges"])
    assert "okx                   full full" in capsys.readouterr().out


def test_a_private_key_of_several_lines_is_a_secret_like_any_other() -> None:
    key = "-----BEGIN EC PRIVATE KEY-----\nnoSecretAtAllOnlyTestText\n-----END EC PRIVATE KEY-----"
    assert [] == [fault for fault, present in _faults(key) if present]
    assert [fault for fault, present in _faults("two\nlines-of-text") if present]
