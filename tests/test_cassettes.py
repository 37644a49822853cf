"""The program's traffic with OKX, as recorded: it gives what it gave, under OKX's own host, and it holds no secret."""

import asyncio
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from vcr import VCR

from auditor import demo
from auditor.audit.audit_once import take_snapshot
from auditor.audit.report_builder import build_report
from auditor.demo import Reply
from auditor.model.account import Options
from auditor.model.report import Report
from auditor.model.snapshot import Environment, Snapshot
from tests.conftest import configured_account
from tests.recording import ACCOUNTS, FOLDER, found_in, of_that_moment, playing, record, recorder
from tests.slow_tests import first_of


@cache
def replayed(name: str) -> Snapshot:
    account = configured_account(of_that_moment(name), None)
    with playing(name):
        return asyncio.run(take_snapshot([account], Options(pace=0)))


@cache
def recorded(name: str) -> tuple[Snapshot, str]:
    """What an audit of the account reads today, and the cassette of it."""
    with TemporaryDirectory() as folder:
        snapshot = asyncio.run(record(of_that_moment(name), recorder(Path(folder))))
        return snapshot, (Path(folder) / f"{name}.yaml").read_text(encoding="utf-8")


def judged(snapshot: Snapshot) -> Report:
    return build_report(snapshot, now=snapshot.finished_at)


@pytest.mark.campaign(one_of=4)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_a_cassette_gives_the_readings_findings_and_verdict_that_its_account_gives(name: str) -> None:
    (asked, _), played = recorded(name), replayed(name)
    assert [account.readings for account in asked.accounts] == [account.readings for account in played.accounts]
    expected, actual = judged(asked), judged(played)
    assert (expected.verdict, expected.findings, expected.dust) == (actual.verdict, actual.findings, actual.dust)


@pytest.mark.slow("an audit over HTTP")
def test_a_cassette_plays_under_the_exchanges_own_host() -> None:
    (account,) = replayed("empty").accounts
    assert (Environment.LIVE, "www.okx.com") == (account.environment, account.host)


def test_there_is_one_cassette_for_each_account_and_no_other() -> None:
    assert list(ACCOUNTS) == sorted(file.stem for file in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("name", first_of(sorted(ACCOUNTS, key="empty".__ne__)))
def test_a_cassette_is_what_recording_its_account_gives_today(name: str) -> None:
    (_, expected), actual = recorded(name), (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    assert expected == actual, "make the cassettes anew: python -m tests.record_cassettes"


@pytest.mark.parametrize("name", ACCOUNTS)
def test_no_cassette_holds_a_secret(name: str) -> None:
    assert [] == found_in((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.slow("an audit over HTTP")
def test_a_recording_that_keeps_all_headers_is_seen(tmp_path: Path) -> None:
    found = planted(recorder(tmp_path, before_record_request=None), demo.account("plain"), tmp_path)
    assert {
        "a header of OKX's signature",
        "a key, secret or passphrase of the demo",
        "what looks like a signature",
    } <= {each.partition(":")[0] for each in found}


@pytest.mark.slow("an audit over HTTP")
def test_an_answer_that_holds_a_secret_is_seen(tmp_path: Path) -> None:
    secrets = {
        "demo-plain-passphrase": "a key, secret or passphrase of the demo",
        "0123456789ABCDEF0123456789ABCDEF": "what looks like a digest or a secret",
        "b2b1ba8c-3c1e-4d0c-9f1e-0a1b2c3d4e5f": "an API key",
        "4ohmsvSQjMm2CUYCVLQXKNXQpwQCmAYTR8jXVJdlKQo=": "what looks like a signature",
    }
    found = planted(recorder(tmp_path), demo.account("plain"), tmp_path, fault=lambda call: telling(call, secrets))
    assert {f"{what}: {secret}" for secret, what in secrets.items()} == set(found)


def planted(vcr: VCR, account: demo.Account, folder: Path, fault: demo.Fault | None = None) -> list[str]:
    asyncio.run(record(account, vcr, fault))
    return found_in((folder / f"{account.name}.yaml").read_text(encoding="utf-8"))


def telling(call: demo.Call, secrets: Iterable[str]) -> Reply | None:
    return Reply(body={"code": "0", "msg": " ".join(secrets), "data": []}) if call.path == "asset/balances" else None
