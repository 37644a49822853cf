"""What an audit asks of an exchange, whoever answers: the exchange's own table, or ccxt's unified methods."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from auditor.model.reference_data import Mark
from auditor.model.snapshot import NotApplicable, Read, Unread
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface

Result = Read | Unread | NotApplicable


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where an account's requests may go.

    ``origins``: scheme, host and port, the first of them the one to ask; ``services``: the origin of each service that
    has one of its own; ``official``: the exchange's own API hosts.
    """

    origins: tuple[str, ...]
    services: Mapping[str, str] = field(default_factory=dict)
    official: tuple[str, ...] = ()


class ExchangeClient(Protocol):
    """Reads the places of one account. What is not exactly understood comes back as Unread, never as an exception."""

    exchange: Exchange

    @property
    def skew(self) -> float | None:
        """Seconds that this computer's clock is behind the exchange's; None while nothing says that it is wrong."""

    async def identify(self) -> Identity | Unread:
        """Say whose the key is and what it may do: the first private request of every pass."""

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """Say what the exchange has under maintenance at ``now``."""

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:
        """Read the newest entry of a ledger."""

    async def read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        """Read one surface to its end, for an account in ``mode``."""

    async def close(self) -> None:
        """Leave the session; nothing can be asked afterwards."""
