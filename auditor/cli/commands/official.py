"""The command `audit official`: whether a link belongs to an exchange.

Only an exact match with a host in ``config/`` counts, never a similar name.
"""

import difflib
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import escape_invisible, is_visible
from auditor.i18n import Message, _
from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.settings.site_advice import Site, sites

OFFICIAL, NOT_OFFICIAL = 0, 4
HTTPS = 443
# Similarity (0 to 1) at which a hasty reader takes one host for the other.
LOOKS_LIKE = 0.75
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE | re.ASCII)
_ADDRESS_WITHIN = re.compile(r"//|https?:", re.IGNORECASE | re.ASCII)
_LABELS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAssessment:
    """The assessment of a link.

    ``exchange``: the owner's name, None when the link belongs to no known exchange; ``why``: reasons, as sentences.
    """

    host: str
    exchange: str | None
    why: tuple[Message, ...]


def official(text: str, runtime: Runtime) -> int:
    """Print the assessment of a link; return 0 only when it belongs to an exchange."""
    link = assess_link(text)
    answer = _("{host} belongs to {exchange}.").format(host=link.host, exchange=link.exchange)
    if link.exchange is None:
        answer = _("NOT known to belong to an exchange. Do not sign in there, and enter nothing.")
    sys.stdout.write("".join(f"{escape_invisible(runtime.console(line))}\n" for line in (answer, *link.why)))
    return OFFICIAL if link.exchange is not None else NOT_OFFICIAL


def assess_link(text: str) -> LinkAssessment:
    """Assess a link: only a known host, plainly written, belongs to an exchange."""
    oddities = tuple(_odd_letters(text))
    if oddities:
        return LinkAssessment(host="", exchange=None, why=oddities)
    try:
        url = urlsplit(text if _SCHEME.match(text) and "://" in text else f"https://{text.removeprefix('//')}")
        port = url.port
    except ValueError:
        return LinkAssessment(host="", exchange=None, why=(_("It is not an address."),))
    host = (url.hostname or "").removesuffix(".")
    doubts = (*_faults(url, port), *_imitations(host, url))
    name = _owners().get(host)
    if name is None or doubts:
        return LinkAssessment(host=host, exchange=None, why=(_leads_to(host), *doubts))
    return LinkAssessment(host=host, exchange=name, why=(*_cautions(url), *_of_its_site(host)))


def _odd_letters(text: str) -> Iterator[Message]:
    """Yield warnings about characters that browsers drop, change or display as others."""
    if not text.strip():
        yield _("It is not an address.")
    if any(character.isspace() or not is_visible(character) for character in text):
        yield _("It has white space or invisible characters in it, which browsers leave out.")
    if "\\" in text:
        yield _("It has a backslash in it, which browsers read as a slash.")
    authority = re.split(r"[/?#]", _SCHEME.sub("", text, count=1).removeprefix("//"), maxsplit=1)[0]
    foreign = dict.fromkeys(character for character in authority if not character.isascii())
    if foreign:
        names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in foreign)
        yield _("It has letters that only look like those of an official address: {names}.").format(names=names)


def _faults(url: SplitResult, port: int | None) -> Iterator[Message]:
    if url.scheme != "https":
        yield _("It does not begin with https://, so anyone on the way can change what it shows.")
    if "@" in url.netloc:
        yield _("What stands before the @ is a user name, not the host.")
    if "%" in url.netloc:
        yield _("Its host is written in codes (%), which official addresses never are.")
    if port not in {None, HTTPS}:
        yield _("It names a port of its own ({port}), which official addresses never do.").format(port=port)


def _imitations(host: str, url: SplitResult) -> Iterator[Message]:
    """Yield the ways in which an unknown host imitates a known one."""
    owners = _owners()
    if host in owners:
        return
    if any(label.startswith("xn--") for label in host.split(".")):
        yield _("Its host stands for other letters ({shown}), which may look like an official one.").format(
            shown=_decoded(host)
        )
    if not _LABELS.fullmatch(host) or host.rpartition(".")[2].isdigit():
        yield _("Its host is not a plain name.")
    within = next((known for known in owners if host.startswith(f"{known}.") or f".{known}." in host), None)
    if within is not None:
        end = host.split(f"{within}.", 1)[1]
        yield _("{official} only stands in front; the host is one of {end}.").format(official=within, end=end)
    rest = unquote(f"{url.path}{url.query}{url.fragment}").lower()
    named = next((known for known in owners if known in rest), None)
    if named is not None:
        yield _("{official} only stands behind the host, where anyone can write it.").format(official=named)
    domain = ".".join(host.rsplit(".", 2)[-2:])
    if domain in _domains():
        yield _(
            "Other addresses of {exchange} end in {domain}, but this very one is not among those that are known."
        ).format(exchange=_domains()[domain], domain=domain)
        return
    near = difflib.get_close_matches(host, owners, n=1, cutoff=LOOKS_LIKE)
    if near and within is None:
        yield _("It looks like {official}, but it is not among the addresses of {exchange} that are known.").format(
            official=near[0], exchange=owners[near[0]]
        )


def _cautions(url: SplitResult) -> Iterator[Message]:
    rest = unquote(unquote(f"{url.path}?{url.query}#{url.fragment}"))
    if _ADDRESS_WITHIN.search(rest):
        yield _("But it names another address behind it: look at where the browser ends up before you enter anything.")


def _of_its_site(host: str) -> Iterator[Message]:
    """Yield what sets a further site of an exchange apart: its accounts, its keys, and whether they can be audited."""
    found = _further_sites().get(host)
    if found is None:
        return
    exchange, site = found
    text = _("It is a site with accounts and keys of its own: those of {exchange} do not exist there.")
    yield text.format(exchange=exchange)
    if site.option:
        yield _("This program audits accounts there with {option}.").format(option=site.option)
    else:
        yield _("This program cannot audit accounts there: check them in that site's own app.")
    if site.key_page:
        yield _("Its API keys are made at {page}.").format(page=site.key_page)
    if site.note:
        yield _(site.note)


def _leads_to(host: str) -> Message:
    return _("It leads to {host}.").format(host=host) if host else _("It names no host.")


def _decoded(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _official_hosts(config: ExchangeConfig) -> tuple[str, ...]:
    hosts = config.hosts
    return (*hosts.site, *hosts.api, *hosts.services.values())


def _domains() -> Mapping[str, str]:
    """Return the exchange's name by domain: the last two labels of every official site's host."""
    sites = {host for exchange in known_exchanges() for host in exchange_config(exchange).site_hosts}
    return {".".join(host.rsplit(".", 2)[-2:]): name for host, name in _owners().items() if host in sites}


def _owners() -> Mapping[str, str]:
    """Return the exchange's name by official host.

    For a shared host it is the main exchange, from which the regional ones inherit.
    """
    configs = sorted(
        (exchange_config(exchange) for exchange in known_exchanges()), key=lambda config: bool(config.inherits)
    )
    pairs = [(host, config.name) for config in configs for host in _official_hosts(config)]
    return {**dict(reversed(pairs)), **{host: site.name for host, (_exchange, site) in _further_sites().items()}}


def _further_sites() -> Mapping[str, tuple[str, Site]]:
    """Return the main exchange's name and the site, by each host of a further site."""
    configs = [exchange_config(exchange) for exchange in known_exchanges()]
    return {
        host: (config.name, site)
        for config in configs
        if config.inherits not in known_exchanges()
        for site in sites(config.id)[1:]
        for host in site.hosts
    }
