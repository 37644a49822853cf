"""Accounts times surfaces, read concurrently into one snapshot. Judges nothing."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from auditor.accounts import Account, Options, Progress
from auditor.i18n import _
from auditor.snapshot import (
    AccountSnapshot,
    Environment,
    NotApplicable,
    Read,
    Reading,
    Trouble,
    Unread,
)
from auditor.wire.client import Client, Result
from auditor.wire.surface import Identity, Outage, Scope, Surface
from auditor.wire.together import together


@dataclass(frozen=True, slots=True)
class Line:
    """One account, the client that asks for it, and what is known of it before anything is read."""

    account: Account
    client: Client
    environment: Environment
    host: str

    def snapshot(self, identity: Identity | None, readings: Sequence[Reading], refused: str | None) -> AccountSnapshot:
        """What came of this account."""
        return AccountSnapshot(
            name=self.account.name,
            exchange=self.account.exchange,
            environment=self.environment,
            host=self.host,
            uid=identity and identity.uid,
            main_uid=identity and identity.main_uid,
            kind=identity and identity.kind,
            mode=identity and identity.mode,
            key=identity and identity.key,
            readings=tuple(readings),
            refused=refused,
            clock_skew=self.client.skew,
        )


def reading(surface: Surface, result: Result, owner: str | None = None) -> Reading:
    """What came of asking ``surface``."""
    return Reading(
        surface=surface.id,
        area=surface.area,
        title=surface.title,
        standing=surface.standing,
        endpoint=surface.endpoint,
        result=result,
        owner=owner,
    )


class Collector:
    """Reads every surface of one account; each is a task, and those that depend on others wait for theirs."""

    def __init__(self, line: Line, identity: Identity, options: Options, deadline: float) -> None:
        """Prepare to read ``line``'s account until ``deadline`` (the event loop's time)."""
        self._line = line
        self._identity = identity
        self._deadline = deadline
        self._report: Callable[[Progress], None] = options.progress
        self._done = 0
        self._now = datetime.now(UTC)
        self._read: dict[str, asyncio.Future[tuple[Reading, ...]]] = {}
        self._outages: asyncio.Future[tuple[Outage, ...] | Unread]

    async def collect(self) -> tuple[Reading, ...]:
        """Every surface of the table, each exactly once (those of sub-accounts: once for each)."""
        loop = asyncio.get_running_loop()
        exchange = self._line.client.exchange
        self._outages = loop.create_future()
        self._read = {surface.id: loop.create_future() for surface in exchange.surfaces}
        first = reading(exchange.identity, Read(records=(), rows=1, at=datetime.now(UTC)))
        status, *others = await together([self._status(), *(self._surface(surface) for surface in exchange.surfaces)])
        return (first, *status, *(each for group in others for each in group))

    async def _status(self) -> tuple[Reading, ...]:
        surface = self._line.client.exchange.status
        found = await self._in_time(self._line.client.outages(self._now))
        self._outages.set_result(found)
        if isinstance(found, Unread):
            return (reading(surface, found),)
        return (reading(surface, Read(records=(), rows=len(found), at=datetime.now(UTC))),)

    async def _surface(self, surface: Surface) -> tuple[Reading, ...]:
        found = await self._scoped(surface)
        self._read[surface.id].set_result(found)
        self._done += 1
        name, total = self._line.account.name, len(self._read)
        self._report(Progress(account=name, done=self._done, total=total, title=surface.title))
        return found

    async def _scoped(self, surface: Surface) -> tuple[Reading, ...]:
        reason = _cannot_have(surface, self._identity)
        if reason is not None:
            return (reading(surface, NotApplicable(reason=reason, source=surface.source)),)
        scopes = await self._scopes(surface)
        if scopes is None:
            reason = _("It depends on another place that was not read.")
            return (reading(surface, Unread(reason=reason, trouble=Trouble.SKIPPED)),)
        if not scopes:
            reason = _("There was nothing to ask about.")
            return (reading(surface, NotApplicable(reason=reason, source=surface.source)),)
        results = await together(self._one(surface, scope) for scope in scopes)
        return tuple(reading(surface, result, scope.owner) for scope, result in zip(scopes, results, strict=True))

    async def _scopes(self, surface: Surface) -> Sequence[Scope] | None:
        if surface.plan is None:
            return [Scope()]
        before: Mapping[str, Sequence[Reading]] = {name: await self._read[name] for name in surface.after}
        return surface.plan(before)

    async def _one(self, surface: Surface, scope: Scope) -> Result:
        mode = None if scope.owner else self._identity.mode
        result: Result = await self._in_time(self._line.client.read(surface, scope, mode, self._now))
        down = _down(surface, await self._outages)
        return down if down is not None and isinstance(result, Read) else result

    async def _in_time(self, asking: object) -> object:
        try:
            async with asyncio.timeout_at(self._deadline):
                return await asking
        except TimeoutError:
            reason = _("The time for the whole run was over; give it more with --timeout.")
            return Unread(reason=reason, trouble=Trouble.TIME)


def _cannot_have(surface: Surface, identity: Identity) -> str | None:
    if surface.modes is not None and identity.mode not in surface.modes:
        return _("An account in mode {mode} does not have it.").format(mode=identity.mode)
    if surface.kinds is not None and identity.kind not in surface.kinds:
        return _("A {kind}-account does not have it.").format(kind=identity.kind)
    return None


def _down(surface: Surface, outages: tuple[Outage, ...] | Unread) -> Unread | None:
    """What a service under maintenance answers cannot be relied on."""
    for outage in () if isinstance(outages, Unread) else outages:
        if outage.service is None or outage.service in surface.services:
            reason = _("The exchange has this under maintenance ({title}); audit again afterwards.")
            return Unread(reason=reason.format(title=outage.title), trouble=Trouble.MAINTENANCE)
    return None
