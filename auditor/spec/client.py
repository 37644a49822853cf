"""The client interface of an audit, for exchanges with a table and for ccxt's unified methods."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from auditor.model.reference_data import Mark
from auditor.model.snapshot import NotApplicable, Read, Unread
from auditor.spec.blanks import AccountSetup
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface

Result = Read | Unread | NotApplicable


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The addresses that an account's requests may go to.

    ``origins``: scheme, host and port; requests go to the first. ``services``: the origin of each service that has one
    of its own; ``official``: the exchange's own API hosts; ``moved``: the origin at a regional site by the host of the
    main site that it takes the place of.
    """

    origins: tuple[str, ...]
    services: Mapping[str, str] = field(default_factory=dict)
    official: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


class ExchangeClient(Protocol):
    """Reads the surfaces of one account.

    What is not exactly understood is returned as Unread, never raised. ``deadline``: the event loop's time at which
    reading stops; None for no limit.
    """

    exchange: Exchange
    deadline: float | None

    @property
    def skew(self) -> float | None:
        """Seconds that this computer's clock is behind the exchange's.

        None while nothing says that it is wrong.
        """

    async def identify(self) -> Identity | Unread:
        """Identify the key's account and rights: the first private requests of every pass."""

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """Return the services that are under maintenance at ``now``."""

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:
        """Read the newest entry of a ledger."""

    async def read(self, surface: Surface, scope: Scope, setup: AccountSetup, now: datetime) -> Result:
        """Read every row of one surface, for an account that is set up so."""

    async def close(self) -> None:
        """Detach from the session; no request can be sent afterwards."""
