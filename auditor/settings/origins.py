"""Origins that an account may reach.

These are the exchange's own hosts, this computer, or a host that the user trusts in this run.
"""

from collections.abc import Mapping

from auditor.model.account import Account, Options
from auditor.model.snapshot import Environment
from auditor.security.urls import base_url, url_host
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.site_advice import moved_hosts
from auditor.spec.client import Addresses


def api_origin(account: Account, options: Options) -> str:
    """Return the origin of the API: scheme, host and port.

    Raises UserError for an untrusted address.
    """
    official = exchange_config(account.exchange).api_hosts
    if account.base_url is None:
        return f"https://{official[0]}"
    origin = base_url(account.base_url, official=official, trusted=options.trust_hosts)
    return moved_hosts(account).get(official[0], origin)


def origins(account: Account, options: Options) -> tuple[str, ...]:
    """Return every origin that the account's session may reach. Raises UserError as `home` does."""
    return (api_origin(account, options),)


def services(account: Account) -> Mapping[str, str]:
    """Return the origin of each service that has its own host.

    An address of the user's own serves by path all those that the user names no address for.
    """
    config = exchange_config(account.exchange)
    if account.base_url is not None and url_host(account.base_url) not in config.api_hosts:
        return account.service_urls
    moved = moved_hosts(account)
    official = {name: moved.get(host, f"https://{host}") for name, host in config.hosts.services.items()}
    return {**official, **account.service_urls}


def addresses(account: Account, options: Options) -> Addresses:
    """Return the addresses that the account may use. Raises UserError as `home` does."""
    official = exchange_config(account.exchange).api_hosts
    return Addresses(
        origins=origins(account, options),
        services=services(account),
        official=tuple(official),
        moved=moved_hosts(account),
    )


def environment(account: Account) -> Environment:
    """Return the environment: live only at the exchange's own hosts with keys of real accounts."""
    if account.demo or account.sandbox:
        return Environment.DEMO
    config = exchange_config(account.exchange)
    official = {*config.api_hosts, *config.hosts.services.values()}
    is_custom = any(url_host(url) not in official for url in account.urls)
    return Environment.CUSTOM if is_custom else Environment.LIVE
