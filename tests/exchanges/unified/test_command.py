"""`audit` itself, with credentials in the environment, against the demo exchange."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from auditor import demo
from auditor.__main__ import main
from auditor.audit import audit_once as audit
from auditor.demo import Reply
from auditor.exchanges.registry import load
from auditor.exchanges.unified import opening as made
from auditor.formats import as_terminal
from auditor.formats.json_writer import DUST_COLUMNS
from auditor.security.secret_checks import secret_fault
from tests.cli.conftest import FakeAudit
from tests.exchanges.unified.conftest import IMITATED

PAIR = ("gate", "coinbase")
WIDTH = 80
Serve = Callable[[str, str], str]


@pytest.fixture
def unlimited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask without the waits that a real exchange wants, in a folder of the test's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    config = made._config
    monkeypatch.setattr(made, "_config", lambda *given: {**config(*given), "enableRateLimit": False})


@pytest.fixture
def in_detail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show everything in a terminal, and not the first screen."""
    summary = as_terminal.FORMAT.render
    shown = replace(as_terminal.FORMAT, render=lambda report, sink: summary(report, replace(sink, details=True)))
    monkeypatch.setattr(as_terminal, "FORMAT", shown)


@pytest.fixture
def serve(unlimited: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Serve an account of an exchange, with its credentials in the environment; gives the address."""
    with ExitStack() as stack:

        def serving(exchange: str, account: str) -> str:
            chosen = demo.account(demo.full_name(account, exchange))
            values = {"apiKey": chosen.apikey, "secret": chosen.secret, "password": chosen.passphrase}
            for name in load(exchange).api.credentials:
                monkeypatch.setenv(f"{exchange}_{name}".upper(), values[name])
            return stack.enter_context(demo.serve([chosen])).url

        yield serving


def dust(folder: Path) -> list[dict[str, str]]:
    with (folder / "dust.csv").open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        assert [*DUST_COLUMNS] == [*(reader.fieldnames or ())]
        return list(reader)


@pytest.mark.parametrize("exchange", IMITATED)
def test_an_account_that_holds_something_is_blocked(
    exchange: str, serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = serve(exchange, "messy")
    code = main(["--exchange", exchange, "--readonly", "--base-url", url, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (account,) = report["accounts"]
    assert (1, "blocked", "custom") == (code, report["verdict"], account["environment"])
    assert (exchange, True) == (account["exchange"], account["key"]["readonly"])
    assert {(line["asset"], line["amount"]) for line in report["dust"]} == {
        (line["asset"], line["amount"]) for line in dust(tmp_path)
    }
    assert {exchange} == {line["exchange"] for line in dust(tmp_path)}


@pytest.mark.parametrize("exchange", IMITATED)
def test_the_demo_shows_each_exchange_without_a_key_of_ones_own(
    exchange: str, unlimited: None, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["demo", "--exchange", exchange, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    (account,) = report["accounts"]
    assert (1, "blocked", "demo") == (code, report["verdict"], account["environment"])
    assert (f"{exchange}-messy", exchange, True) == (account["name"], account["exchange"], account["key"]["readonly"])


@pytest.mark.parametrize("words", [["gate-empty"], ["--exchange", "gate", "empty"]])
def test_a_demo_account_is_found_by_its_exchange_or_by_its_full_name(
    words: list[str], unlimited: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 3 == main(["demo", *words, "--format", "json"])
    (account,) = json.loads(capsys.readouterr().out)["accounts"]
    assert ("gate-empty", "incomplete") == (account["name"], account["verdict"])


UNKNOWN = {
    "no such account there": (["--exchange", "kraken", "x"], "demo account 'x'. Known: kraken-dust, kraken-emptied, "),
    "another's account": (["--exchange", "kraken", "binance-dust"], "'binance-dust'. Did you mean kraken-dust?"),
    "no such exchange": (["--exchange", "krakn"], "exchange 'krakn'. Did you mean kraken?"),
    "no venue": (["--exchange", "htx"], f"exchange 'htx'. Known: {', '.join(demo.exchanges())}."),
    "its story is not told": (["--exchange", "kraken", "--watch"], "the story of the account messy"),
}


@pytest.mark.parametrize(("words", "sentence"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_demo_that_there_is_not_is_told_with_those_that_there_are(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == main(["demo", *words])
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("exchange", IMITATED)
def test_an_empty_account_is_incomplete_with_all_that_is_left_to_look_at_by_hand(
    exchange: str, in_detail: None, serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["--exchange", exchange, "--readonly", "--base-url", serve(exchange, "empty")])
    printed = capsys.readouterr().out
    boxes = _boxed_lines(printed)
    status, surfaces = load(exchange).status, load(exchange).surfaces
    unread = [status.title, *(surface.title for surface in surfaces if surface.endpoint is None)]
    assert (3, []) == (code, [line for line in printed.splitlines() if len(line) > WIDTH])
    assert "INCOMPLETE" in printed
    assert "READY" not in printed
    assert set() == set(unread) - boxes
    assert [] == dust(tmp_path)


def _boxed_lines(printed: str) -> set[str]:
    """What stands behind a box, each in one line."""
    return {" ".join(re.split(r"\n\n|\n  \S", each)[0].split()) for each in printed.split("[ ]")[1:]}


def test_what_no_api_shows_is_not_called_mendable(
    in_detail: None, monkeypatch: pytest.MonkeyPatch, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--exchange", "gate", "--base-url", serve("gate", "empty")])
    only = capsys.readouterr().out
    account, refused = demo.account, Reply(403, {"label": "FORBIDDEN", "message": "no right"})
    monkeypatch.setattr(demo, "account", lambda name: account(name).with_refusal("/api/v4/spot/accounts", refused))
    main(["--exchange", "gate", "--base-url", serve("gate", "empty")])
    some = capsys.readouterr().out
    assert [False, True] == ["fix the problems above" in printed for printed in (only, some)]
    assert all("at this exchange no check is ever complete" in " ".join(printed.split()) for printed in (only, some))


def test_a_key_that_can_trade_is_refused(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    account = demo.account
    monkeypatch.setattr(demo, "account", lambda name: account(name).with_key(can_trade=True))
    code = main(["--exchange", "coinbase", "--base-url", serve("coinbase", "messy"), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert (4, "refused", []) == (code, report["verdict"], report["findings"])


@pytest.mark.parametrize(("word", "code"), [([], 4), (["--accept-unproven-key"], 1)])
def test_a_key_that_cannot_prove_itself_needs_the_users_word(
    word: list[str], code: int, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code == main(["--exchange", "bitget", "--base-url", serve("bitget", "classic"), *word])
    assert ("--accept-unproven-key" in capsys.readouterr().out) is not bool(word)


@pytest.mark.slow("an audit of every exchange")
def test_several_exchanges_are_one_report_and_one_dust_file(
    serve: Serve, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = [
        f'[[accounts]]\nname = "{name}"\nexchange = "{name}"\nbase_url = "{serve(name, "messy")}"\n'
        f'apikey = "env:{name.upper()}_APIKEY"\nsecret = "env:{name.upper()}_SECRET"\n'
        for name in PAIR
    ]
    (tmp_path / "accounts.toml").write_text("\n".join(tables), encoding="utf-8")
    code = main(["--config", "accounts.toml", "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert 1 == code
    assert [*PAIR] == [account["exchange"] for account in report["accounts"]]
    assert {*PAIR} == {line["exchange"] for line in dust(tmp_path)}


def test_exchanges_of_one_run_have_each_their_own_credentials(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exchanges, fake = ("binance", "okx", "kraken"), FakeAudit()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(audit, "audit_once", fake)
    for exchange in exchanges:
        for name in load(exchange).api.credentials:
            monkeypatch.setenv(f"{exchange}_{name}".upper(), f"planted-{exchange}-{name}-0000")
    main([word for exchange in exchanges for word in ("--exchange", exchange)])
    given = {
        a.exchange: {name: secret.get_secret_value() for name, secret in a.credentials.items()} for a in fake.accounts
    }
    assert {e: {name: f"planted-{e}-{name}-0000" for name in load(e).api.credentials} for e in exchanges} == given
    assert "planted" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("exchange", ["hyperliquid", "bitstamp", "coinbaseinternational"])
def test_an_exchange_that_cannot_be_asked_needs_no_credentials_and_is_incomplete(
    exchange: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code = main(["--exchange", exchange, "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert (3, "incomplete") == (code, report["verdict"])
    assert {"unread"} == {place["status"] for place in report["coverage"]}


def test_an_exchange_that_nobody_knows_is_told_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["--exchange", "zzz"])
    assert "audit: Unknown exchange 'zzz'. `audit list exchanges --all` lists all.\n" == capsys.readouterr().err


def test_the_exchanges_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["exchanges"])
    assert "okx                   full full" in capsys.readouterr().out


def test_a_private_key_of_several_lines_is_a_secret_like_any_other() -> None:
    key = "-----BEGIN EC PRIVATE KEY-----\nnoSecretAtAllOnlyTestText\n-----END EC PRIVATE KEY-----"
    assert secret_fault(key) is None
    assert secret_fault("two\nlines-of-text") is not None
