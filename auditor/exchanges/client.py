"""The client that fits an exchange: its own table, ccxt's unified methods, or both where the table is partial."""

from dataclasses import replace
from datetime import datetime

from auditor.exchanges.unified.client import UnifiedClient
from auditor.model.account import Account, Options
from auditor.model.reference_data import Mark
from auditor.model.snapshot import Unread
from auditor.spec.client import Addresses, ExchangeClient, Result
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport.client import Client
from auditor.transport.session_pool import Host


def open_client(
    exchange: Exchange, account: Account, options: Options, *, host: Host, addresses: Addresses
) -> ExchangeClient:
    """Return the client that reads ``account``. Nothing is sent yet."""
    if exchange.complete:
        return Client(exchange, account, options, host=host, addresses=addresses)
    unified = UnifiedClient(exchange, account, options, host=host, addresses=addresses)
    own = tuple(surface for surface in exchange.surfaces if surface.reader is not None)
    if not own:
        return unified
    # The guard of each client lets only its own requests out.
    table = Client(replace(exchange, surfaces=own), account, options, host=host, addresses=addresses)
    return PartialTableClient(exchange, table, unified)


class PartialTableClient:
    """Asks the table where it has a reader, and ccxt's unified methods for the rest."""

    def __init__(self, exchange: Exchange, table: ExchangeClient, unified: ExchangeClient) -> None:
        """Ask both for the same account of ``exchange``."""
        self.exchange = exchange
        self._table = table
        self._unified = unified

    @property
    def skew(self) -> float | None:
        """Seconds that this computer's clock is behind the exchange's, as the table's requests found."""
        return self._table.skew

    async def identify(self) -> Identity | Unread:
        """Say whose the key is and what it may do."""
        return await self._table.identify()

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """Say what the exchange has under maintenance at ``now``."""
        return await self._table.outages(now)

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:
        """Read the newest entry of a ledger."""
        return await self._table.newest_entry(ledger, now)

    async def read(self, surface: Surface, scope: Scope, mode: str | None, now: datetime) -> Result:
        """Read one surface to its end."""
        client = self._unified if surface.reader is None else self._table
        return await client.read(surface, scope, mode, now)

    async def close(self) -> None:
        """Leave both sessions."""
        await self._table.close()
        await self._unified.close()
