"""Choose the client of an exchange: its table, ccxt's unified methods, or both for a partial table."""

from dataclasses import replace
from datetime import datetime

from auditor.exchanges.unified.client import UnifiedClient
from auditor.model.account import Account, Options
from auditor.model.reference_data import Mark
from auditor.model.snapshot import Unread
from auditor.spec.blanks import AccountSetup
from auditor.spec.client import Addresses, ExchangeClient, Result
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity, Lookup, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport.client import TableClient
from auditor.transport.session_pool import SessionPool


def open_client(
    exchange: Exchange, account: Account, options: Options, *, host: SessionPool, addresses: Addresses
) -> ExchangeClient:
    """Return the client that reads ``account``. Nothing is sent yet."""
    if exchange.complete:
        return TableClient(exchange, account, options, host=host, addresses=addresses)
    unified = UnifiedClient(exchange, account, options, host=host, addresses=addresses)
    own = tuple(surface for surface in exchange.surfaces if surface.reader is not None)
    if not own:
        return unified
    # The guard of each client lets only its own requests out.
    table = TableClient(replace(exchange, surfaces=own), account, options, host=host, addresses=addresses)
    return PartialTableClient(exchange, table, unified)


class PartialTableClient:
    """Reads surfaces with a reader through the table, and the others through ccxt's unified methods."""

    def __init__(self, exchange: Exchange, table: ExchangeClient, unified: ExchangeClient) -> None:
        """Combine two clients of the same account of ``exchange``."""
        self.exchange = exchange
        self._table = table
        self._unified = unified

    @property
    def deadline(self) -> float | None:
        """The event loop's time at which reading stops."""
        return self._table.deadline

    @deadline.setter
    def deadline(self, deadline: float | None) -> None:
        self._table.deadline = self._unified.deadline = deadline

    @property
    def skew(self) -> float | None:
        """Seconds that this computer's clock is behind the exchange's, measured by the table's requests."""
        return self._table.skew

    async def identify(self) -> Identity | Unread:
        """Identify the key's account and rights."""
        return await self._table.identify()

    async def outages(self, now: datetime) -> tuple[Outage, ...] | Unread:
        """Return the services that are under maintenance at ``now``."""
        return await self._table.outages(now)

    async def newest_entry(self, ledger: Lookup[Mark], now: datetime) -> Result:
        """Read the newest entry of a ledger."""
        return await self._table.newest_entry(ledger, now)

    async def read(self, surface: Surface, scope: Scope, setup: AccountSetup, now: datetime) -> Result:
        """Read every row of one surface."""
        client = self._unified if surface.reader is None else self._table
        return await client.read(surface, scope, setup, now)

    async def close(self) -> None:
        """Detach from both sessions."""
        await self._table.close()
        await self._unified.close()
