"""Whether a link belongs to an exchange, deceiving look-alikes included."""

import pytest

from auditor.cli.commands.link_faults import Ownership
from auditor.cli.commands.official import assess_link
from auditor.settings.exchange_facts import exchange_config, known_exchanges
from tests.cli.conftest import Cli

HOSTS = sorted({host for each in known_exchanges() for host in exchange_config(each).hosts.site})


@pytest.mark.parametrize("host", HOSTS)
def test_every_official_host_is_official(host: str) -> None:
    assert Ownership.OFFICIAL is assess_link(f"https://{host}/help").standing


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
    assert (Ownership.OFFICIAL, "OKX") == (assess_link(link).standing, assess_link(link).owner)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("http://www.okx.com", "does not begin with https"),
        ("https://www.okx.com@evil.example/", "before the @ is only a user name"),
        ("https://www.okx.com:pw@evil.example/", "before the @ is only a user name"),
        ("https://user@www.okx.com/", "before the @ is only a user name"),
        (
            "https://www.okx.com.evil.example/",
            "the address belongs to whoever owns evil.example",
        ),
        (
            "https://login.www.okx.com.evil.example/",
            "the address belongs to whoever owns evil.example",
        ),
        ("https://evil.example/www.okx.com/", "appears only behind the host"),
        ("https://evil.example/?to=https%3A%2F%2Fwww.okx.com", "appears only behind the host"),
        ("https://evil.example#www.okx.com", "appears only behind the host"),
        ("https://www.ok\u0445.com", "CYRILLIC SMALL LETTER HA"),
        ("https://www.\uff4fkx.com", "FULLWIDTH LATIN SMALL LETTER O"),
        ("https://www.okx\u3002com", "IDEOGRAPHIC FULL STOP"),
        ("https://xn--www-okx-9fg.com", "code for other letters"),
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
        ("https://3232235777/", "not a plain name"),
        ("https://[::1]/", "not a plain name"),
        ("https:///www.okx.com", "names no host"),
        ("https:www.okx.com", "not an address"),
        ("javascript:alert('www.okx.com')", "not"),
        ("data:text/html,www.okx.com", "not"),
        ("https://[www.okx.com", "not an address"),
        ("", "not an address"),
        ("okx", "not a plain name"),
        ("okx.com..", "not a plain name"),
        ("OKX.COM.EVIL.EXAMPLE", "the address belongs to whoever owns evil.example"),
        ("okx.com.evil.example.", "the address belongs to whoever owns evil.example"),
        ("okx.com.evil.example:443", "the address belongs to whoever owns evil.example"),
        ("0kx.com", "looks like okx.com"),
        ("okx.co", "looks like okx.com"),
        ("binance-login.com", "leads to binance-login.com"),
        ("https://okx.com:8080", "a port of its own (8080)"),
        ("okx.com:pw@evil.example", "before the @ is only a user name"),
        ("http://okx.com", "does not begin with https"),
        ("http://support.okx.com", "does not begin with https"),
        ("https://user@support.okx.com", "before the @ is only a user name"),
        ("https://support.okx.com:81", "a port of its own (81)"),
        ("https://xn--spport-3ya.okx.com", "code for other letters"),
        ("https://.okx.com", "not a plain name"),
        ("https://a_b.okx.com", "not a plain name"),
        ("evilokx.com", "leads to evilokx.com"),
        ("okx.com okx.com", "white space"),
        ("okx .com", "white space"),
        ("\uff4f\uff4b\uff58\uff0e\uff43\uff4f\uff4d", "FULLWIDTH LATIN SMALL LETTER O"),
        ("\u043ekx.com", "CYRILLIC SMALL LETTER O"),
    ],
)
def test_what_only_looks_like_it_does_not(link: str, why: str) -> None:
    found = assess_link(link)

    assert found.standing is Ownership.UNKNOWN
    assert why in " ".join(map(str, found.why))


@pytest.mark.parametrize(
    ("link", "owner", "said"),
    [
        (
            "https://www.bybit.eu",
            "Bybit EU",
            "To check an account there, use --exchange bybiteu",
        ),
        ("https://www.bybit.nl/nl-NL/", "Bybit Netherlands", "those of Bybit do not exist there"),
        ("https://www.bybit.kz", "Bybit Kazakhstan", "--base-url https://api.bybit.kz"),
        ("https://tr.okx.com/account/my-api", "OKX TR", "--exchange okx --base-url https://tr.okx.com"),
        ("https://my.okx.com", "OKX (EEA)", "You create its API keys at https://my.okx.com/account/my-api"),
        ("https://app.okx.com", "OKX (US)", "use --exchange okxus."),
        ("https://api.kucoin.eu", "KuCoin EU", "those of KuCoin do not exist there"),
        ("https://api.gateeu.com", "Gate EU", "spot, margin, Earn and the unified account only"),
        ("https://www.binance.us", "Binance.US", "cannot check accounts there: look in that site's own app"),
        (
            "https://futures.kraken.com",
            "Kraken Futures",
            "To check an account there, use --exchange krakenfutures.",
        ),
    ],
)
def test_a_site_with_keys_of_its_own_is_genuine_and_told_apart(link: str, owner: str, said: str) -> None:
    found = assess_link(link)

    assert (Ownership.OFFICIAL, owner) == (found.standing, found.owner)
    assert said in " ".join(map(str, found.why))


@pytest.mark.parametrize("link", ["https://www.bybit-eu.com", "https://www.bybit.eu.com", "https://tr-okx.com"])
def test_what_looks_like_a_site_of_a_region_is_none(link: str) -> None:
    assert assess_link(link).standing is Ownership.UNKNOWN


def test_a_link_that_leads_on_is_told() -> None:
    found = assess_link("https://www.okx.com/redirect?to=https%3A%2F%2Fevil.example")

    assert Ownership.OFFICIAL is found.standing
    assert "names a second address" in str(found.why[0])


@pytest.mark.parametrize("rest", ["?to=https:evil.example", "?to=HTTPS%3Aevil.example", "#//evil.example"])
def test_so_is_one_that_leads_on_without_slashes(rest: str) -> None:
    assert "names a second address" in str(assess_link(f"https://www.okx.com/{rest}").why[0])


APEXES = sorted({host.removeprefix("www.") for host in HOSTS if host.startswith("www.")})
DOMAINS = sorted({fact.domain for each in known_exchanges() for fact in exchange_config(each).domains})
LISTED = sorted({host for each in known_exchanges() for fact in exchange_config(each).domains for host in fact.hosts})


@pytest.mark.parametrize("host", APEXES)
def test_whoever_serves_www_owns_the_name_without_it(host: str) -> None:
    assert Ownership.OFFICIAL is assess_link(host).standing


@pytest.mark.parametrize("host", LISTED)
def test_a_host_that_the_exchange_names_is_official(host: str) -> None:
    assert Ownership.OFFICIAL is assess_link(f"https://{host}/").standing


@pytest.mark.parametrize("domain", [*DOMAINS, *APEXES])
def test_another_host_of_an_exchanges_domain_is_neither_official_nor_unknown(domain: str) -> None:
    found = assess_link(f"https://not-listed.{domain}/login")

    assert (Ownership.UNLISTED, domain) == (found.standing, found.domain)
    assert found.owner


@pytest.mark.parametrize("domain", [*DOMAINS, *APEXES])
def test_what_only_begins_or_ends_like_an_exchanges_domain_is_unknown(domain: str) -> None:
    for host in (f"{domain}.evil.example", f"evil{domain}", f"evil-{domain}", f"www.{domain}.co", f"x.{domain}.evil"):
        assert Ownership.UNKNOWN is assess_link(host).standing


@pytest.mark.parametrize("exchange", [each for each in known_exchanges() if each not in {"myokx", "okxus"}])
def test_every_exchange_has_a_domain_with_source_and_date(exchange: str) -> None:
    assert all(fact.source and fact.as_of for fact in exchange_config(exchange).domains)
    assert exchange_config(exchange).domains


def test_a_part_of_an_exchanges_own_domain_is_not_called_an_imitation() -> None:
    assert "looks like" not in " ".join(map(str, assess_link("https://pay.okx.com").why))


@pytest.mark.parametrize(
    "text",
    [
        "noreply@okx.com",
        "NoReply@OKX.com",
        "mailto:support@okx.com",
        "OKX Support <support@okx.com>",
        "a.b+c@mail.okx.com",
    ],
)
def test_a_senders_address_proves_nothing_even_on_the_exchanges_domain(cli: Cli, text: str) -> None:
    ran = cli("official", text)

    assert (3, "") == (ran.code, ran.err)
    assert "An e-mail address proves nothing: senders can be forged." == ran.out.splitlines()[0]
    assert "Its domain, okx.com, belongs to OKX, but that alone does not make the e-mail genuine." in ran.out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("okx@gmail.example", "not on our list of the exchanges' domains"),
        ("support@okx.com.evil.example", "whoever owns evil.example"),
        ("support@0kx.com", "looks like okx.com"),
        ("www.okx.com@evil.example", "before the @ is only a user name"),
        ("noreply@okx.com <thief@evil.example>", "not on our list"),
        ("noreply@\u043ekx.com", "CYRILLIC SMALL LETTER O"),
        ("noreply@xn--kx-jmc.com", "code for other letters"),
        ("noreply@okx.com@evil.example", "before the @ is only a user name"),
    ],
)
def test_a_sender_from_elsewhere_is_unknown(text: str, why: str) -> None:
    found = assess_link(text)

    assert Ownership.UNKNOWN is found.standing
    assert why in " ".join(map(str, found.why))


def test_the_command_says_yes(cli: Cli) -> None:
    ran = cli("official", "https://www.okx.com/help")

    assert (0, "www.okx.com belongs to OKX.\n", "") == (ran.code, ran.out, ran.err)


def test_the_command_says_when_only_the_domain_is_the_exchanges(cli: Cli) -> None:
    ran = cli("official", "https://support.okx.com/hc")

    first = "support.okx.com is under okx.com, which OKX owns, but this address is not on our list."
    second = "Open www.okx.com yourself instead of following the link."
    assert (3, [first, second], "") == (ran.code, ran.out.splitlines(), ran.err)


def test_an_official_host_that_is_written_unsafely_is_called_unsafe_and_not_unknown(cli: Cli) -> None:
    ran = cli("official", "http://www.okx.com")

    assert (4, "NOT safe as it is written. Do not sign in there.") == (ran.code, ran.out.splitlines()[0])


def test_the_command_says_no_with_a_code_of_its_own(cli: Cli) -> None:
    ran = cli("official", "https://www.okx.com@evil.example")

    assert (4, "") == (ran.code, ran.err)
    assert ran.out.startswith("NOT on our list of official sites.")


def test_what_is_said_of_a_hostile_link_is_harmless(cli: Cli) -> None:
    assert "\x1b" not in cli("official", "https://x\x1b[31m.example").out
