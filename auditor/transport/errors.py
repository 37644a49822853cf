"""What kept an answer from coming, or from being understood: told in words, and whether to ask again."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from auditor.i18n import _, mark, sentences
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.exchange import ErrorMeaning, Exchange
from auditor.transport.ccxt.exact import Answered
from auditor.transport.rate_limit import OnHold

SERVER_TROUBLE = 500
TOO_MANY, BANNED = 429, 418
PROXY = (ProxyConnectionError, ProxyError, ProxyTimeoutError)
UNREACHABLE = (*PROXY, LookupError)  # LookupError: the answer names an encoding that there is not
FAMILIES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
    "PermissionDenied": Trouble.PERMISSION,
    "AccountSuspended": Trouble.RESTRICTED,
    "RestrictedLocation": Trouble.REGION,
    "OnMaintenance": Trouble.MAINTENANCE,
    "RateLimitExceeded": Trouble.LIMITED,
}


@dataclass(frozen=True, slots=True)
class Failed(Exception):  # noqa: N818 - it is what the asking did
    """Asking came to nothing: the trouble, in words, and whether trying again may help."""

    unread: Unread
    retry: bool


def refused(answer: Answered, exchange: Exchange, right: str, ccxt: Mapping[str, object]) -> Failed:
    """What the exchange said instead of an answer. ``ccxt``: its classes of errors, by the exchange's codes."""
    meaning = _meaning(answer, exchange, ccxt)
    told = answer.code is not None and bool(answer.message.strip())
    text = (
        _("The exchange said: {message} (HTTP {status}).") if told else _("The exchange gave an error (HTTP {status}).")
    )
    said = text.format(message=answer.message, status=answer.status)
    unread = Unread(
        reason=sentences(said, _(meaning.advice)),
        trouble=meaning.trouble,
        code=answer.code or None,
        right=right if meaning.trouble is Trouble.PERMISSION else None,
    )
    return Failed(unread, meaning.retry)


def _meaning(answer: Answered, exchange: Exchange, ccxt: Mapping[str, object]) -> ErrorMeaning:
    known = exchange.api.errors.get(answer.code or "")
    if known is not None:
        return known
    if answer.status == BANNED:
        return ErrorMeaning(Trouble.LIMITED, mark("The exchange wants no more questions from here; audit again later."))
    if answer.status >= SERVER_TROUBLE or answer.status == TOO_MANY:
        return ErrorMeaning(Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True)
    family = getattr(ccxt.get(answer.code or ""), "__name__", "")
    return ErrorMeaning(FAMILIES.get(family, Trouble.EXCHANGE), "")


def misunderstood(error: Exception, trouble: Trouble = Trouble.MALFORMED) -> Unread:
    """An answer that came and is not what it should be."""
    return Unread(reason=_("The answer was not understood: {error}.").format(error=error), trouble=trouble)


def unreachable(error: BaseException) -> Unread:
    """No answer: the network, a proxy, or the exchange's own silence."""
    if isinstance(error, PROXY):
        return Unread(reason=_("The proxy does not answer, or refuses."), trouble=Trouble.NETWORK)
    slow = type(error).__name__ == "RequestTimeout"
    reason = _("No answer in time.") if slow else _("No connection to the exchange, or it broke off.")
    advice = _("See that this computer's network, or its --proxy, lets you through, and audit again.")
    return Unread(reason=reason if slow else sentences(reason, advice), trouble=Trouble.NETWORK)


def on_hold(hold: OnHold) -> Unread:
    """A question that was not sent, as the exchange has asked for silence."""
    told = _("The exchange wants no more questions from this address for another {minutes} minutes; audit again then.")
    return Unread(reason=told.format(minutes=ceil(hold.seconds / 60)), trouble=Trouble.LIMITED)
