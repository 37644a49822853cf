"""Official hosts and domains of every exchange with a file of facts: who owns an address."""

from collections.abc import Iterator, Mapping
from functools import cache

from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.settings.site_advice import AccountSite, sites

WWW = "www."


@cache
def owners() -> Mapping[str, str]:
    """Return the exchange's name by official host.

    For a shared host it is the main exchange, from which the regional ones inherit.
    """
    pairs = [(host, config.name) for config in _main_first() for host in _listed_hosts(config)]
    known = {**dict(reversed(pairs)), **{host: site.name for host, (_exchange, site) in further_sites().items()}}
    # Whoever serves www.X owns X as well.
    return {**{host.removeprefix(WWW): name for host, name in known.items() if host.startswith(WWW)}, **known}


@cache
def domains() -> Mapping[str, str]:
    """Return the owner's name by domain: whatever is under it is the owner's, though it may not be listed."""
    stated = {fact.domain: config.name for config in reversed(_main_first()) for fact in config.domains}
    apexes = {host: name for host, name in owners().items() if f"{WWW}{host}" in owners()}
    return {**apexes, **stated}


def domain_of(host: str) -> str | None:
    """Return the shortest owned domain that ``host`` is, or is under; None if nobody known owns it."""
    labels = host.split(".")
    ends = (".".join(labels[start:]) for start in reversed(range(len(labels))))
    return next((end for end in ends if end in domains()), None)


def main_site(owner: str) -> str:
    """Return the host of the site of the exchange that is called ``owner``, else its name."""
    return next((config.hosts.site[0] for config in _main_first() if config.name == owner), owner)


@cache
def further_sites() -> Mapping[str, tuple[str, AccountSite]]:
    """Return the main exchange's name and the site, by each host of a further site."""
    configs = [exchange_config(exchange) for exchange in known_exchanges()]
    found = {
        host: (config.name, site)
        for config in configs
        if config.inherits not in known_exchanges()
        for site in sites(config.id)[1:]
        for host in site.hosts
    }
    return {**{host.removeprefix(WWW): entry for host, entry in found.items() if host.startswith(WWW)}, **found}


def _main_first() -> list[ExchangeConfig]:
    configs = (exchange_config(exchange) for exchange in known_exchanges())
    return sorted(configs, key=lambda config: config.inherits in known_exchanges())


def _listed_hosts(config: ExchangeConfig) -> Iterator[str]:
    yield from config.hosts.site
    yield from config.hosts.api
    yield from config.hosts.services.values()
    for fact in config.domains:
        yield from fact.hosts
