"""One audit of one or more accounts: the entry points of the CLI, the schedule and the tests."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TypeGuard

from auditor.audit.collector import AccountSession, Collected, Collector, before_deadline
from auditor.audit.confirmation import read_and_confirm
from auditor.audit.readings import doubt_readings, reading
from auditor.audit.report_builder import build_report
from auditor.audit.sub_accounts import add_related_accounts
from auditor.exchanges.client import open_client
from auditor.exchanges.registry import load
from auditor.i18n import Message, _, joined
from auditor.model.account import Account, Options
from auditor.model.clock import now
from auditor.model.errors import UserError
from auditor.model.report import Report
from auditor.model.snapshot import AccountSnapshot, Read, Reading, Snapshot, Trouble, Unread
from auditor.model.suppressions import apply_suppressions
from auditor.security.secret_forms import check_secret_form
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.origins import addresses, api_origin, environment
from auditor.settings.site_advice import with_site_advice
from auditor.spec.exchange import Exchange
from auditor.spec.identity import Identity
from auditor.transport.gather import gather
from auditor.transport.host import HostPool
from auditor.transport.session_pool import SessionPool


async def audit_once(accounts: Sequence[Account], options: Options) -> Report:
    """Audit every surface of every account and return the report.

    Raises UserError for what only the user can fix.
    """
    snapshot = await take_snapshot(accounts, options)
    return apply_suppressions(build_report(snapshot, now=snapshot.finished_at), options.decisions)


async def take_snapshot(accounts: Sequence[Account], options: Options, hosts: HostPool | None = None) -> Snapshot:
    """Return all readings of all accounts in one pass. Raises UserError as `audit_once` does.

    ``hosts``: those of a worker, whose passes share limits; by default the pass has its own. A worker has nobody to
    ask: a key of another account than expected leaves its own account unread, and the others are read.
    """
    started = now()
    deadline = asyncio.get_running_loop().time() + options.timeout
    async with _open_sessions(accounts, options, hosts) as lines:
        identities = await _identities(accounts, lines, deadline, settled=hosts is not None)
        taken = await _collect(lines, identities, options, deadline)
    snapshot = Snapshot(accounts=tuple(taken), started_at=started, finished_at=now(), window=options.window)
    return add_related_accounts(
        snapshot, {account.exchange: load(account.exchange).hidden_from_main for account in accounts}
    )


async def prove_keys(accounts: Sequence[Account], options: Options) -> tuple[AccountSnapshot, ...]:
    """Ask each exchange for the key's rights only. Raises UserError as `audit_once` does."""
    deadline = asyncio.get_running_loop().time() + options.timeout
    async with _open_sessions(accounts, options) as lines:
        identities = await _identities(accounts, lines, deadline)
        return tuple(_proved(line, identity, options) for line, identity in zip(lines, identities, strict=True))


@asynccontextmanager
async def _open_sessions(
    accounts: Sequence[Account], options: Options, hosts: HostPool | None = None
) -> AsyncIterator[list[AccountSession]]:
    homes = Counter(api_origin(account, options) for account in accounts)
    pools = {
        base: SessionPool(base, options, count, len(homes), hosts.at(base) if hosts else None)
        for base, count in homes.items()
    }
    lines: list[AccountSession] = []
    try:
        lines.extend(_open_session(account, options, pools) for account in accounts)
        yield lines
    finally:
        for line in lines:
            await line.client.close()
        for pool in pools.values():
            await pool.close()


def _open_session(account: Account, options: Options, pools: Mapping[str, SessionPool]) -> AccountSession:
    base = api_origin(account, options)
    exchange = load(account.exchange)
    if account.sandbox and exchange.api.paper_codes is None:
        raise UserError(_no_paper(account, exchange))
    for name, secret in account.credentials.items():
        check_secret_form(account.exchange, name, secret.get_secret_value(), f"{account.name}: {name}")
    client = open_client(exchange, account, options, host=pools[base], addresses=addresses(account, options))
    return AccountSession(account, client, environment(account), base.partition("://")[2])


def _no_paper(account: Account, exchange: Exchange) -> Message:
    message = _(
        "{name}: --sandbox (sandbox = true in the configuration file) is not supported at {exchange}: no paper trading "
        "is known there in which a key can prove that it only reads. Nothing was read. Leave it out and use a key of "
        "the real account that can only read; `audit demo` shows how the program works without any."
    )
    return message.format(name=account.name, exchange=exchange.name)


async def _identities(
    accounts: Sequence[Account], lines: Sequence[AccountSession], deadline: float, *, settled: bool = False
) -> list[Identity | Unread]:
    """Return whose keys they are. ``settled``: an unexpected one is Unread; otherwise it raises UserError."""
    answers = await gather(before_deadline(line.client.identify(), deadline) for line in lines)
    identities = [with_sites(account, answer) for account, answer in zip(accounts, answers, strict=True)]
    if settled:
        return settled_identities(accounts, identities)
    _check_identities(accounts, identities)
    return identities


def settled_identities(accounts: Sequence[Account], identities: Sequence[Identity | Unread]) -> list[Identity | Unread]:
    """Return the identities, with Unread for each that is not the expected one, or that another account has too."""
    uids = Counter((a.exchange, i.uid) for a, i in zip(accounts, identities, strict=True) if isinstance(i, Identity))
    return [
        _settled(account, identity, uids[account.exchange, identity.uid] if isinstance(identity, Identity) else 1)
        for account, identity in zip(accounts, identities, strict=True)
    ]


def _settled(account: Account, identity: Identity | Unread, times: int) -> Identity | Unread:
    if isinstance(identity, Unread):
        return identity
    try:
        check_uid(account, identity)
        if identity.uid:
            _check_times(account.exchange, identity.uid, times)
    except UserError as problem:
        return Unread(reason=problem.message, trouble=Trouble.CREDENTIALS)
    return identity


def with_sites(account: Account, answer: Identity | Unread) -> Identity | Unread:
    """Return the answer with the other sites that may know the key, where this one says that it knows none such."""
    return with_site_advice(account, answer) if isinstance(answer, Unread) else answer


async def _collect(
    lines: Sequence[AccountSession], identities: Sequence[Identity | Unread], options: Options, deadline: float
) -> list[AccountSnapshot]:
    proved = [_proved(line, identity, options) for line, identity in zip(lines, identities, strict=True)]
    collectors = {
        number: Collector(lines[number], identity, options, deadline)
        for number, identity in enumerate(identities)
        if _is_known(identity) and not (options.readonly and proved[number].refused)
    }
    collected = dict(zip(collectors, await read_and_confirm(list(collectors.values()), options.window), strict=True))
    everything = zip(lines, identities, proved, strict=True)
    return [
        line.snapshot(identity, collected[number]) if number in collected and _is_known(identity) else known
        for number, (line, identity, known) in enumerate(everything)
    ]


def _is_known(identity: Identity | Unread) -> TypeGuard[Identity]:
    return isinstance(identity, Identity) and (bool(identity.uid) or identity.nameless)


def _proved(line: AccountSession, identity: Identity | Unread, options: Options) -> AccountSnapshot:
    """Return the account with its key only; ``refused`` when the key may do more than read."""
    account = line.client.exchange.identification.account
    if isinstance(identity, Unread):
        return line.snapshot(None, Collected((reading(account, identity), *_unread_surfaces(line, identity))))
    first = reading(account, Read(records=(), rows=1, at=now()))
    return line.snapshot(
        identity, Collected((first, *doubt_readings(account, identity))), refusal(line, identity, options)
    )


def _unread_surfaces(line: AccountSession, unread: Unread) -> Iterator[Reading]:
    """Yield an unread reading for every surface of an exchange without any allowed request."""
    if unread.trouble is Trouble.NO_METHOD:
        yield from (reading(surface, unread) for surface in line.client.exchange.surfaces)


def refusal(line: AccountSession, identity: Identity, options: Options) -> Message | None:
    """Return why a key is not accepted: it may do more than read, or cannot prove that it may not; else None."""
    if not identity.proven:
        return None if options.accept_unproven_key else _unproven(line)
    return None if identity.key.readonly else _too_wide(line, identity)


def _unproven(line: AccountSession) -> Message:
    message = _(
        "{exchange} has no documented way to say what a key may do, so this one cannot prove that it can only read. "
        "If you created it so, add --accept-unproven-key. Nothing was read."
    )
    return message.format(exchange=line.client.exchange.name)


def _too_wide(line: AccountSession, identity: Identity) -> Message:
    boxes = _(", ").join(map(_, exchange_config(line.account.exchange).key_boxes))
    message = _(
        "The key may do more than read ({rights}). Create one with only this ticked: {boxes}. Nothing was read."
    )
    return message.format(rights=_(", ").join(map(_, identity.key.rights)), boxes=boxes)


def _check_identities(accounts: Sequence[Account], identities: Sequence[Identity | Unread]) -> None:
    for account, identity in zip(accounts, identities, strict=True):
        if isinstance(identity, Identity):
            check_uid(account, identity)
        elif len(accounts) == 1 and identity.trouble is Trouble.CREDENTIALS:
            raise UserError(joined(": ", (account.name, identity.reason)))
    uids = [(a.exchange, i.uid) for a, i in zip(accounts, identities, strict=True) if isinstance(i, Identity) and i.uid]
    for (exchange, uid), times in Counter(uids).items():
        _check_times(exchange, uid, times)


def _check_times(exchange: str, uid: str, times: int) -> None:
    if times > 1:
        message = _("{times} accounts of this run have keys of the same {exchange} account (uid {uid}): leave one out.")
        raise UserError(message.format(times=times, exchange=exchange, uid=uid))


def check_uid(account: Account, identity: Identity) -> None:
    """Raise UserError for a key of another account than the one that is expected."""
    if account.uid is not None and identity.uid and account.uid != identity.uid:
        message = _("{name}: this key belongs to uid {uid}, not to {expected}. Nothing was read. Use the other key.")
        raise UserError(message.format(name=account.name, uid=identity.uid, expected=account.uid))
