"""Facts about an exchange's addresses: its further sites, and the domains that it owns."""

from datetime import date
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
FactLine = Annotated[str, StringConstraints(min_length=1)]


class SiteFacts(BaseModel):
    """A regional site, or another exchange of the same brand: its keys exist nowhere else.

    ``api``: the host that takes the place of each of the exchange's API hosts, in their order, as far as it has one;
    ``site``: its web hosts; ``key_page``: where its keys are made; ``read_as``: the id of the exchange through which
    its accounts are read, "" where this program cannot read them; ``note``: what an owner of an account must know.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: FactLine
    api: tuple[Host, ...] = ()
    site: tuple[Host, ...] = ()
    key_page: str = ""
    read_as: str = ""
    note: str = ""
    source: FactLine
    as_of: date

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.read_as and not self.api:
            message = f"{self.name}: read_as needs an API host"
            raise ValueError(message)
        page = urlsplit(self.key_page)
        if self.key_page and (page.scheme != "https" or page.hostname not in self.site):
            message = f"{self.name}: key_page is not on its own site"
            raise ValueError(message)
        return self


class DomainFacts(BaseModel):
    """A domain that the exchange owns, and official hosts of it beside those of `Hosts`.

    `audit official` knows them; nothing is ever sent to them and no report links to them. A host is listed only when
    the exchange itself names it or serves its own pages there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    domain: Host
    hosts: tuple[Host, ...] = ()
    source: FactLine
    as_of: date

    @model_validator(mode="after")
    def _within(self) -> Self:
        strange = [host for host in self.hosts if host != self.domain and not host.endswith(f".{self.domain}")]
        if strange:
            message = f"{self.domain}: not under this domain: {strange}"
            raise ValueError(message)
        return self
