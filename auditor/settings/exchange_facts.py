"""Facts about exchanges that anyone may correct, without programming.

Each exchange has one TOML file, in ``config/``.
"""

import difflib
import hashlib
import importlib.resources
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from auditor.exchanges.catalogue import catalogue_entry
from auditor.i18n import Message, _
from auditor.model.errors import UserError
from auditor.model.records import Area
from auditor.settings.leaving_facts import RemainderRule, WithdrawingFacts
from auditor.settings.site_facts import DomainFacts, FactLine, Host, SiteFacts

# The file of facts for exchanges without a file of their own.
DEFAULTS_ID = "_unified"
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z-]+$")]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hosts(_Facts):
    """The exchange's own hosts.

    ``api``: hosts that may receive keys, preferred one first; ``services``: hosts of API parts that live elsewhere;
    ``site``: hosts that may be linked. Both include those of its further sites.
    """

    api: Annotated[tuple[Host, ...], Field(min_length=1)]
    site: tuple[Host, ...]
    services: Mapping[str, Host] = Field(default_factory=dict)


class KeyHelp(_Facts):
    """How to create a read-only key: page, menu path, boxes to tick and boxes to leave.

    ``unknown``: the codes with which the exchange says that it knows no such key.
    """

    page: FactLine
    path: FactLine
    tick: tuple[FactLine, ...]
    leave: tuple[FactLine, ...]
    advice: str = ""
    unknown: frozenset[FactLine] = frozenset()


class AppFacts(_Facts):
    """Menu paths in the exchange's own app.

    ``where``: by step of the plan; ``remedies``: by rule id.
    """

    where: Mapping[FactName, FactLine]
    remedies: Mapping[FactName, FactLine]


class SupportFacts(_Facts):
    """How to reach official support: ``page`` on the exchange's site, ``path`` from there."""

    page: FactLine
    path: FactLine


class RequirementFact(_Facts):
    """A condition for closing an account.

    Proved by ``areas`` and the surfaces of ``seen_in``, or ``manual``: to be confirmed by a person. ``audited_as``: the
    exchange whose accounts in the same run show what this one's API does not.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: FactLine
    source: FactLine
    as_of: date
    official: bool
    areas: tuple[Area, ...] = ()
    seen_in: tuple[Area, ...] = ()
    manual: bool = False
    audited_as: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.manual == bool(self.areas):
            message = f"{self.id}: either areas or manual = true"
            raise ValueError(message)
        if self.audited_as and not self.manual:
            message = f"{self.id}: audited_as is for manual = true"
            raise ValueError(message)
        return self


class ExchangeConfig(_Facts):
    """All facts about one exchange; ``id`` is its ccxt id, ``archive``: `audit archive` knows its history."""

    id: FactLine
    name: FactLine
    inherits: str | None = None
    hosts: Hosts
    key: KeyHelp
    app: AppFacts | None = None
    support: SupportFacts | None = None
    withdrawing: WithdrawingFacts | None = None
    remainders: tuple[RemainderRule, ...] = ()
    sites: tuple[SiteFacts, ...] = ()
    domains: tuple[DomainFacts, ...] = ()
    archive: bool = False
    requirements: tuple[RequirementFact, ...]

    @property
    def api_hosts(self) -> tuple[str, ...]:
        """Return the hosts that may receive requests, preferred one first."""
        return self.hosts.api

    @property
    def site_hosts(self) -> tuple[str, ...]:
        """Return the hosts of the exchange's own sites, the only ones ever shown as an address."""
        return self.hosts.site

    @property
    def own_site_hosts(self) -> tuple[str, ...]:
        """Return the hosts of its site without those of its further sites."""
        further = {host for site in self.sites for host in site.site} - {urlsplit(self.key.page).hostname}
        return tuple(host for host in self.hosts.site if host not in further)

    @property
    def key_page(self) -> str:
        """Return the address of the page that creates API keys."""
        return self.key.page

    @property
    def key_boxes(self) -> tuple[str, ...]:
        """Return the boxes to tick for a key that can only read."""
        return self.key.tick

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ids = [fact.id for fact in self.requirements]
        if len(set(ids)) != len(ids):
            message = f"two requirements share an id: {sorted(ids)}"
            raise ValueError(message)
        for site in self.sites:
            self._check_site(site)
        for name, page in self._pages():
            if urlsplit(page).scheme != "https" or urlsplit(page).hostname not in self.hosts.site:
                message = f"{name} is not on a site host: {page}"
                raise ValueError(message)
        return self

    def _check_site(self, site: SiteFacts) -> None:
        """Raise ValueError for a site whose hosts are not among the exchange's, where a key could be sent."""
        strange = {*site.site} - {*self.hosts.site}
        if site.read_as == self.id:
            strange |= {*site.api} - {*self.hosts.api}
        if strange and self.inherits in {None, DEFAULTS_ID}:
            message = f"{site.name}: not among the hosts of {self.id}: {sorted(strange)}"
            raise ValueError(message)

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield "key.page", self.key.page
        if self.support is not None:
            yield "support.page", self.support.page


@cache
def exchange_config(exchange: str) -> ExchangeConfig:
    """Load the facts about an exchange, by its ccxt id.

    Raises UserError for an unknown exchange and for a faulty file.
    """
    return _load(config_folder(), exchange)


def config_if_written(exchange: str) -> ExchangeConfig | None:
    """Return the facts about an exchange, None if it has no file. Raises UserError."""
    return exchange_config(exchange) if exchange in known_exchanges() else None


def config_sha256() -> str:
    """Return one digest over all files of facts, independent of their line endings."""
    digest = hashlib.sha256()
    for name, content in _files(config_folder()).items():
        data = content.replace("\r\n", "\n").encode()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


@cache
def known_exchanges() -> tuple[str, ...]:
    """Return the exchanges that have a file of facts, as of the first call."""
    return tuple(name.removesuffix(".toml") for name in _files(config_folder()) if not name.startswith("_"))


def config_folder() -> Traversable:
    """Return ``config/`` as installed in the package, or else as in a checkout."""
    installed = importlib.resources.files("auditor").joinpath("config")
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "config"


def _load(folder: Traversable, exchange: str) -> ExchangeConfig:
    data = _inherit(folder, exchange)
    try:
        return ExchangeConfig.model_validate(data)
    except ValidationError as error:
        raise UserError(f"config/{exchange}.toml: {_first_error(error)}") from None


def _inherit(folder: Traversable, exchange: str) -> Mapping[str, object]:
    entry = None if f"{exchange}.toml" in _files(folder) else catalogue_entry(exchange)
    if entry is not None:
        return _merge(_parse_file(folder, DEFAULTS_ID), entry.facts())
    own = dict(_parse_file(folder, exchange))
    parent, additions = own.get("inherits"), own.pop("also", ())
    merged = _merge(_parse_file(folder, parent), own) if isinstance(parent, str) else own
    return (
        {**merged, "requirements": _add_requirements(_as_list(merged.get("requirements")), _as_list(additions))}
        if additions
        else merged
    )


def _add_requirements(facts: list[object], additions: list[object]) -> list[object]:
    """Add an exchange's own requirements to the general ones; one with the same id overrides."""
    by_id = {fact["id"]: fact for fact in reversed(additions) if isinstance(fact, dict) and "id" in fact}
    own = [by_id.pop(fact["id"], {}) if isinstance(fact, dict) and "id" in fact else {} for fact in facts]
    common = [{**fact, **words} if isinstance(fact, dict) else fact for fact, words in zip(facts, own, strict=True)]
    return [*common, *(fact for fact in additions if not any(fact is words for words in own))]


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _merge(parent: Mapping[str, object], own: Mapping[str, object]) -> Mapping[str, object]:
    """Merge ``own`` over ``parent``: tables key by key, any other value as a whole."""
    merged = {**parent, **own}
    for key, table in own.items():
        base = parent.get(key)
        if isinstance(table, dict) and isinstance(base, dict):
            merged[key] = {**base, **table}
    return merged


def _parse_file(folder: Traversable, exchange: str) -> Mapping[str, object]:
    files = _files(folder)
    if f"{exchange}.toml" not in files:
        raise UserError(_unknown_exchange(exchange, [name.removesuffix(".toml") for name in files]))
    try:
        return tomllib.loads(files[f"{exchange}.toml"])
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"config/{exchange}.toml: {error}") from None


def _unknown_exchange(exchange: str, choices: list[str]) -> Message:
    near = difflib.get_close_matches(exchange, choices, n=1)
    if near:
        return _("Unknown exchange {exchange!r}. Did you mean {near}?").format(exchange=exchange, near=near[0])
    return _("Unknown exchange {exchange!r}. Known: {known}.").format(exchange=exchange, known=", ".join(choices))


def _files(folder: Traversable) -> dict[str, str]:
    files = {entry.name: entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return {name: files[name].read_text(encoding="utf-8") for name in sorted(files)}


def _first_error(error: ValidationError) -> str:
    detail = error.errors()[0]
    where = ".".join(str(part) for part in detail["loc"])
    problem = "unknown key" if detail["type"] == "extra_forbidden" else detail["msg"]
    return f"{where}: {problem}" if where else problem
