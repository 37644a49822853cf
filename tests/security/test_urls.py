"""Addresses: where requests and keys may go."""

from collections.abc import Callable

import pytest

from auditor.model.errors import UserError
from auditor.security.urls import base_url, proxy_url, trusted_host

OFFICIAL = ("www.okx.com", "openapi.okx.com")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:1", "http://localhost:1"),
        ("https://localhost", "https://localhost"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("https://www.okx.com", "https://www.okx.com"),
        ("https://WWW.OKX.com:443", "https://www.okx.com:443"),
        ("https://mine.example.org:8443", "https://mine.example.org:8443"),
    ],
)
def test_loopback_official_and_trusted_addresses_are_taken(given: str, expected: str) -> None:
    assert expected == base_url(given, official=OFFICIAL, trusted={"mine.example.org"})


@pytest.mark.parametrize(
    "given",
    [
        "",
        "www.okx.com",
        "ftp://www.okx.com",
        "http://www.okx.com",
        "https://www.okx.com:8443",
        "https://www.okx.com.evil.org",
        "https://okx.com",
        "https://evil.org",
        "http://127.0.0.1.evil.org",
        "http://localhost.evil.org",
        "http://2130706433",
        "http://0x7f000001",
        "http://0x7f.1",
        "http://127.1",
        "https://user@www.okx.com",
        "https://www.okx.com@evil.org",
        "https://www.okx.com\\@evil.org",
        "https://www.okx.com#x",
        "https://www.okx.com?x",
        "https://www.okx.com/api",
        "https://www.okx.com/..",
        "https://www.okx.com:0",
        "https://www.okx.com:65536",
        "https://www.okx.com:port",
        "https://www.okx.com:",
        "https://www.okx.com.",
        "https://www.okx.com%2eevil.org",
        "https:///www.okx.com",
        "https://[::1",
        "https://ww\tw.okx.com",
        "https://www.okx.com\n",
        "https://www.ok\u0445.com",
    ],
)
def test_any_other_address_is_refused(given: str) -> None:
    with pytest.raises(UserError, match="base URL"):
        base_url(given, official=OFFICIAL, trusted=())


def test_a_refused_address_says_how_to_trust_a_host_of_ones_own() -> None:
    with pytest.raises(UserError, match=r"--trust-host mine\.example\.org"):
        base_url("https://mine.example.org", official=OFFICIAL, trusted=())


def test_a_trusted_host_still_needs_https() -> None:
    with pytest.raises(UserError, match="https"):
        base_url("http://mine.example.org", official=OFFICIAL, trusted={"mine.example.org"})


@pytest.mark.parametrize("check", [proxy_url, lambda text: base_url(text, official=OFFICIAL, trusted=())])
def test_a_password_in_an_address_is_not_repeated(check: Callable[[str], str]) -> None:
    with pytest.raises(UserError) as told:
        check("http://somebody:hunter2hunter2@127.0.0.1:3128")

    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize("given", ["http://proxy.example.org:3128", "socks5h://127.0.0.1:9050"])
def test_connect_and_socks5h_proxies_are_taken(given: str) -> None:
    assert given == proxy_url(given)


@pytest.mark.parametrize(
    "given", ["https://proxy:1", "socks5://proxy:1", "socks4://p:1", "http://proxy", "proxy:3128", "http://proxy:1/x"]
)
def test_any_other_proxy_is_refused(given: str) -> None:
    with pytest.raises(UserError, match="proxy"):
        proxy_url(given)


@pytest.mark.parametrize("given", ["https://mine.example.org", "mine.example.org:8443", "*.example.org", "", "a b"])
def test_a_trusted_host_is_a_plain_name(given: str) -> None:
    with pytest.raises(UserError, match="trusted host"):
        trusted_host(given)
