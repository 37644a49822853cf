"""Why nothing was checked, and how to create a key that can only read."""

import itertools
from collections.abc import Iterator, Sequence

from auditor.formats.terminal.verdicts import has_nothing_read, is_too_wide
from auditor.i18n import EMPTY, Message, _, labelled
from auditor.model.report import Report
from auditor.model.snapshot import AccountSnapshot, Unread
from auditor.settings.exchange_facts import config_if_written

# More accounts are in the details.
MOST_ACCOUNTS = 2


def key_advice(report: Report) -> list[Message]:
    """Return why keys were rejected and how to create better ones; empty if none was."""
    refused = [account.snapshot for account in report.accounts if account.snapshot.refused is not None]
    several = len(report.accounts) > 1
    reasons = [_reason(account, _rights(account), several=several) for account in refused]
    exchanges = dict.fromkeys(account.exchange for account in refused)
    keys = [line for exchange in exchanges for line in itertools.islice(new_key(exchange), 1)]
    return [*reasons[:MOST_ACCOUNTS], *keys[:MOST_ACCOUNTS]]


def new_key(exchange: str) -> Iterator[Message]:
    """Yield how to create a key that can only read at an exchange, and then advice, if its facts say so."""
    facts = config_if_written(exchange)
    if facts is not None:
        key = facts.key
        words = _("Create a read-only key: {page} ({path}). Tick {tick}; leave {leave} unticked.")
        tick, leave = (_(", ").join(map(_, rights)) for rights in (key.tick, key.leave))
        yield words.format(page=key.page, path=_(key.path), tick=tick, leave=leave)
        yield _(key.advice)


def why_nothing(report: Report) -> Sequence[Message]:
    """Return why nothing was read, each reason once; empty if something was."""
    if not has_nothing_read(report.accounts):
        return []
    several = len(report.accounts) > 1
    reasons: dict[Message, AccountSnapshot] = {}
    for account in report.accounts:
        for reading in account.snapshot.readings:
            if isinstance(reading.result, Unread):
                reasons.setdefault(reading.result.reason, account.snapshot)
    lines = [_reason(account, reason, several=several) for reason, account in reasons.items()]
    return lines[:MOST_ACCOUNTS]


def _rights(account: AccountSnapshot) -> Message:
    """Return the rights of a key that was rejected for them, else why it was."""
    if account.key is None or not is_too_wide(account):
        return account.refused or EMPTY
    names = _(", ").join(map(right_name, account.key.rights))
    return _("Rights of the key: {rights}.").format(rights=names)


def right_name(right: str) -> Message:
    """Return the name of a right."""
    return {"read_only": _("read only")}.get(right) or _(right)


def _reason(account: AccountSnapshot, reason: Message, *, several: bool) -> Message:
    return labelled(account.name, reason) if several else reason
