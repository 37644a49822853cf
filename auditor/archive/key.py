"""Whose key an archive is made with, and that it can only read: nothing is read before that is known."""

from auditor.archive.session import Session
from auditor.audit.audit_once import check_uid, refusal, with_sites
from auditor.audit.collector import AccountSession
from auditor.i18n import _
from auditor.model.account import Account, Options
from auditor.model.errors import UserError
from auditor.model.snapshot import Trouble, Unread
from auditor.settings.origins import environment
from auditor.spec.identity import Identity

UNREACHED, REFUSED = 3, 4


class RefusedKeyError(UserError):
    """The key may do more than read, or cannot prove that it may not."""

    exit_code = REFUSED


class UnreachedError(UserError):
    """Nothing was learnt of the key: a later run may."""

    exit_code = UNREACHED


async def identity_of(account: Account, session: Session, options: Options) -> Identity:
    """Return whose key it is.

    Raises UserError, also for a key that does not show it, and RefusedKeyError for one that may do more than read.
    """
    answer = await session.client.identify()
    if isinstance(answer, Unread):
        answer = with_sites(account, answer)
    if isinstance(answer, Unread):
        kind = UserError if answer.trouble is Trouble.CREDENTIALS else UnreachedError
        raise kind(_("{name}: {reason}").format(name=account.name, reason=answer.reason))
    line = AccountSession(account, session.client, environment(account), "")
    reason = refusal(line, answer, options)
    if reason is not None and options.readonly:
        raise RefusedKeyError(reason)
    if not answer.uid:
        text = _(
            "{name}: this key does not show whose account it is, and an archive is of one account: tick its View box."
        )
        raise UserError(text.format(name=account.name))
    check_uid(account, answer)
    return answer
