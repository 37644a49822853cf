"""Facts about exchanges that a person who does not program may correct: one TOML file an exchange, in ``config/``."""

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

from auditor.exchanges.catalogue import listed
from auditor.i18n import Message, _
from auditor.model.errors import Problem
from auditor.model.records import Area

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
# The facts that hold for an exchange of which this program knows nothing else.
ANY = "_unified"
Line = Annotated[str, StringConstraints(min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z-]+$")]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Hosts(_Facts):
    """The exchange's own hosts.

    ``api``: where keys may be sent, first choice first; ``services``: hosts of parts of the API that do not live there;
    ``site``: what may be linked.
    """

    api: Annotated[tuple[Host, ...], Field(min_length=1)]
    site: tuple[Host, ...]
    services: Mapping[str, Host] = Field(default_factory=dict)


class KeyHelp(_Facts):
    """How to create a key that can only read: where, which boxes to tick and which to leave."""

    page: Line
    path: Line
    tick: tuple[Line, ...]
    leave: tuple[Line, ...]
    advice: str = ""


class AppFacts(_Facts):
    """Where in the exchange's own app things are done: ``where`` by a step of the plan, ``remedies`` by a rule's id."""

    where: Mapping[Name, Line]
    remedies: Mapping[Name, Line]


class SupportFacts(_Facts):
    """How to reach the exchange's official support: ``page`` on one of its own sites, ``path`` from there."""

    page: Line
    path: Line


class RequirementFact(_Facts):
    """A condition for closing: proved by ``areas`` (and the surfaces of ``seen_in``), or ``manual``."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]
    title: Line
    source: Line
    as_of: date
    official: bool
    areas: tuple[Area, ...] = ()
    seen_in: tuple[Area, ...] = ()
    manual: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _either(self) -> Self:
        if self.manual == bool(self.areas):
            message = f"{self.id}: either areas or manual = true"
            raise ValueError(message)
        return self


class ExchangeConfig(_Facts):
    """All that is known of one exchange, by its ccxt id."""

    id: Line
    name: Line
    inherits: str | None = None
    hosts: Hosts
    key: KeyHelp
    app: AppFacts | None = None
    support: SupportFacts | None = None
    requirements: tuple[RequirementFact, ...]

    @property
    def api_hosts(self) -> tuple[str, ...]:
        """Hosts to which requests may go, first choice first."""
        return self.hosts.api

    @property
    def site_hosts(self) -> tuple[str, ...]:
        """Hosts of the exchange's own site, the only ones that are ever shown as an address."""
        return self.hosts.site

    @property
    def key_page(self) -> str:
        """Where to create an API key."""
        return self.key.page

    @property
    def key_boxes(self) -> tuple[str, ...]:
        """The boxes to tick for a key that can only read."""
        return self.key.tick

    @model_validator(mode="after")
    def _sound(self) -> Self:
        ids = [fact.id for fact in self.requirements]
        if len(set(ids)) != len(ids):
            message = f"two requirements share an id: {sorted(ids)}"
            raise ValueError(message)
        for name, page in self._pages():
            if urlsplit(page).scheme != "https" or urlsplit(page).hostname not in self.hosts.site:
                message = f"{name} is not on a site host: {page}"
                raise ValueError(message)
        return self

    def _pages(self) -> Iterator[tuple[str, str]]:
        yield "key.page", self.key.page
        if self.support is not None:
            yield "support.page", self.support.page


@cache
def exchange_config(exchange: str) -> ExchangeConfig:
    """Load the facts about an exchange, by its ccxt id. Raises Problem for one that is unknown or has a faulty file."""
    return _load(config_folder(), exchange)


def written_config(exchange: str) -> ExchangeConfig | None:
    """The facts about an exchange, None where it has no file of them. Raises Problem for a faulty one."""
    return exchange_config(exchange) if exchange in known_exchanges() else None


def config_sha256() -> str:
    """One digest over all files of facts, the same whatever their line ends."""
    digest = hashlib.sha256()
    for name, content in _files(config_folder()).items():
        data = content.replace("\r\n", "\n").encode()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


@cache
def known_exchanges() -> tuple[str, ...]:
    """List the exchanges that have a file of facts, as they were when first asked for."""
    return tuple(name.removesuffix(".toml") for name in _files(config_folder()) if not name.startswith("_"))


def config_folder() -> Traversable:
    """``config/`` as installed beside this module, or else as it lies in a checkout."""
    installed = importlib.resources.files("auditor").joinpath("config")
    return installed if installed.is_dir() else Path(__file__).resolve().parents[2] / "config"


def _load(folder: Traversable, exchange: str) -> ExchangeConfig:
    data = _inherited(folder, exchange)
    try:
        return ExchangeConfig.model_validate(data)
    except ValidationError as error:
        raise Problem(f"config/{exchange}.toml: {_first(error)}") from None


def _inherited(folder: Traversable, exchange: str) -> Mapping[str, object]:
    entry = None if f"{exchange}.toml" in _files(folder) else listed(exchange)
    if entry is not None:
        return _merged(_parsed(folder, ANY), entry.facts())
    own = dict(_parsed(folder, exchange))
    parent, more = own.get("inherits"), own.pop("also", ())
    merged = _merged(_parsed(folder, parent), own) if isinstance(parent, str) else own
    return {**merged, "requirements": _also(_list(merged.get("requirements")), _list(more))} if more else merged


def _also(facts: list[object], more: list[object]) -> list[object]:
    """What an exchange asks for beside what any exchange does; or, by an id of those, that one in its own words."""
    by_id = {fact["id"]: fact for fact in reversed(more) if isinstance(fact, dict) and "id" in fact}
    own = [by_id.pop(fact["id"], {}) if isinstance(fact, dict) and "id" in fact else {} for fact in facts]
    stands = [{**fact, **words} if isinstance(fact, dict) else fact for fact, words in zip(facts, own, strict=True)]
    return [*stands, *(fact for fact in more if not any(fact is words for words in own))]


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _merged(parent: Mapping[str, object], own: Mapping[str, object]) -> Mapping[str, object]:
    """``own`` over ``parent``; tables key by key, all else as a whole."""
    merged = {**parent, **own}
    for key, table in own.items():
        base = parent.get(key)
        if isinstance(table, dict) and isinstance(base, dict):
            merged[key] = {**base, **table}
    return merged


def _parsed(folder: Traversable, exchange: str) -> Mapping[str, object]:
    files = _files(folder)
    if f"{exchange}.toml" not in files:
        raise Problem(_unknown(exchange, [name.removesuffix(".toml") for name in files]))
    try:
        return tomllib.loads(files[f"{exchange}.toml"])
    except tomllib.TOMLDecodeError as error:
        raise Problem(f"config/{exchange}.toml: {error}") from None


def _unknown(exchange: str, known: list[str]) -> Message:
    near = difflib.get_close_matches(exchange, known, n=1)
    if near:
        return _("Unknown exchange {exchange!r}. Did you mean {near}?").format(exchange=exchange, near=near[0])
    return _("Unknown exchange {exchange!r}. Known: {known}.").format(exchange=exchange, known=", ".join(known))


def _files(folder: Traversable) -> dict[str, str]:
    found = {entry.name: entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
    return {name: found[name].read_text(encoding="utf-8") for name in sorted(found)}


def _first(error: ValidationError) -> str:
    detail = error.errors()[0]
    where = ".".join(str(part) for part in detail["loc"])
    what = "unknown key" if detail["type"] == "extra_forbidden" else detail["msg"]
    return f"{where}: {what}" if where else what
