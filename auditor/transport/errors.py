"""Describe why a request failed or its answer was not understood, and whether to retry."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from auditor.i18n import _, mark, sentences
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.exchange import ErrorMeaning, Exchange
from auditor.transport.ccxt.exact import ExchangeError
from auditor.transport.rate_limit import OnHoldError

SERVER_TROUBLE = 500
TOO_MANY, BANNED = 429, 418
PROXY = (ProxyConnectionError, ProxyError, ProxyTimeoutError)
UNREACHABLE = (*PROXY, LookupError)  # LookupError: the answer names an unknown encoding
FAMILIES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
    "PermissionDenied": Trouble.PERMISSION,
    "AccountSuspended": Trouble.RESTRICTED,
    "RestrictedLocation": Trouble.REGION,
    "OnMaintenance": Trouble.MAINTENANCE,
    "RateLimitExceeded": Trouble.LIMITED,
}


@dataclass(frozen=True, slots=True)
class RequestFailedError(Exception):
    """A request failed: the reason in words, and whether a retry may help."""

    unread: Unread
    retry: bool


def request_failure(
    answer: ExchangeError, exchange: Exchange, right: str, ccxt: Mapping[str, object]
) -> RequestFailedError:
    """Return the failure for an error that the exchange answered.

    ``right``: the right that the key needs; ``ccxt``: ccxt's error classes by the exchange's codes.
    """
    meaning = _meaning(answer, exchange, ccxt)
    has_message = answer.code is not None and bool(answer.message.strip())
    template = (
        _("The exchange said: {message} (HTTP {status}).")
        if has_message
        else _("The exchange gave an error (HTTP {status}).")
    )
    message = template.format(message=answer.message, status=answer.status)
    unread = Unread(
        reason=sentences(message, _(meaning.advice)),
        trouble=meaning.trouble,
        code=answer.code or None,
        right=right if meaning.trouble is Trouble.PERMISSION else None,
    )
    return RequestFailedError(unread, meaning.retry)


def _meaning(answer: ExchangeError, exchange: Exchange, ccxt: Mapping[str, object]) -> ErrorMeaning:
    meaning = exchange.api.errors.get(answer.code or "")
    if meaning is not None:
        return meaning
    if answer.status == BANNED:
        return ErrorMeaning(Trouble.LIMITED, mark("The exchange wants no more questions from here; audit again later."))
    if answer.status >= SERVER_TROUBLE or answer.status == TOO_MANY:
        return ErrorMeaning(Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True)
    family = getattr(ccxt.get(answer.code or ""), "__name__", "")
    return ErrorMeaning(FAMILIES.get(family, Trouble.EXCHANGE), "")


def malformed_unread(error: Exception, trouble: Trouble = Trouble.MALFORMED) -> Unread:
    """Return the Unread for an answer that does not have the documented shape."""
    return Unread(reason=_("The answer was not understood: {error}.").format(error=error), trouble=trouble)


def network_unread(error: BaseException) -> Unread:
    """Return the Unread for a request without an answer: a network, proxy or timeout error."""
    if isinstance(error, PROXY):
        return Unread(reason=_("The proxy does not answer, or refuses."), trouble=Trouble.NETWORK)
    is_timeout = type(error).__name__ == "RequestTimeout"
    reason = _("No answer in time.") if is_timeout else _("No connection to the exchange, or it broke off.")
    advice = _("See that this computer's network, or its --proxy, lets you through, and audit again.")
    return Unread(reason=reason if is_timeout else sentences(reason, advice), trouble=Trouble.NETWORK)


def pause_unread(hold: OnHoldError) -> Unread:
    """Return the Unread for a request that was not sent because the exchange asked for a pause."""
    reason = _(
        "The exchange wants no more questions from this address for another {minutes} minutes; audit again then."
    )
    return Unread(reason=reason.format(minutes=ceil(hold.seconds / 60)), trouble=Trouble.LIMITED)
