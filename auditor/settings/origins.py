"""Where an account's requests may go: the exchange's own hosts, this computer, or a host named in this very run."""

from collections.abc import Mapping

from auditor.model.account import Account, Options
from auditor.model.snapshot import Environment
from auditor.security.urls import base_url, url_host
from auditor.settings.exchange_facts import exchange_config
from auditor.spec.client import Addresses


def home(account: Account, options: Options) -> str:
    """The origin (scheme, host and port) to ask. Raises Problem for an address that nothing vouches for."""
    official = exchange_config(account.exchange).api_hosts
    if account.base_url is None:
        return f"https://{official[0]}"
    return base_url(account.base_url, official=official, trusted=options.trust_hosts)


def origins(account: Account, options: Options) -> tuple[str, ...]:
    """Every origin that the account's session may reach."""
    return (home(account, options),)


def services(account: Account) -> Mapping[str, str]:
    """The origin of each service with a host of its own. An address of the user's own serves them all by path."""
    config = exchange_config(account.exchange)
    if account.base_url is not None and url_host(account.base_url) not in config.api_hosts:
        return {}
    return {name: f"https://{host}" for name, host in config.hosts.services.items()}


def addresses(account: Account, options: Options) -> Addresses:
    """Where the account's requests may go. Raises Problem as `home` does."""
    official = exchange_config(account.exchange).api_hosts
    return Addresses(origins=origins(account, options), services=services(account), official=tuple(official))


def environment(account: Account) -> Environment:
    """Live only at the exchange's own hosts and with keys of real accounts."""
    if account.demo or account.sandbox:
        return Environment.DEMO
    official = exchange_config(account.exchange).api_hosts
    custom = account.base_url is not None and url_host(account.base_url) not in official
    return Environment.CUSTOM if custom else Environment.LIVE
