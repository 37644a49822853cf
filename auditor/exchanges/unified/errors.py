"""Turn the error of a unified method into a reason and whether to retry."""

from collections.abc import Mapping
from dataclasses import replace

import aiohttp

from auditor.exchanges.unified.codes import MEANINGS
from auditor.exchanges.unified.recorder import CcxtError, SwallowedError
from auditor.i18n import Message, _
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.exchange import ErrorMeaning
from auditor.spec.fields import MalformedError
from auditor.transport.ccxt.answer_errors import BadBodyError, ExchangeError, ForeignAnswerError
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.errors import (
    UNREACHABLE,
    RequestFailedError,
    answered_failure,
    decisive_meaning,
    foreign_failure,
    network_failure,
    pause_unread,
    status_meaning,
    unknown_meaning,
)
from auditor.transport.foreign_answer import says_region
from auditor.transport.guard import NotAllowedError
from auditor.transport.silence import PATIENCE, OnHoldError

FAMILIES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
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
    if isinstance(error, SwallowedError):
        return replace(to_failure(error.trouble, denied), retry=False)
    if isinstance(error, ExchangeError):
        return _answered(error, denied)
    if isinstance(error, PageLostError | MalformedError | BadBodyError):
        return _not_understood(error)
    return _not_sent(error) or _of_ccxt(error)


def _not_sent(error: Exception) -> RequestFailedError | None:
    if isinstance(error, NotAllowedError):
        reason = _("ccxt wanted to send a request that is not on the list of reads ({what}): nothing was sent.")
        return _stop(reason.format(what=error), Trouble.SKIPPED)
    if isinstance(error, OnHoldError):
        return RequestFailedError(pause_unread(error), error.seconds <= PATIENCE)
    return None


def _not_understood(error: Exception) -> RequestFailedError:
    trouble = Trouble.PAGES if isinstance(error, PageLostError) else Trouble.MALFORMED
    reason = _("The answer was not understood: {error}.").format(error=error)
    return _stop(
        reason, trouble, retry=isinstance(error, PageLostError) or (isinstance(error, BadBodyError) and error.again)
    )


def _answered(answer: ExchangeError, denied: frozenset[str]) -> RequestFailedError:
    if isinstance(answer, ForeignAnswerError):
        return foreign_failure(answer)
    box = answer.box if isinstance(answer, CcxtError) else ""
    return answered_failure(answer, _meaning(answer, denied), box or _("a right to read this"))


def _meaning(answer: ExchangeError, denied: frozenset[str]) -> ErrorMeaning:
    """Return what the exchange's documentation says of an error, else its status and words, else ccxt's class."""
    family = answer.family if isinstance(answer, CcxtError) else ""
    if says_region(answer.message):
        return MEANINGS["region"]
    known = answer.meaning if isinstance(answer, CcxtError) else None
    meaning = known or (MEANINGS["right"] if answer.code in denied else None) or decisive_meaning(answer)
    if meaning is not None:
        return meaning
    if family == "InvalidNonce":
        return MEANINGS["clock"]
    trouble = FAMILIES.get(family)
    if trouble is not None:
        return ErrorMeaning(trouble, "", retry=trouble in AGAIN)
    return status_meaning(answer) or unknown_meaning(answer)


def _of_ccxt(error: Exception) -> RequestFailedError:
    names = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, (*UNREACHABLE, aiohttp.ClientError)) and not isinstance(error, KeyError | IndexError):
        return network_failure(error)
    if names & NO_WAY:
        return _stop(_("No method: ccxt says: {error}.").format(error=str(error)[:200]), Trouble.NO_METHOD)
    if "NetworkError" in names or isinstance(error.__cause__, aiohttp.ClientError):
        return network_failure(error)
    template = _("The answer was not understood: ccxt stumbled over it ({kind}).")
    return _stop(template.format(kind=type(error).__name__), Trouble.MALFORMED)


def _stop(reason: Message, trouble: Trouble, *, retry: bool = False) -> RequestFailedError:
    return RequestFailedError(Unread(reason=reason, trouble=trouble), retry)
