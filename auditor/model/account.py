"""What to audit and how: the plain values that settings produce and that an audit takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from auditor.model.suppressions import Decisions

if TYPE_CHECKING:
    from pydantic import SecretStr  # 0.17 s to import, and --help imports this module for the defaults of `Options`


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One set of credentials at one exchange. ``credentials`` by ccxt's names: apiKey, secret, password, ...

    ``uid``: refuse to audit any other account. ``demo``: the embedded exchange. ``sandbox``: the exchange's own paper
    trading. ``named``: what the exchange shows only to who names it, names by kind (a mining account, ...).
    """

    name: str
    exchange: str
    credentials: Mapping[str, "SecretStr"] = field(repr=False)
    uid: str | None = None
    base_url: str | None = None
    sandbox: bool = False
    demo: bool = False
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step of an audit: ``done`` of ``total`` readings, the last of them ``title``."""

    account: str
    done: int
    total: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to audit.

    ``timeout``: seconds for the whole run, ``request_timeout`` for one answer; ``window``: seconds within which all
    readings of an account must lie for it to be called clean. ``pace`` multiplies the exchange's limits and the waits
    between tries: 1 in earnest, 0 against a server without them. ``keep`` is handed every answer as it came: method,
    address, HTTP status, body; never a header. ``decisions``: what the person has confirmed or muted.
    """

    readonly: bool = True
    accept_unproven_key: bool = False
    timeout: float = 600.0
    trust_hosts: frozenset[str] = frozenset()
    proxy: str | None = None
    window: float = 600.0
    request_timeout: float = 10.0
    pace: float = 1.0
    progress: Callable[[Progress], None] = lambda _progress: None
    keep: Callable[[str, str, int, str], None] | None = None
    decisions: Decisions = field(default_factory=Decisions)
