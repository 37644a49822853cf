"""One pass over a family: what was read, and which accounts could not be."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from auditor.audit.audit_once import take_snapshot
from auditor.audit.readings import reading
from auditor.audit.report_builder import build_report
from auditor.exchanges.registry import load
from auditor.fleet.keys import FamilyKeys, without_keys
from auditor.history.serialization import Pass
from auditor.history.store import cleaned_pass
from auditor.i18n import Message
from auditor.model import clock
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.snapshot import AccountSnapshot, Snapshot, Trouble, Unread
from auditor.model.suppressions import apply_suppressions
from auditor.settings.origins import api_origin, environment
from auditor.transport.host import HostPool


async def read_family(keys: FamilyKeys, options: Options, hosts: HostPool, now: Callable[[], datetime]) -> Pass:
    """Audit a family and return the pass, without secrets and as it is stored, dated by ``now``.

    Whatever only the operator can mend leaves the accounts concerned unread, with the reason.
    """
    started = now()
    taken = await _snapshot(keys.accounts, options, hosts)
    unread = (unread_account(without_keys(account), why, options) for account, why in keys.lacking)
    snapshot = replace(taken, accounts=(*taken.accounts, *unread), started_at=started, finished_at=now())
    report = apply_suppressions(build_report(snapshot, now=snapshot.finished_at), options.decisions)
    done = Pass(started_at=started, finished_at=snapshot.finished_at, report=report, window=snapshot.window)
    return cleaned_pass(done)


async def _snapshot(accounts: Sequence[Account], options: Options, hosts: HostPool) -> Snapshot:
    problems = {account.name: why for account in accounts if (why := _address_problem(account, options))}
    readable = [account for account in accounts if account.name not in problems]
    empty = Snapshot(accounts=(), started_at=clock.now(), finished_at=clock.now(), window=options.window)
    try:
        taken = await take_snapshot(readable, options, hosts) if readable else empty
    except UserError as problem:
        taken, problems = empty, {**problems, **{account.name: problem.message for account in readable}}
    unread = (unread_account(one, problems[one.name], options) for one in accounts if one.name in problems)
    return replace(taken, accounts=(*taken.accounts, *unread))


def _address_problem(account: Account, options: Options) -> Message | None:
    """Return why an account's address must not be used."""
    try:
        api_origin(account, options)
    except UserError as problem:
        return problem.message
    return None


def unread_account(account: Account, why: Message, options: Options) -> AccountSnapshot:
    """Return an account of which nothing was read."""
    place = load(account.exchange).identification.account
    host = "" if _address_problem(account, options) else api_origin(account, options).partition("://")[2]
    return AccountSnapshot(
        name=account.name,
        exchange=account.exchange,
        environment=environment(account),
        host=host,
        uid=None,
        main_uid=None,
        kind=None,
        mode=None,
        key=None,
        readings=(reading(place, Unread(reason=why, trouble=Trouble.CREDENTIALS)),),
    )
