"""Sites with accounts and keys of their own: what is said when a key is unknown, and where requests then go."""

import shutil
from pathlib import Path

import pytest

from auditor.exchanges.registry import all_ids
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.settings import exchange_facts as config
from auditor.settings.exchange_facts import config_folder, exchange_config, known_exchanges
from auditor.settings.origins import addresses, environment
from auditor.settings.site_advice import other_sites, site_advice, sites

WITH_SITES = [exchange for exchange in known_exchanges() if sites(exchange)]
READ = [(exchange, site) for exchange in WITH_SITES for site in exchange_config(exchange).sites if site.read_as]


def at(exchange: str, url: str | None = None) -> Account:
    return Account(name="main", exchange=exchange, credentials={}, base_url=url)


def names(exchange: str, url: str | None = None) -> list[str]:
    return [site.name for site in other_sites(at(exchange, url))]


def test_every_site_but_the_one_that_was_asked_is_named() -> None:
    assert ["OKX (EEA)", "OKX (US)", "OKX TR"] == names("okx")
    assert ["OKX", "OKX (US)", "OKX TR"] == names("myokx")
    assert ["OKX", "OKX (EEA)", "OKX TR"] == names("okxus")
    assert ["OKX", "OKX (EEA)", "OKX (US)"] == names("okx", "https://tr.okx.com")
    assert ["OKX", "OKX (EEA)", "OKX TR"] == names("okx", "https://app.okx.com")


def test_the_advice_says_how_to_ask_at_each_site() -> None:
    assert (
        "A key exists only at the site that it was made at. If your account is at OKX (EEA) (my.okx.com), use "
        "--exchange myokx; at OKX (US) (app.okx.com), use --exchange okxus; at OKX TR (tr.okx.com), use --exchange okx "
        "--base-url https://tr.okx.com."
    ) == str(site_advice(at("okx")))


def test_a_site_that_cannot_be_read_is_a_plain_no() -> None:
    assert (
        "A key exists only at the site that it was made at. This program cannot read accounts at Binance.US "
        "(www.binance.us); Binance TR (www.binance.tr); Binance TH (www.binance.th): check there yourself."
    ) == str(site_advice(at("binance")))


def test_an_exchange_with_one_site_has_no_other() -> None:
    assert site_advice(at("htx")) is None


@pytest.mark.parametrize("exchange", WITH_SITES)
def test_an_exchange_with_further_sites_knows_how_it_says_that_a_key_is_unknown(exchange: str) -> None:
    assert exchange_config(exchange).key.unknown


@pytest.mark.parametrize(("exchange", "site"), READ, ids=lambda value: getattr(value, "name", value))
def test_a_site_is_read_through_an_exchange_that_there_is_and_counts_as_live(exchange: str, site: object) -> None:
    (found,) = [one for one in exchange_config(exchange).sites if one == site]
    account = at(found.read_as, f"https://{found.api[0]}")

    assert found.read_as in all_ids()
    assert "live" == environment(account)
    assert f"https://{found.api[0]}" == addresses(account, Options()).origins[0]


def test_each_host_of_the_main_site_has_its_own_at_a_regional_site() -> None:
    moved = addresses(at("kucoin", "https://api.kucoin.eu"), Options()).moved

    assert {
        "api.kucoin.com": "https://api.kucoin.eu",
        "api-futures.kucoin.com": "https://api-futures.kucoin.eu",
    } == moved


def test_at_the_main_site_nothing_moves() -> None:
    assert {} == addresses(at("kucoin"), Options()).moved
    assert {} == addresses(at("kucoin", "http://127.0.0.1:1"), Options()).moved


def test_a_site_whose_hosts_are_not_the_exchanges_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    shutil.copytree(str(config_folder()), folder)
    file = folder / "okx.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('api = ["tr.okx.com"]', 'api = ["tr.evil.example"]'), encoding="utf-8")

    with pytest.raises(UserError, match=r"OKX TR: not among the hosts of okx"):
        config._load(folder, "okx")
