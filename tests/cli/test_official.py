"""Whether a link belongs to an exchange, deceiving look-alikes included."""

import pytest

from auditor.cli.commands.official import assess_link
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from tests.cli.conftest import Cli

HOSTS = sorted({host for each in known_exchanges() for host in exchange_config(each).hosts.site})


@pytest.mark.parametrize("host", HOSTS)
def test_every_official_host_is_official(host: str) -> None:
    assert assess_link(f"https://{host}/help").exchange is not None


@pytest.mark.parametrize(
    "link",
    [
        "https://www.okx.com",
        "https://www.okx.com/help/section?x=1#top",
        "HTTPS://WWW.OKX.COM/",
        "WwW.oKx.CoM",
        "www.okx.com/help",
        "//www.okx.com",
        "https://www.okx.com:443/",
        "https://www.okx.com./",
        "https://www.okx.com#@evil.example",
        "https://www.okx.com/?q=@evil.example",
        "https://www.okx.com/\u5e2e\u52a9",
    ],
)
def test_a_link_to_the_exchange_belongs_to_it_however_it_is_written(link: str) -> None:
    assert assess_link(link).exchange == "OKX"


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("http://www.okx.com", "does not begin with https"),
        ("https://www.okx.com@evil.example/", "before the @ is a user name"),
        ("https://www.okx.com:pw@evil.example/", "before the @ is a user name"),
        ("https://user@www.okx.com/", "before the @ is a user name"),
        ("https://www.okx.com.evil.example/", "only stands in front; the host is one of evil.example"),
        ("https://login.www.okx.com.evil.example/", "only stands in front; the host is one of evil.example"),
        ("https://evil.example/www.okx.com/", "only stands behind the host"),
        ("https://evil.example/?to=https%3A%2F%2Fwww.okx.com", "only stands behind the host"),
        ("https://evil.example#www.okx.com", "only stands behind the host"),
        ("https://www.ok\u0445.com", "CYRILLIC SMALL LETTER HA"),
        ("https://www.\uff4fkx.com", "FULLWIDTH LATIN SMALL LETTER O"),
        ("https://www.okx\u3002com", "IDEOGRAPHIC FULL STOP"),
        ("https://xn--www-okx-9fg.com", "stands for other letters"),
        ("https://www.okx.com:8443/", "a port of its own (8443)"),
        ("https://www.okx.com\\@evil.example/", "a backslash"),
        ("https://evil.example\\www.okx.com", "a backslash"),
        ("https://www.okx.com%2eevil.example/", "written in codes (%)"),
        ("https://www%2eokx.com/", "written in codes (%)"),
        ("https://ww\tw.okx.com", "white space or invisible"),
        ("https://www.okx.com\u202e/", "white space or invisible"),
        (" https://www.okx.com", "white space or invisible"),
        ("https://www.okxx.com", "looks like www.okx.com"),
        ("https://www.0kx.com", "looks like www.okx.com"),
        ("https://www-okx.com", "looks like www.okx.com"),
        ("https://okx.com.help-center.example", "leads to okx.com.help-center.example"),
        ("https://evil.example", "leads to evil.example"),
        ("https://sub.www.okx.com", "leads to sub.www.okx.com"),
        ("https://okx.com/help", "Other addresses of OKX end in okx.com, but this very one is not"),
        ("https://pay.okx.com", "Other addresses of OKX end in okx.com, but this very one is not"),
        (
            "https://accounts.binance.com/login",
            "Other addresses of Binance end in binance.com, but this very one is not",
        ),
        ("https://3232235777/", "not a plain name"),
        ("https://[::1]/", "not a plain name"),
        ("https:///www.okx.com", "names no host"),
        ("https:www.okx.com", "not an address"),
        ("javascript:alert('www.okx.com')", "not"),
        ("data:text/html,www.okx.com", "not"),
        ("mailto:support@www.okx.com", "not"),
        ("https://[www.okx.com", "not an address"),
        ("", "not an address"),
        ("okx", "not a plain name"),
    ],
)
def test_what_only_looks_like_it_does_not(link: str, why: str) -> None:
    found = assess_link(link)

    assert found.exchange is None
    assert why in " ".join(map(str, found.why))


@pytest.mark.parametrize(
    ("link", "owner", "said"),
    [
        (
            "https://www.bybit.eu",
            "Bybit EU",
            "audits accounts there with --exchange bybit --base-url https://api.bybit.eu",
        ),
        ("https://www.bybit.nl/nl-NL/", "Bybit Netherlands", "those of Bybit do not exist there"),
        ("https://www.bybit.kz", "Bybit Kazakhstan", "--base-url https://api.bybit.kz"),
        ("https://tr.okx.com/account/my-api", "OKX TR", "--exchange okx --base-url https://tr.okx.com"),
        ("https://my.okx.com", "OKX (EEA)", "Its API keys are made at https://my.okx.com/account/my-api"),
        ("https://app.okx.com", "OKX (US)", "with --exchange okxus."),
        ("https://api.kucoin.eu", "KuCoin EU", "those of KuCoin do not exist there"),
        ("https://api.gateeu.com", "Gate EU", "spot, margin, Earn and the unified account only"),
        ("https://www.binance.us", "Binance.US", "cannot audit accounts there: check them in that site's own app"),
        (
            "https://futures.kraken.com",
            "Kraken Futures",
            "cannot audit accounts there: check them in that site's own app",
        ),
    ],
)
def test_a_site_with_keys_of_its_own_is_genuine_and_told_apart(link: str, owner: str, said: str) -> None:
    found = assess_link(link)

    assert owner == found.exchange
    assert said in " ".join(map(str, found.why))


@pytest.mark.parametrize("link", ["https://www.bybit-eu.com", "https://www.bybit.eu.com", "https://tr-okx.com"])
def test_what_looks_like_a_site_of_a_region_is_none(link: str) -> None:
    assert assess_link(link).exchange is None


def test_a_link_that_leads_on_is_told() -> None:
    found = assess_link("https://www.okx.com/redirect?to=https%3A%2F%2Fevil.example")

    assert found.exchange == "OKX"
    assert "names another address behind it" in str(found.why[0])


@pytest.mark.parametrize("rest", ["?to=https:evil.example", "?to=HTTPS%3Aevil.example", "#//evil.example"])
def test_so_is_one_that_leads_on_without_slashes(rest: str) -> None:
    assert "names another address behind it" in str(assess_link(f"https://www.okx.com/{rest}").why[0])


def test_a_part_of_an_exchanges_own_domain_is_not_called_an_imitation() -> None:
    assert "looks like" not in " ".join(map(str, assess_link("https://pay.okx.com").why))
    assert "end in" not in " ".join(map(str, assess_link("https://evilokx.com").why))


def test_the_command_says_yes(cli: Cli) -> None:
    ran = cli("official", "https://www.okx.com/help")

    assert (0, "www.okx.com belongs to OKX.\n", "") == (ran.code, ran.out, ran.err)


def test_the_command_says_no_with_a_code_of_its_own(cli: Cli) -> None:
    ran = cli("official", "https://www.okx.com@evil.example")

    assert (4, "") == (ran.code, ran.err)
    assert ran.out.startswith("NOT known to belong to an exchange.")


def test_what_is_said_of_a_hostile_link_is_harmless(cli: Cli) -> None:
    assert "\x1b" not in cli("official", "https://x\x1b[31m.example").out
