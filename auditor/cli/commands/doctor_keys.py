"""The checks of `audit doctor` that prove the keys, as every audit does before anything else."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.cli.commands.doctor_check import Check, ok, problem, skipped
from auditor.cli.runtime.process import run_supervised
from auditor.cli.runtime.reader import Runtime
from auditor.i18n import EMPTY, Message, _, joined, verbatim
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.snapshot import AccountSnapshot, Unread
from auditor.settings import accounts_file as config_file
from auditor.settings import selection as settings
from auditor.settings.exchange_facts import exchange_config
from auditor.settings.selection import AccountSelection


def check_keys(choice: AccountSelection, runtime: Runtime, options: Options, *, is_down: bool) -> Iterator[Check]:
    """Yield the proof of each key. ``is_down``: the exchange cannot be reached, so nothing is asked."""
    title = _("Key")
    if not (choice.exchanges or choice.accounts or choice.config or config_file.is_configured()):
        yield skipped("key", title, _("none set up"), _("`audit login` asks for one and keeps it."))
        return
    try:
        accounts = settings.select_accounts(choice, runtime.note)
    except UserError as error:
        yield problem("key", title, error.message, _("`audit login` asks for a key and keeps it."))
        return
    if is_down:
        yield skipped("key", title, _("not asked, since the exchange cannot be reached"))
        return
    yield from run_supervised(_proved(accounts, options))


async def _proved(accounts: Sequence[Account], options: Options) -> list[Check]:
    return list(await asyncio.gather(*(_prove(account, options) for account in accounts)))


async def _prove(account: Account, options: Options) -> Check:
    from auditor.audit.audit_once import prove_keys  # noqa: PLC0415 - it loads the audit

    try:
        (proved,) = await prove_keys([account], options)
    except UserError as error:
        return problem("key", _("Key"), error.message, _("`audit login` replaces it."))
    return _key(proved)


def _key(proved: AccountSnapshot) -> Check:
    title, name = _("Key"), verbatim(proved.name)
    boxes = _(", ").join(map(_, exchange_config(proved.exchange).key.leave))
    if proved.key is not None and not proved.key.readonly:
        found = _("{name}: it can do more than read").format(name=name)
        return replace(problem("key", title, found, _("Untick: {boxes}.").format(boxes=boxes)), is_wide=True)
    if proved.refused is not None:
        return replace(problem("key", title, joined(": ", (name, proved.refused)), _("`audit login` replaces it.")),
                       is_wide=True)  # fmt: skip
    if proved.key is None:
        unread = (reading.result for reading in proved.readings if isinstance(reading.result, Unread))
        reason = next((one.reason for one in unread), _("the exchange did not say"))
        return problem(
            "key", title, joined(": ", (name, reason)), _("Try again later, or enter it anew: `audit login`.")
        )
    return ok("key", title, _("{name}: it can only read").format(name=name), _unbound(proved))


def _unbound(proved: AccountSnapshot) -> Message:
    is_open = proved.key is not None and proved.key.ip_bound is False
    text = _("It works from any IP address. Restrict it to yours, or delete it when you are done.")
    return text if is_open else EMPTY
