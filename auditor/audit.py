"""One audit: accounts in, report out. All that a schedule, a test or a fleet of workers needs."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from auditor.accounts import Account, Options
from auditor.collect import Collector, Line, Taken, reading
from auditor.config import exchange_config
from auditor.errors import Problem
from auditor.exchanges import load
from auditor.hosts import environment, home, origins
from auditor.i18n import _
from auditor.relations import with_relations
from auditor.report import Report
from auditor.reporting import build_report
from auditor.settle import read_settled
from auditor.snapshot import AccountSnapshot, Read, Snapshot, Trouble, Unread
from auditor.wire.client import Client
from auditor.wire.limits import Limits
from auditor.wire.surface import Identity
from auditor.wire.together import together


async def audit_once(accounts: Sequence[Account], options: Options) -> Report:
    """Read every place of every account once and judge it. Raises Problem for what only the user can mend."""
    snapshot = await take_snapshot(accounts, options)
    return build_report(snapshot, now=snapshot.finished_at)


async def take_snapshot(accounts: Sequence[Account], options: Options) -> Snapshot:
    """All readings of all accounts in one pass. Raises Problem as `audit_once` does."""
    started = datetime.now(UTC)
    deadline = asyncio.get_running_loop().time() + options.timeout
    async with _lines(accounts, options) as lines:
        identities = await together(line.client.identify() for line in lines)
        _check_identities(accounts, identities)
        taken = await _take(lines, identities, options, deadline)
    snapshot = Snapshot(accounts=tuple(taken), started_at=started, finished_at=datetime.now(UTC))
    return with_relations(snapshot, {account.exchange: load(account.exchange).beyond for account in accounts})


async def prove_keys(accounts: Sequence[Account], options: Options) -> tuple[AccountSnapshot, ...]:
    """Ask each exchange what the key may do, and nothing else. Raises Problem as `audit_once` does."""
    async with _lines(accounts, options) as lines:
        identities = await together(line.client.identify() for line in lines)
        _check_identities(accounts, identities)
        return tuple(_proved(line, identity) for line, identity in zip(lines, identities, strict=True))


@asynccontextmanager
async def _lines(accounts: Sequence[Account], options: Options) -> AsyncIterator[list[Line]]:
    public: dict[str, Limits] = {}
    lines: list[Line] = []
    try:
        lines.extend(_line(account, options, public) for account in accounts)
        yield lines
    finally:
        for line in lines:
            await line.client.close()


def _line(account: Account, options: Options, public: dict[str, Limits]) -> Line:
    base = home(account, options)
    shared = public.setdefault(base, Limits(options.pace))
    client = Client(
        load(account.exchange), account, options, home=base, origins=origins(account, options), public=shared
    )
    return Line(account, client, environment(account), base.partition("://")[2])


async def _take(
    lines: Sequence[Line], identities: Sequence[Identity | Unread], options: Options, deadline: float
) -> list[AccountSnapshot]:
    proved = [_proved(line, identity) for line, identity in zip(lines, identities, strict=True)]
    asked = [bool(p.uid) and not (options.readonly and p.refused) for p in proved]
    everyone = asyncio.Barrier(max(1, sum(asked)))

    async def taken(line: Line, identity: Identity | Unread, known: AccountSnapshot, *, ask: bool) -> AccountSnapshot:
        if not ask or isinstance(identity, Unread):
            return known
        collector = Collector(line, identity, options, deadline)
        return line.snapshot(identity, await read_settled(collector, everyone, options.window))

    every = zip(lines, identities, proved, asked, strict=True)
    return await together(taken(line, identity, known, ask=ask) for line, identity, known, ask in every)


def _proved(line: Line, identity: Identity | Unread) -> AccountSnapshot:
    """The account as far as its key is known; ``refused`` when the key may do more than read."""
    surface = line.client.exchange.identity
    if isinstance(identity, Unread):
        return line.snapshot(None, Taken((reading(surface, identity),)))
    first = reading(surface, Read(records=(), rows=1, at=datetime.now(UTC)))
    return line.snapshot(identity, Taken((first,)), None if identity.key.readonly else _too_wide(line, identity))


def _too_wide(line: Line, identity: Identity) -> str:
    boxes = ", ".join(exchange_config(line.account.exchange).key_boxes)
    told = _("The key may do more than read ({rights}). Create one with only this ticked: {boxes}. Nothing was read.")
    return told.format(rights=", ".join(identity.key.rights), boxes=boxes)


def _check_identities(accounts: Sequence[Account], identities: Sequence[Identity | Unread]) -> None:
    for account, identity in zip(accounts, identities, strict=True):
        if isinstance(identity, Identity):
            _check_uid(account, identity)
        elif len(accounts) == 1 and identity.trouble is Trouble.CREDENTIALS:
            raise Problem(f"{account.name}: {identity.reason}")
    known = [(a.exchange, i.uid) for a, i in zip(accounts, identities, strict=True) if isinstance(i, Identity)]
    for (exchange, uid), times in Counter(known).items():
        if times > 1:
            told = _(
                "{times} accounts of this run have keys of the same {exchange} account (uid {uid}): leave one out."
            )
            raise Problem(told.format(times=times, exchange=exchange, uid=uid))


def _check_uid(account: Account, identity: Identity) -> None:
    if account.uid is not None and account.uid != identity.uid:
        told = _("{name}: this key belongs to uid {uid}, not to {expected}. Nothing was read. Use the other key.")
        raise Problem(told.format(name=account.name, uid=identity.uid, expected=account.uid))
