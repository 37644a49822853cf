"""Output and exit code of `audit keys`."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.escape import escape_invisible
from auditor.i18n import Message, Translator, _, joined, mark
from auditor.model.report import EXIT_CODES, Verdict
from auditor.model.snapshot import AccountSnapshot, Key, Unread

MODES: Mapping[str, str] = {
    "1": mark("spot mode"),
    "2": mark("futures mode"),
    "3": mark("multi-currency margin mode"),
    "4": mark("portfolio margin mode"),
    "unified": mark("unified account"),
    "classic": mark("classic account"),
}
"""Sources: OKX API, Get account configuration, acctLv (July 2026); Bitget API, account info (July 2026)."""


def print_keys(accounts: Sequence[AccountSnapshot], translate: Translator) -> None:
    """Print the permissions of each key to stdout."""
    for account in accounts:
        for line in _lines(account):
            sys.stdout.write(escape_invisible(translate(line)) + "\n")


def exit_code(accounts: Sequence[AccountSnapshot]) -> int:
    """Return the exit code for the keys.

    0: every key is proven to be read-only; 4: one is wider or cannot prove it; 3: one could not be asked.
    """
    if any(_is_wider(account) for account in accounts):
        return EXIT_CODES[Verdict.REFUSED]
    if any(account.key is None for account in accounts):
        return EXIT_CODES[Verdict.INCOMPLETE]
    return EXIT_CODES[Verdict.CLEAN]


def _is_wider(account: AccountSnapshot) -> bool:
    return account.refused is not None or (account.key is not None and not account.key.readonly)


def _lines(account: AccountSnapshot) -> Iterator[Message]:
    yield _("{name} ({exchange}, {environment}, {host})").format(
        name=account.name, exchange=account.exchange, environment=_(account.environment.value), host=account.host
    )
    yield _indented(_standing(account))
    if account.uid is not None:
        yield _indented(_owner(account))
    if account.key is not None:
        yield from map(_indented, _rights(account.key))


def _indented(line: Message) -> Message:
    return joined("", ("  ", line))


def _standing(account: AccountSnapshot) -> Message:
    if account.refused is not None:
        return _("KEY REJECTED: {why}").format(why=account.refused)
    if account.key is None:
        return _("COULD NOT BE CHECKED: {why}").format(why=_why_not(account))
    if not account.key.readonly:
        return _("TOO POWERFUL: it can do more than read")
    return _("OK: it can only read")


def _why_not(account: AccountSnapshot) -> Message:
    reasons = (r.result.reason for r in account.readings if isinstance(r.result, Unread))
    return next(reasons, _("the exchange did not say"))


def _owner(account: AccountSnapshot) -> Message:
    if account.kind == "sub":
        line = _("UID {uid}, sub-account of {main}").format(uid=account.uid, main=account.main_uid)
    else:
        line = _("UID {uid}, main account").format(uid=account.uid)
    if account.mode is None:
        return line
    mode = MODES.get(account.mode)
    return _("{line}, {mode}").format(
        line=line, mode=_("account mode {mode}").format(mode=account.mode) if mode is None else _(mode)
    )


def _rights(key: Key) -> Iterator[Message]:
    yield _("rights: {rights}").format(rights=_(", ").join(map(_, key.rights)) or _("none"))
    if key.ip_bound is None:
        yield _("restricted to your IP addresses: not known")
    elif key.ip_bound:
        yield _("restricted to your IP addresses: yes")
    else:
        yield _("restricted to your IP addresses: no (add yours on the exchange's API page)")
