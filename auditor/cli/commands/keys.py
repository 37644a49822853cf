"""Output and exit code of `audit keys`."""

import sys
from collections.abc import Iterator, Sequence

from auditor.formats.escape import escape_invisible
from auditor.i18n import Message, Translator, _, joined
from auditor.model.report import EXIT_CODES, Verdict
from auditor.model.snapshot import AccountSnapshot, Key, Unread


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
        return _("REFUSED: {why}").format(why=account.refused)
    if account.key is None:
        return _("NOT ASKED: {why}").format(why=_why_not(account))
    if not account.key.readonly:
        return _("WIDER THAN NEEDED: it can do more than read")
    return _("ok: it can only read")


def _why_not(account: AccountSnapshot) -> Message:
    reasons = (r.result.reason for r in account.readings if isinstance(r.result, Unread))
    return next(reasons, _("the exchange did not say"))


def _owner(account: AccountSnapshot) -> Message:
    if account.kind == "sub":
        line = _("uid {uid}, sub-account of {main}").format(uid=account.uid, main=account.main_uid)
    else:
        line = _("uid {uid}, main account").format(uid=account.uid)
    return line if account.mode is None else _("{line}, account mode {mode}").format(line=line, mode=account.mode)


def _rights(key: Key) -> Iterator[Message]:
    yield _("rights: {rights}").format(rights=_(", ").join(map(_, key.rights)) or _("none"))
    if key.ip_bound is None:
        yield _("bound to an IP address: not known")
    elif key.ip_bound:
        yield _("bound to an IP address: yes")
    else:
        yield _("bound to an IP address: no (bind it to yours where the exchange lists your keys)")
