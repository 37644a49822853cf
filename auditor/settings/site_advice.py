"""The further sites of an exchange: where a key that is unknown here may exist, and how to use it there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.i18n import Message, Text, _, sentences
from auditor.model.account import Account
from auditor.model.snapshot import Unread
from auditor.security.urls import url_host
from auditor.settings.exchange_facts import ExchangeConfig, exchange_config, known_exchanges
from auditor.settings.site_facts import SiteFacts


@dataclass(frozen=True, slots=True)
class AccountSite:
    """A site with accounts and keys of its own.

    ``api``: hosts that take its keys; ``web``: hosts that its owners know; ``option``: how to audit an account there,
    "" where this program cannot; ``note``: what an owner of an account must know; ``key_page``: where keys are made.
    """

    name: str
    api: tuple[str, ...]
    web: tuple[str, ...]
    option: str
    note: str = ""
    key_page: str = ""

    @property
    def hosts(self) -> tuple[str, ...]:
        """All of its hosts."""
        return (*self.api, *self.web)


def with_site_advice(account: Account, unread: Unread) -> Unread:
    """Return ``unread`` with the other sites that may know a key that the exchange says it does not know."""
    config = exchange_config(account.exchange)
    advice = site_advice(account) if unread.code in config.key.unknown else None
    return unread if advice is None else replace(unread, reason=sentences(unread.reason, advice))


def site_advice(account: Account) -> Message | None:
    """Return how to use a key that exists at another site than the one of ``account``; None without other sites."""
    others = tuple(other_sites(account))
    if not others:
        return None
    intro = _("A key exists only at the site that it was made at.")
    at_site = _("at {site}, use {option}")
    by_option = [at_site.format(site=_shown(site), option=site.option) for site in others if site.option]
    by_eye = [_shown(site) for site in others if not site.option]
    return sentences(intro, _options(by_option), _by_eye(by_eye))


def other_sites(account: Account) -> Iterator[AccountSite]:
    """Yield every site of the exchange but the one that ``account`` is audited at."""
    present = here(account)
    yield from (site for site in sites(account.exchange) if site != present)


def sites(exchange: str) -> tuple[AccountSite, ...]:
    """Return all sites of an exchange: the main one first, then its further ones."""
    root = _root(exchange)
    main = AccountSite(root.name, _main_hosts(root), root.own_site_hosts, f"--exchange {root.id}")
    further = (
        AccountSite(site.name, site.api, site.site, _option(site), site.note, site.key_page) for site in root.sites
    )
    return (main, *further) if root.sites else ()


def here(account: Account) -> AccountSite | None:
    """Return the site that ``account`` is audited at: that of its address, else of its exchange's first host."""
    by_host = {host: site for site in sites(account.exchange) for host in site.api}
    host = url_host(account.base_url) if account.base_url else ""
    return by_host.get(host) or by_host.get(exchange_config(account.exchange).api_hosts[0])


def key_page(exchange: str, base_url: str | None) -> str:
    """Return the page of the keys at the site of an account."""
    account = Account(name=exchange, exchange=exchange, credentials={}, base_url=base_url)
    site = here(account)
    return (site.key_page if site else "") or exchange_config(exchange).key_page


def moved_hosts(account: Account) -> Mapping[str, str]:
    """Return the origin at the account's regional site by the main site's host; empty at the main site."""
    config = exchange_config(account.exchange)
    host = url_host(account.base_url) if account.base_url else ""
    site = next((site for site in config.sites if site.read_as == config.id and host in site.api), None)
    pairs = () if site is None else zip(_main_hosts(config), site.api, strict=False)
    return {main: f"https://{regional}" for main, regional in pairs}


def _root(exchange: str) -> ExchangeConfig:
    """Return the facts of the exchange that a site inherits from, else its own."""
    config = exchange_config(exchange)
    return exchange_config(config.inherits) if config.inherits in known_exchanges() else config


def _main_hosts(config: ExchangeConfig) -> tuple[str, ...]:
    further = {host for site in config.sites for host in site.api}
    return tuple(host for host in config.api_hosts if host not in further)


def _option(site: SiteFacts) -> str:
    if not site.read_as:
        return ""
    is_first = exchange_config(site.read_as).api_hosts[0] == site.api[0]
    return f"--exchange {site.read_as}" + ("" if is_first else f" --base-url https://{site.api[0]}")


def _shown(site: AccountSite) -> Text:
    """Return a site's name with the host by which its owners know it, if one is known."""
    return _("{site} ({host})").format(site=site.name, host=site.web[0]) if site.web else site.name


def _options(ways: list[Message]) -> Text:
    return _("If your account is {ways}.").format(ways=_("; ").join(ways)) if ways else ""


def _by_eye(names: list[Text]) -> Text:
    text = _("This program cannot read accounts at {sites}: check there yourself.")
    return text.format(sites=_("; ").join(names)) if names else ""
