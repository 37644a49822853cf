"""`audit doctor`: each line says whether something is in order, and what to do if it is not."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.__main__ import main
from auditor.cli.commands import doctor_computer, doctor_network
from auditor.demo import DemoExchange, serve
from auditor.history.database_url import Location
from auditor.history.store import History
from auditor.security import keyring_store
from auditor.security.redaction import SECRETS
from auditor.settings import accounts_file as config_file
from tests.exchanges.okx.bare import BARE

WIDE = replace(BARE, name="wide", perm="read_only,trade", apikey="demo-wide-key", uid="710000000000000902")
KEYS = {"OKX_APIKEY": BARE.apikey, "OKX_SECRET": BARE.secret, "OKX_PASSWORD": BARE.passphrase}
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes")
Doctor = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(autouse=True)
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the test's own, and a keyring that works."""
    monkeypatch.setattr(config_file, "default_path", lambda: tmp_path / "home" / "accounts.toml")
    monkeypatch.setattr(doctor_computer, "default_file", lambda: tmp_path / "data" / "history.sqlite3")
    monkeypatch.setattr(keyring_store, "backend_name", lambda: "Ring")
    monkeypatch.setattr(SECRETS, "_known", set())
    monkeypatch.setattr(SECRETS, "_index", None)
    for name in (*KEYS, *doctor_network.PROXY_VARIABLES, "TZ"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def server() -> Iterator[DemoExchange]:
    with serve([BARE, WIDE], limits=False) as served:
        yield served


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Run it, and return its exit code and its checks by id."""

    def run(*options: str) -> tuple[int, dict[str, Any]]:
        code = main(["doctor", "--format", "json", *options])
        document = json.loads(capsys.readouterr().out)
        assert ("auditor.doctor/1", code == 0) == (document["schema"], document["ok"])
        return code, {check["id"]: check for check in document["checks"]}

    return run


def problems(checks: dict[str, Any]) -> Sequence[str]:
    return [id_ for id_, check in checks.items() if check["status"] == "problem"]


def with_key(monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    for name, value in {**KEYS, **changed}.items():
        monkeypatch.setenv(name, value)


def test_on_a_computer_where_nothing_is_set_up_all_is_in_order(doctor: Doctor) -> None:
    code, checks = doctor()

    assert (0, []) == (code, problems(checks))
    assert ("skipped", "skipped") == (checks["host"]["status"], checks["key"]["status"])
    assert "audit login" in checks["key"]["advice"]


def test_an_exchange_and_its_key_are_checked_with_documented_reads_only(
    doctor: Doctor, server: DemoExchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_key(monkeypatch)

    code, checks = doctor("--exchange", "okx", "--base-url", server.url)

    assert (0, []) == (code, problems(checks))
    assert ("ok", "ok", "ok") == tuple(checks[name]["status"] for name in ("host", "clock", "key"))
    assert {"public/time", "account/config"} == {call.path for call in server.calls}
    assert {"GET"} == {call.method for call in server.calls}


def test_a_key_that_can_do_more_ends_with_4_and_names_the_boxes(
    doctor: Doctor, server: DemoExchange, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_key(monkeypatch, OKX_APIKEY=WIDE.apikey)

    code, checks = doctor("--exchange", "okx", "--base-url", server.url)

    assert (4, ["key"]) == (code, problems(checks))
    assert "Untick: Trade, Withdraw." == checks["key"]["advice"]


def test_an_address_that_cannot_be_reached_is_told_and_no_key_is_sent(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_key(monkeypatch)

    code, checks = doctor("--exchange", "okx", "--base-url", "http://127.0.0.1:1")

    assert (3, ["host"]) == (code, problems(checks))
    assert "--proxy" in checks["host"]["advice"]
    assert "skipped" == checks["key"]["status"]


@pytest.mark.parametrize("exchange", ["okx", "kraken"])
def test_a_name_that_is_not_found_is_told(doctor: Doctor, monkeypatch: pytest.MonkeyPatch, exchange: str) -> None:
    async def fail(*_args: object, **_options: object) -> None:
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("asyncio.BaseEventLoop.getaddrinfo", fail)

    code, checks = doctor("--exchange", exchange)

    assert (3, ["dns", "key"]) == (code, problems(checks))
    assert "name server (DNS)" in checks["dns"]["advice"]


def test_a_name_that_leads_to_this_computer_is_told(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    async def blocked(*_args: object, **_options: object) -> list[Any]:
        return [(2, 1, 6, "", ("127.0.0.1", 443))]

    monkeypatch.setattr("asyncio.BaseEventLoop.getaddrinfo", blocked)

    assert "blocks the exchange" in doctor("--exchange", "okx")[1]["dns"]["advice"]


@pytest.mark.parametrize(
    ("skew", "expected"),
    [
        (4.0, ("ok", "agrees with OKX")),
        (-42.4, ("problem", "42 s ahead of OKX")),
        (61.0, ("problem", "61 s behind OKX")),
    ],
)
def test_a_wrong_clock_is_told(
    doctor: Doctor, server: DemoExchange, monkeypatch: pytest.MonkeyPatch, skew: float, expected: tuple[str, str]
) -> None:
    async def measured(*_args: object) -> float:
        return skew

    monkeypatch.setattr(doctor_network, "_skew", measured)

    clock = doctor("--exchange", "okx", "--base-url", server.url)[1]["clock"]

    assert expected == (clock["status"], clock["found"])


def test_an_exchange_whose_time_is_not_on_the_list_of_reads_is_only_connected_to(
    doctor: Doctor, server: DemoExchange
) -> None:
    _code, checks = doctor("--exchange", "kraken", "--base-url", server.url)

    assert ("ok", "skipped", []) == (checks["host"]["status"], checks["clock"]["status"], list(server.calls))


def test_missing_credentials_are_told(doctor: Doctor, server: DemoExchange, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKX_API_KEY", "an-api-key-1111")

    code, checks = doctor("--exchange", "okx", "--base-url", server.url)

    assert (3, ["key"]) == (code, problems(checks))
    assert "Missing in the environment: OKX_SECRET, OKX_PASSWORD. Found there: OKX_API_KEY." in checks["key"]["found"]


def test_a_proxy_of_the_environment_is_named_without_its_password(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:planted-password@proxy.example.org:3128")

    code, checks = doctor("--exchange", "okx", "--base-url", "http://127.0.0.1:1")

    assert ["proxy", "host", "key"] == problems(checks)
    assert 'Add --proxy "$HTTPS_PROXY"' in checks["proxy"]["advice"]
    assert (3, False) == (code, "planted-password" in str(checks))


def test_a_faulty_configuration_is_told(doctor: Doctor, computer: Path) -> None:
    (computer / "home").mkdir()
    (computer / "home" / "accounts.toml").write_text("[[accounts]")

    code, checks = doctor("--exchange", "okx", "--base-url", "http://127.0.0.1:1")

    assert (3, "problem") == (code, checks["accounts"]["status"])
    assert "is not TOML" in checks["accounts"]["found"]


def test_a_configuration_without_accounts_is_none(doctor: Doctor, computer: Path) -> None:
    (computer / "home").mkdir()
    (computer / "home" / "accounts.toml").touch()

    code, checks = doctor()

    assert (0, "none set up", "none set up") == (code, checks["accounts"]["found"], checks["key"]["found"])


def test_a_computer_without_a_keyring_is_told_what_to_use(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring_store, "backend_name", lambda: None)

    code, checks = doctor()

    assert (0, "skipped", True) == (
        code,
        checks["keyring"]["status"],
        "--store file" in checks["keyring"]["advice"],
    )


@pytest.fixture
def history(computer: Path) -> Path:
    (computer / "data").mkdir(mode=0o700)
    file = computer / "data" / "history.sqlite3"
    with History(Location(file=file)):
        pass
    return file


def test_a_history_is_looked_at_and_not_changed(doctor: Doctor, history: Path) -> None:
    before = history.read_bytes(), sorted(path.name for path in history.parent.iterdir())

    checks = doctor()[1]

    assert ("ok", True) == (checks["history"]["status"], checks["history"]["found"].startswith("audits kept: 0"))
    assert before == (history.read_bytes(), sorted(path.name for path in history.parent.iterdir()))


def damage(file: Path) -> None:
    file.write_bytes(b"no database at all, but some text instead of it")


def update(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE schema_version SET version = 99")


@pytest.mark.parametrize(
    ("act", "advice"),
    [
        (damage, "Restore a copy"),
        (update, "A newer version of this program wrote it"),
        pytest.param(lambda file: file.chmod(0o644), "chmod 600", marks=POSIX),
    ],
)
def test_a_history_that_cannot_be_used_is_told(
    doctor: Doctor, history: Path, act: Callable[[Path], None], advice: str
) -> None:
    act(history)

    code, checks = doctor()

    assert (3, ["history"]) == (code, problems(checks))
    assert advice in checks["history"]["advice"]


@POSIX
def test_a_data_folder_that_others_can_write_to_is_told(doctor: Doctor, history: Path) -> None:
    history.parent.chmod(0o777)

    code, checks = doctor()

    assert (3, ["data-folder"]) == (code, problems(checks))


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "CET-1"])
def test_a_time_zone_that_is_known_is_in_order(doctor: Doctor, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    monkeypatch.setenv("TZ", zone)

    assert "ok" == doctor()[1]["time-zone"]["status"]


def test_a_time_zone_that_is_unknown_is_told(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Nowhere")

    assert ["time-zone"] == problems(doctor()[1])


def test_little_space_is_told(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_computer, "LEAST_SPACE", 10**18)

    assert ["disk"] == problems(doctor()[1])


@pytest.mark.parametrize(("language", "label"), [("en", "OK   Program"), ("zh", "正常")])
def test_the_lines_fit_a_terminal_of_80_columns(capsys: pytest.CaptureFixture[str], language: str, label: str) -> None:
    from auditor.i18n.columns import cells_of  # noqa: PLC0415 - only here

    assert 0 == main(["doctor", "--lang", language])
    lines = capsys.readouterr().out.splitlines()

    assert label in lines[0]
    assert [] == [line for line in lines if cells_of(line) > 80 and "/" not in line]


def test_another_form_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == main(["doctor", "--format", "csv"])
    assert "terminal and json" in capsys.readouterr().err
