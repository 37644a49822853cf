"""Read the surfaces of accounts concurrently, without judging them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from auditor.audit.readings import doubt_readings, reading, surface_reading
from auditor.audit.settlement import settle_doubts, settle_status
from auditor.audit.subjects import with_own_subjects
from auditor.i18n import Message, _
from auditor.model.account import Account, Options, Progress, ProgressEvent
from auditor.model.clock import now
from auditor.model.snapshot import (
    AccountSnapshot,
    Environment,
    NotApplicable,
    Read,
    Reading,
    Trouble,
    Unread,
    seen_records,
)
from auditor.security.certificates import other_certificates
from auditor.spec.blanks import UNKNOWN_SETUP
from auditor.spec.client import ExchangeClient, Result
from auditor.spec.identity import Identity, Outage
from auditor.spec.reader import Scope
from auditor.spec.surface import Surface
from auditor.transport.gather import gather
from auditor.transport.surface_rows import out_of_time

T = TypeVar("T")
# Seconds for a client to tell what it has seen when its time is over.
GRACE = 1.0


@dataclass(frozen=True, slots=True)
class AccountSession:
    """One account with its client, environment and host."""

    account: Account
    client: ExchangeClient
    environment: Environment
    host: str

    def snapshot(
        self, identity: Identity | None, taken: "Collected", refused: Message | None = None
    ) -> AccountSnapshot:
        """Return the account's part of a snapshot. ``refused``: why its key was not accepted."""
        return AccountSnapshot(
            name=self.account.name,
            exchange=self.account.exchange,
            environment=self.environment,
            host=self.host,
            uid=(identity.uid or None) if identity else None,
            main_uid=(identity.main_uid or None) if identity else None,
            kind=(identity.kind or None) if identity else None,
            mode=identity.mode if identity else None,
            client=(identity.client or None) if identity else None,
            key=identity.key if identity else None,
            readings=taken.readings,
            refused=refused,
            clock_skew=self.client.skew,
            confirmed_at=taken.confirmed_at,
            certificates=None if self.environment is Environment.DEMO else other_certificates(),
        )


@dataclass(frozen=True, slots=True)
class Collected:
    """Readings, and the time when a second reading of everything that can hold value confirmed them."""

    readings: tuple[Reading, ...]
    confirmed_at: datetime | None = None


class Collector:
    """Reads the surfaces of one account, each in a task.

    A surface waits for those that it depends on.
    """

    def __init__(self, line: AccountSession, identity: Identity, options: Options, deadline: float) -> None:
        """Prepare to read ``line``'s account until ``deadline`` (the event loop's time)."""
        self._line = line
        self._identity = identity
        self._deadline = deadline
        line.client.deadline = deadline
        self._report: Callable[[ProgressEvent], None] = options.progress
        self._done, self._total, self._reading = 0, 0, 0
        self._now = now()
        self._read: dict[str, asyncio.Future[tuple[Reading, ...]]] = {}
        self._outages: tuple[Outage, ...] = ()

    @property
    def exchange(self) -> str:
        """The id of the account's exchange."""
        return self._line.client.exchange.id

    async def first(self) -> tuple[Reading, ...]:
        """Return the readings of the key's account and of the services under maintenance."""
        exchange = self._line.client.exchange
        account = exchange.identification.account
        key_readings = (
            reading(account, Read(records=(), rows=1, at=now())),
            *doubt_readings(account, self._identity),
        )
        outages = await self._in_time(self._line.client.outages(self._now))
        if isinstance(outages, Unread):
            return (*key_readings, reading(exchange.status, outages))
        self._outages = tuple(outage for outage in outages if self._line.account.sandbox or not outage.paper)
        return (
            *key_readings,
            reading(exchange.status, Read(records=(), rows=len(self._outages), at=now())),
        )

    def settled(self, known: Sequence[Reading], read: Sequence[Reading]) -> tuple[Reading, ...]:
        """Return the readings of `first`, by what the surfaces showed since."""
        exchange = self._line.client.exchange
        served = {surface.id for surface in exchange.surfaces if surface.services}
        concerned = [one for one in read if one.surface in served]
        return tuple(settle_status(one, concerned) if one.surface == exchange.status.id else one for one in known)

    async def identify_again(self) -> Identity | Unread:
        """Ask once more what every key may ask: whose it is, and what it may do."""
        return await self._in_time(self._line.client.identify())

    @property
    def rights(self) -> Mapping[str, str]:
        """The right that the key needs, by surface."""
        return {surface.id: surface.right for surface in self._line.client.exchange.surfaces}

    async def ledgers(self) -> tuple[Reading, ...]:
        """Return the newest entry of each ledger."""
        client, ledgers = self._line.client, self._line.client.exchange.ledgers
        newest = (self._in_time(client.newest_entry(ledger, self._now)) for ledger in ledgers)
        results = [self._unless_down(result, frozenset()) for result in await gather(newest)]
        return tuple(reading(ledger, result) for ledger, result in zip(ledgers, results, strict=True))

    async def surfaces(self, earlier: Sequence[Reading] = ()) -> tuple[Reading, ...]:
        """Read every surface, wallets first.

        With ``known`` readings, read only the surfaces that can hold value again.
        """
        surfaces = self._line.client.exchange.surfaces
        self._now = now()
        self._read = {surface.id: asyncio.get_running_loop().create_future() for surface in surfaces}
        again = [s for s in surfaces if s.value or not earlier]
        names = {surface.id for surface in again}
        self._done, self._total, self._reading = 0, len(again), self._reading + 1
        for surface in surfaces:
            if surface.id not in names:
                self._read[surface.id].set_result(tuple(r for r in earlier if r.surface == surface.id))
        # Money that moves from an unread place to a wallet read before shows when that wallet is read again.
        first = self._line.client.exchange.first_surfaces()
        for group in ([s for s in again if s.id in first], [s for s in again if s.id not in first]):
            await gather(self._surface(surface) for surface in sorted(group, key=_by_rate_limit))
        readings = settle_doubts(tuple(row for future in self._read.values() for row in future.result()))
        return self._line.client.exchange.settle(with_own_subjects(readings))

    async def _surface(self, surface: Surface) -> None:
        readings = await self._read_scopes(surface)
        self._read[surface.id].set_result(readings)
        self._done += 1
        name, number = self._line.account.name, self._reading
        self._report(Progress(account=name, done=self._done, total=self._total, title=surface.title, reading=number))

    async def _read_scopes(self, surface: Surface) -> tuple[Reading, ...]:
        reason = _cannot_have(surface, self._identity)
        if reason is not None:
            return (surface_reading(surface, NotApplicable(reason=reason, source=surface.source)),)
        if surface.named and not self._names(surface):
            return (surface_reading(surface, _unnamed(surface)),)
        scopes = await self._scopes(surface)
        if scopes is None:
            return await self._read_known_scopes(surface)
        if not scopes:
            nothing = "" if surface.plan is None else surface.plan.nothing
            reason = _(nothing) or _("There was nothing to ask about.")
            return (surface_reading(surface, NotApplicable(reason=reason, source=surface.source)),)
        return await self._read_each(surface, scopes)

    async def _read_each(self, surface: Surface, scopes: Sequence[Scope]) -> tuple[Reading, ...]:
        results = await gather(self._read_scope(surface, scope) for scope in scopes)
        return tuple(surface_reading(surface, result, scope) for scope, result in zip(scopes, results, strict=True))

    async def _read_known_scopes(self, surface: Surface) -> tuple[Reading, ...]:
        """Read as much of a surface as can be asked for while one that it depends on was not read to its end."""
        reason = _("It depends on another place that was not read.")
        missing = surface_reading(surface, Unread(reason=reason, trouble=Trouble.SKIPPED))
        before = await self._before(surface)
        seen = {name: [replace(r, result=_as_read(r.result)) for r in readings] for name, readings in before.items()}
        holds_any = any(seen_records(reading.result) for readings in seen.values() for reading in readings)
        scopes = surface.plan.scopes(seen) if surface.plan is not None and holds_any else None
        return (*(await self._read_each(surface, scopes)), missing) if scopes else (missing,)

    async def _scopes(self, surface: Surface) -> Sequence[Scope] | None:
        if surface.named:
            return [Scope(known={"name": name}) for name in self._names(surface)]
        if surface.plan is None:
            return [Scope()]
        return surface.plan.scopes(await self._before(surface))

    async def _before(self, surface: Surface) -> Mapping[str, Sequence[Reading]]:
        return {} if surface.plan is None else {name: await self._read[name] for name in surface.plan.after}

    def _names(self, surface: Surface) -> Sequence[str]:
        return self._line.account.named.get(surface.named, ())

    async def _read_scope(self, surface: Surface, scope: Scope) -> Result:
        setup = UNKNOWN_SETUP if scope.owner else self._identity.setup
        asking = self._line.client.read(surface, scope, setup, self._now)
        # The client stops at the deadline itself, and tells what it has seen by then.
        result = await before_deadline(asking, self._deadline + GRACE)
        return self._unless_down(result, surface.services)

    def _unless_down(self, result: Result, services: frozenset[str]) -> Result:
        down = _down(services, self._outages)
        return (
            replace(down, records=result.records, rows=result.rows, at=result.at)
            if down and isinstance(result, Read)
            else result
        )

    async def _in_time(self, asking: Awaitable[T]) -> T | Unread:
        return await before_deadline(asking, self._deadline)


def _as_read(result: Result) -> Result:
    """Return what an Unread surface showed as if it were all; only to plan further requests by."""
    if not isinstance(result, Unread):
        return result
    return Read(records=result.records, rows=result.rows, at=result.at or now())


def _by_rate_limit(surface: Surface) -> float:
    """Return the sort key: surfaces with the slowest rate limits first, so that the others are read meanwhile."""
    return -surface.wait


async def before_deadline(asking: Awaitable[T], deadline: float) -> T | Unread:
    """Return the result of ``asking``, or Unread at ``deadline`` (the event loop's time)."""
    try:
        async with asyncio.timeout_at(deadline):
            return await asking
    except TimeoutError:
        return out_of_time()


def _cannot_have(surface: Surface, identity: Identity) -> Message | None:
    modes, kinds = surface.applies_to.modes, surface.applies_to.kinds
    if modes is not None and identity.mode not in modes:
        return _("An account in mode {mode} does not have it.").format(mode=identity.mode)
    if kinds is not None and identity.kind not in kinds:
        return _("A {kind}-account does not have it.").format(kind=identity.kind)
    return None


def _unnamed(surface: Surface) -> Unread:
    reason = _('If you have one, name it: --named {kind}=NAME, or named = ["{kind}=NAME"] in the configuration file.')
    return Unread(reason=reason.format(kind=surface.named), trouble=Trouble.UNNAMED)


def _down(services: frozenset[str], outages: Sequence[Outage]) -> Unread | None:
    """Return Unread when one of the services is under maintenance: its answers cannot be relied on."""
    for outage in outages:
        if outage.service is None or outage.service in services:
            reason = _("The exchange has this under maintenance ({title}); audit again afterwards.")
            return Unread(reason=reason.format(title=outage.title), trouble=Trouble.MAINTENANCE)
    return None
