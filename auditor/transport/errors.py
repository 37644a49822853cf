"""Describe why a request failed or its answer was not understood, and whether to retry."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from ssl import SSLCertVerificationError, SSLEOFError, SSLZeroReturnError

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyError, ProxyTimeoutError

from auditor.i18n import EMPTY, Message, _, mark, sentences
from auditor.model.snapshot import Trouble, Unread
from auditor.spec.exchange import ErrorMeaning, Exchange
from auditor.transport.ccxt.answer_errors import ExchangeError, ForeignAnswerError
from auditor.transport.foreign_answer import region_advice, says_region
from auditor.transport.silence import OnHoldError

SERVER_TROUBLE = 500
TOO_MANY, BANNED, LEGAL_REASONS, FORBIDDEN = 429, 418, 451, 403
PROXY = (ProxyConnectionError, ProxyError, ProxyTimeoutError, aiohttp.ClientHttpProxyError)
# A handshake that broke off says nothing about who is there.
BROKEN_OFF = (SSLEOFError, SSLZeroReturnError, ConnectionError, TimeoutError)
UNREACHABLE = (*PROXY, LookupError)  # LookupError: the answer names an unknown encoding
FAMILIES: Mapping[str, Trouble] = {
    "AuthenticationError": Trouble.CREDENTIALS,
    "PermissionDenied": Trouble.PERMISSION,
    "AccountSuspended": Trouble.RESTRICTED,
    "RestrictedLocation": Trouble.REGION,
    "OnMaintenance": Trouble.MAINTENANCE,
    "RateLimitExceeded": Trouble.LIMITED,
}
# Seconds; every exchange accepts a signature that is as old, or nearly so.
CLOCK_OFF = 30
MINUTE = 60
LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class RequestFailedError(Exception):
    """A request failed: the reason in words, and whether a retry may help."""

    unread: Unread
    retry: bool


def request_failure(
    answer: ExchangeError, exchange: Exchange, right: str, ccxt: Mapping[str, object]
) -> RequestFailedError:
    """Return the failure for an error that the exchange answered.

    ``right``: the right that the key needs; ``ccxt``: ccxt's error classes by the exchange's codes. An answer without a
    code has the meaning that the table gives its HTTP status.
    """
    if isinstance(answer, ForeignAnswerError):
        return foreign_failure(answer)
    known = exchange.api.errors.get(answer.code or str(answer.status))
    meaning = known or decisive_meaning(answer) or status_meaning(answer)
    if meaning is None:
        family = getattr(ccxt.get(answer.code or ""), "__name__", "")
        meaning = ErrorMeaning(FAMILIES[family], "") if family in FAMILIES else unknown_meaning(answer)
    return answered_failure(answer, meaning, right)


def foreign_failure(error: ForeignAnswerError) -> RequestFailedError:
    """Return the failure for an answer that is not the exchange's."""
    return RequestFailedError(error.answer.unread(), error.answer.retry)


def answered_failure(answer: ExchangeError, meaning: ErrorMeaning, right: Message | str) -> RequestFailedError:
    """Return the failure for an error of this meaning, with the exchange's own words."""
    template = (
        _("The exchange said: {message} (HTTP {status}).")
        if answer.message.strip()
        else _("The exchange gave an error (HTTP {status}).")
    )
    message = template.format(message=answer.message.strip().removesuffix("."), status=answer.status)
    is_region = meaning.trouble is Trouble.REGION and not meaning.advice
    unread = Unread(
        reason=sentences(message, region_advice() if is_region else _(meaning.advice), clock_advice(answer, meaning)),
        trouble=meaning.trouble,
        code=answer.code or None,
        right=right if meaning.trouble is Trouble.PERMISSION else None,
    )
    return RequestFailedError(unread, meaning.retry)


def decisive_meaning(answer: ExchangeError) -> ErrorMeaning | None:
    """Return what an error's status or words mean at any exchange; None where they say nothing."""
    if answer.status == LEGAL_REASONS or says_region(answer.message):
        return ErrorMeaning(Trouble.REGION, "")
    if answer.status == BANNED:
        return ErrorMeaning(Trouble.LIMITED, mark("The exchange wants no more questions from here; audit again later."))
    return None


def status_meaning(answer: ExchangeError) -> ErrorMeaning | None:
    """Return what an error's status means where nothing else is known of it; None where it says nothing."""
    if answer.status >= SERVER_TROUBLE or answer.status == TOO_MANY:
        return ErrorMeaning(Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True)
    return None


def unknown_meaning(answer: ExchangeError) -> ErrorMeaning:
    """Return the meaning of an error of which neither code nor words are known."""
    if answer.status != FORBIDDEN:
        return ErrorMeaning(Trouble.EXCHANGE, "")
    return ErrorMeaning(
        Trouble.EXCHANGE,
        mark(
            "Either the key lacks a right that only reads, or something on the way refuses: look at the boxes of the "
            "key, then try another network, with or without VPN or proxy."
        ),
    )


def clock_advice(answer: ExchangeError, meaning: ErrorMeaning) -> Message:
    """Return how far this computer's clock is off, where a key is refused and the answer's date shows it."""
    if meaning.trouble is not Trouble.CREDENTIALS or answer.skew is None or abs(answer.skew) < CLOCK_OFF:
        return EMPTY
    template = (
        _("This computer's clock is {time} behind the exchange's: set it to the right time, and audit again.")
        if answer.skew > 0
        else _("This computer's clock is {time} ahead of the exchange's: set it to the right time, and audit again.")
    )
    return template.format(time=_duration(abs(answer.skew)))


def _duration(seconds: float) -> Message:
    if seconds < 2 * MINUTE:
        return _("{count} seconds").format(count=round(seconds))
    return _("{count} minutes").format(count=round(seconds / MINUTE))


def malformed_unread(error: Exception, trouble: Trouble = Trouble.MALFORMED) -> Unread:
    """Return the Unread for an answer that does not have the documented shape."""
    return Unread(reason=_("The answer was not understood: {error}.").format(error=error), trouble=trouble)


def network_failure(error: BaseException) -> RequestFailedError:
    """Return the failure for a request without an answer; only a certificate that fails is not tried again."""
    untrusted = _certificate_fault(error)
    if untrusted is not None:
        return RequestFailedError(untrusted, retry=False)
    return RequestFailedError(_network_unread(error), retry=True)


def _network_unread(error: BaseException) -> Unread:
    if any(isinstance(cause, PROXY) for cause in _causes(error)):
        return Unread(reason=_("The proxy does not answer, or refuses."), trouble=Trouble.NETWORK)
    is_timeout = type(error).__name__ == "RequestTimeout"
    reason = _("No answer in time.") if is_timeout else _("No connection to the exchange, or it broke off.")
    advice = _("See that this computer's network, or its --proxy, lets you through, and audit again.")
    return Unread(reason=reason if is_timeout else sentences(reason, advice), trouble=Trouble.NETWORK)


def _certificate_fault(error: BaseException) -> Unread | None:
    """Return the Unread of a certificate or handshake that fails, which ccxt wraps; None for any other error."""
    for cause in _causes(error):
        host = str(getattr(cause, "host", "") or "")
        if isinstance(cause, aiohttp.ClientConnectorCertificateError):
            return _untrusted(host, _reason(cause.certificate_error))
        if isinstance(cause, SSLCertVerificationError | aiohttp.ServerFingerprintMismatch):
            return _untrusted(host, _reason(cause))
        if isinstance(cause, aiohttp.ClientConnectorSSLError) and not isinstance(cause.os_error, BROKEN_OFF):
            return _insecure(host, _reason(cause.os_error))
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what it was raised from or while handling."""
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _reason(error: BaseException) -> str:
    words = getattr(error, "verify_message", "") or getattr(error, "reason", "") or str(error) or type(error).__name__
    return str(words)[:LONGEST_REASON]


def _untrusted(host: str, reason: str) -> Unread:
    message = _(
        "The certificate of {host} is not to be trusted: {reason}. Nothing was sent. Somebody may be between this "
        "computer and the exchange: do not switch the check off; use a network that you trust."
    )
    return _certificate_unread(message, host, reason)


def _insecure(host: str, reason: str) -> Unread:
    message = _(
        "No secure connection to {host} came about: {reason}. Nothing was sent. Something else than the exchange may "
        "answer there: audit from a network that you trust."
    )
    return _certificate_unread(message, host, reason)


def _certificate_unread(message: Message, host: str, reason: str) -> Unread:
    filled = message.format(host=host or _("the exchange's address"), reason=reason.removesuffix("."))
    return Unread(reason=filled, trouble=Trouble.CERTIFICATE)


def pause_unread(hold: OnHoldError) -> Unread:
    """Return the Unread for a request that was not sent because the exchange asked for a pause."""
    reason = _(
        "The exchange wants no more questions from this address for another {minutes} minutes; audit again then."
    )
    return Unread(reason=reason.format(minutes=ceil(hold.seconds / MINUTE)), trouble=Trouble.LIMITED)
