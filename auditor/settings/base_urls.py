"""The addresses that the user gives: one for the whole API, and one for each service that has a host of its own."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from auditor.i18n import _
from auditor.i18n.suggest import unknown
from auditor.model.errors import UserError
from auditor.security.urls import base_url
from auditor.settings.exchange_facts import exchange_config


@dataclass(frozen=True, slots=True)
class BaseUrls:
    """``whole``: the address of all that ``services`` do not name, None for the exchange's own."""

    whole: str | None = None
    services: Mapping[str, str] = field(default_factory=dict)

    def over(self, other: "BaseUrls") -> "BaseUrls":
        """Return these addresses, and those of ``other`` for what they do not say."""
        return BaseUrls(self.whole or other.whole, {**other.services, **self.services})

    def checked(self, exchange: str, trusted: Collection[str]) -> "BaseUrls":
        """Return the addresses as they may be used with the exchange's keys. Raises UserError."""
        hosts = exchange_config(exchange).hosts
        official = (*exchange_config(exchange).api_hosts, *hosts.services.values())
        for service in self.services:
            _check_service(exchange, service, hosts.services)
        whole = self.whole and base_url(self.whole, official=official, trusted=trusted)
        services = {name: base_url(url, official=official, trusted=trusted) for name, url in self.services.items()}
        return BaseUrls(whole, services)


def parse_base_urls(values: Iterable[str]) -> BaseUrls:
    """Return the addresses in values of the form URL or SERVICE=URL; of several for the same, the last one counts."""
    parts = [value.rpartition("=") for value in values]
    services = {service: url for service, _sign, url in parts}
    return BaseUrls(services.pop("", None), services)


def _check_service(exchange: str, service: str, known: Collection[str]) -> None:
    if service in known:
        return
    if not known:
        text = _("{exchange} has one address for everything: write --base-url URL.")
        raise UserError(text.format(exchange=exchange_config(exchange).name))
    raise UserError(unknown(_("service"), service, known))
