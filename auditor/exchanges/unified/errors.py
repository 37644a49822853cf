"""Turn the error of a unified method into a reason and whether to retry."""

from collections.abc import Mapping
from dataclasses import replace

from auditor.exchanges.unified.recorder import CcxtError, SwallowedError
from auditor.i18n import Message, _
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.fields import MalformedError
from auditor.transport.ccxt.exact import BadBodyError, ExchangeError
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.errors import RequestFailedError
from auditor.transport.guard import NotAllowedError

TOO_MANY = 429
SERVER_TROUBLE = 500
FAMILIES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
    "InvalidNonce": Trouble.CREDENTIALS,
    "PermissionDenied": Trouble.PERMISSION,
    "AccountNotEnabled": Trouble.PERMISSION,
    "AccountSuspended": Trouble.RESTRICTED,
    "RestrictedLocation": Trouble.REGION,
    "OnMaintenance": Trouble.MAINTENANCE,
    "RateLimitExceeded": Trouble.LIMITED,
    "DDoSProtection": Trouble.LIMITED,
    "ExchangeNotAvailable": Trouble.NETWORK,
    "RequestTimeout": Trouble.NETWORK,
    "NetworkError": Trouble.NETWORK,
}
AGAIN = frozenset({Trouble.LIMITED, Trouble.NETWORK})
# Raised by ccxt before any request: the method is missing, or needs an argument that is unknown.
NO_WAY = frozenset({"ArgumentsRequired", "NotSupported", "BadRequest", "BadSymbol"})


def to_failure(error: Exception, denied: frozenset[str] = frozenset()) -> RequestFailedError:
    """Return the failure for ``error``.

    ``denied``: the exchange's codes for a right that the key lacks.
    """
    if isinstance(error, NotAllowedError):
        reason = _("ccxt wanted to send a request that is not on the list of reads ({what}): nothing was sent.")
        return _stop(reason.format(what=error), Trouble.SKIPPED)
    if isinstance(error, SwallowedError):
        return replace(to_failure(error.trouble, denied), retry=False)
    if isinstance(error, ExchangeError):
        return _answered(error, denied)
    if isinstance(error, PageLostError):
        return _stop(_("The answer was not understood: {error}.").format(error=error), Trouble.PAGES, retry=True)
    if isinstance(error, MalformedError | BadBodyError):
        retry = isinstance(error, BadBodyError) and error.again
        return _stop(_("The answer was not understood: {error}.").format(error=error), Trouble.MALFORMED, retry=retry)
    return _of_ccxt(error)


def _answered(answer: ExchangeError, denied: frozenset[str]) -> RequestFailedError:
    reason = _("The exchange said: {message} (HTTP {status}).").format(message=answer.message, status=answer.status)
    trouble = FAMILIES.get(answer.family if isinstance(answer, CcxtError) else "", Trouble.EXCHANGE)
    trouble = Trouble.PERMISSION if answer.code in denied else trouble
    if trouble is Trouble.EXCHANGE and (answer.status >= SERVER_TROUBLE or answer.status == TOO_MANY):
        trouble = Trouble.NETWORK
    right = _("a right to read this") if trouble is Trouble.PERMISSION else None
    return RequestFailedError(Unread(reason=reason, trouble=trouble, code=answer.code, right=right), trouble in AGAIN)


def _of_ccxt(error: Exception) -> RequestFailedError:
    names = [kind.__name__ for kind in type(error).__mro__]
    if NO_WAY & set(names):
        return _stop(_("No method: ccxt says: {error}.").format(error=str(error)[:200]), Trouble.NO_METHOD)
    troubles = [FAMILIES[name] for name in names if name in FAMILIES]
    if troubles:
        reason = _("No answer in time.") if names[0] == "RequestTimeout" else _("No connection to the exchange.")
        return _stop(reason, troubles[0], retry=troubles[0] in AGAIN)
    told = _("The answer was not understood: ccxt stumbled over it ({kind}).")
    return _stop(told.format(kind=names[0]), Trouble.MALFORMED)


def _stop(reason: Message, trouble: Trouble, *, retry: bool = False) -> RequestFailedError:
    return RequestFailedError(Unread(reason=reason, trouble=trouble), retry)
