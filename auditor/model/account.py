"""What to audit and how: the values that settings produce and an audit uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from auditor.model.suppressions import Decisions

if TYPE_CHECKING:
    from pydantic import SecretStr  # 0.17 s to import, and --help imports this module for the defaults of `Options`


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One set of credentials at one exchange.

    ``credentials`` by ccxt's names: apiKey, secret, password, ...

    ``uid``: the only account to accept. ``demo``: the embedded exchange. ``sandbox``: the exchange's own paper trading.
    ``service_urls``: addresses of the services of an exchange with several hosts, where the user gives them. ``named``:
    names by kind of the things that the exchange shows only by name (a mining account, ...).
    """

    name: str
    exchange: str
    credentials: Mapping[str, "SecretStr"] = field(repr=False)
    uid: str | None = None
    base_url: str | None = None
    service_urls: Mapping[str, str] = field(default_factory=dict)
    sandbox: bool = False
    demo: bool = False
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses that the user gave."""
        return (*([self.base_url] if self.base_url else ()), *self.service_urls.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step of an audit: ``done`` of ``total`` places, the last of them ``title``.

    ``reading``: 1 for the first reading of the account, 2 for the one that confirms it, more where something moved.
    """

    account: str
    done: int
    total: int
    title: str
    reading: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A wait of about ``seconds`` for an exchange, which allows so many ``requests`` in each ``window`` seconds.

    ``exchange``: its id, None for an address that several exchanges share. ``requests`` and ``window`` are None where
    the exchange asked for silence.
    """

    exchange: str | None
    seconds: float
    requests: int | None = None
    window: float | None = None


ProgressEvent = Progress | Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to audit.

    ``timeout``: seconds for the whole run, ``request_timeout`` for one answer; ``window``: seconds within which all
    readings of an account must be for it to be called clean. ``pace`` multiplies the exchange's limits and the waits
    between attempts: 1 normally, 0 for a server without limits. ``keep`` receives every raw answer: method, URL, HTTP
    status, body; never a header. ``open_session``: opens another session for an allow-list than the guarded one on the
    network. ``decisions``: requirements that the user confirmed and findings that the user muted.
    """

    readonly: bool = True
    accept_unproven_key: bool = False
    timeout: float = 600.0
    trust_hosts: frozenset[str] = frozenset()
    proxy: str | None = None
    window: float = 600.0
    request_timeout: float = 10.0
    pace: float = 1.0
    progress: Callable[[ProgressEvent], None] = lambda _event: None
    keep: Callable[[str, str, int, str], None] | None = None
    open_session: Callable[[Any], Any] | None = None
    decisions: Decisions = field(default_factory=Decisions)
