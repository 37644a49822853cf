"""The addresses that a user gives: of the whole API, and of single services at an exchange with several hosts."""

from pathlib import Path

import pytest

from auditor.__main__ import main
from auditor.demo import account, serve
from auditor.exchanges.registry import load
from auditor.model.account import Account
from auditor.model.errors import UserError
from auditor.model.snapshot import Environment
from auditor.settings.base_urls import BaseUrls, parse_base_urls
from auditor.settings.origins import environment, services
from auditor.settings.selection import AccountSelection, select_accounts
from auditor.transport.guard import AllowList

HERE, THERE = "http://127.0.0.1:9000", "http://127.0.0.1:9001"
OFFICIAL = {name: f"https://{name}.binance.com" for name in ("fapi", "dapi", "eapi", "papi")}


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("APIKEY", "SECRET", "PASSWORD"):
        for exchange in ("BINANCE", "OKX"):
            monkeypatch.setenv(f"{exchange}_{name}", f"{name.lower()}-of-the-test")


def chosen(*urls: str, exchange: str = "binance", **more: str) -> Account:
    (found,) = select_accounts(AccountSelection(exchanges=(exchange,), base_urls=urls, **more))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize(
    ("urls", "whole", "expected"),
    [
        pytest.param((), None, OFFICIAL, id="none"),
        pytest.param((HERE,), HERE, {}, id="one for everything"),
        pytest.param((THERE, HERE), HERE, {}, id="two for everything, of which the last one counts"),
        pytest.param((f"fapi={THERE}",), None, {**OFFICIAL, "fapi": THERE}, id="one service, in place of none"),
        pytest.param((HERE, f"fapi={THERE}"), HERE, {"fapi": THERE}, id="one service beside the one for everything"),
        pytest.param(
            ("https://api1.binance.com", f"dapi={THERE}"),
            "https://api1.binance.com",
            {**OFFICIAL, "dapi": THERE},
            id="a service beside another of the exchange's own hosts",
        ),
    ],
)
def test_each_service_is_asked_where_the_user_says(
    urls: tuple[str, ...], whole: str | None, expected: dict[str, str]
) -> None:
    found = chosen(*urls)
    assert (whole, expected) == (found.base_url, dict(services(found)))


def test_only_the_paths_of_a_service_may_be_asked_at_its_address() -> None:
    allow = AllowList.of(load("binance"), [HERE], services(chosen(HERE, f"fapi={THERE}")))
    there = {path for _method, origin, path in allow.requests if origin == THERE}
    assert there
    assert {"fapi"} == {path.split("/")[1] for path in there}
    assert not there & {path for _method, origin, path in allow.requests if origin == HERE}


@pytest.mark.parametrize("url", [f"fapi={THERE}", HERE])
def test_answers_from_an_address_of_the_users_own_are_never_called_the_exchanges(url: str) -> None:
    assert Environment.CUSTOM == environment(chosen(url))


def test_a_service_at_another_official_host_is_the_exchange_itself() -> None:
    assert Environment.LIVE == environment(chosen("fapi=https://fapi.binance.com"))


@pytest.mark.parametrize(
    ("exchange", "urls", "reason"),
    [
        pytest.param("binance", (f"fapy={THERE}",), "fapi", id="a service that does not exist"),
        pytest.param("okx", (f"futures={THERE}",), "write --base-url URL", id="an exchange with one address"),
        pytest.param("binance", ("fapi=https://fapi.example.org",), "--trust-host", id="somebody else's host"),
        pytest.param("binance", ("fapi=http://fapi.binance.com",), "without https", id="no https"),
        pytest.param("binance", ("fapi=",), "base URL", id="nothing behind the sign"),
    ],
)
def test_an_address_that_keys_must_not_go_to_is_refused(exchange: str, urls: tuple[str, ...], reason: str) -> None:
    with pytest.raises(UserError) as refused:
        chosen(*urls, exchange=exchange)
    assert reason in str(refused.value)


def test_a_proxy_does_not_go_with_a_service_on_this_computer() -> None:
    with pytest.raises(UserError, match="this computer"):
        chosen(f"fapi={THERE}", proxy="http://proxy:3128")


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    keys = "\n".join(f'{name} = "env:BINANCE_{name.upper()}"' for name in ("apikey", "secret"))
    entry = f'name = "b"\nexchange = "binance"\nservices = {{ fapi = "{HERE}", dapi = "{HERE}" }}\n'
    path.write_text(f"[[accounts]]\n{entry}{keys}\n", encoding="utf-8")
    (found,) = select_accounts(AccountSelection(config=path, base_urls=(f"dapi={THERE}",)))
    assert {"fapi": HERE, "dapi": THERE} == dict(found.service_urls)


def test_what_one_does_not_say_the_other_does() -> None:
    urls = parse_base_urls([f"a={HERE}"]).over(BaseUrls(THERE, {"a": THERE, "b": THERE}))
    assert BaseUrls(THERE, {"a": HERE, "b": THERE}) == urls


def test_an_audit_asks_each_address_for_its_own_paths(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    person = account("binance-messy")
    monkeypatch.setenv("BINANCE_APIKEY", person.apikey)
    monkeypatch.setenv("BINANCE_SECRET", person.secret)
    with serve([person], limits=False) as whole, serve([person], limits=False) as futures:
        urls = ["--base-url", whole.url, "--base-url", f"fapi={futures.url}"]
        assert main(["--exchange", "binance", "--no-history", "-q", *urls]) == 1
        here, there = ({call.path.split("/")[0] for call in served.calls} for served in (whole, futures))
    assert {"fapi"} == there
    assert "fapi" not in here
    assert "CUSTOM HOST" in capsys.readouterr().out
