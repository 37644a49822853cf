"""Kraken Futures: the meaning of error codes for an audit.

Source: docs.kraken.com/api, Futures REST API, error codes, June 2026. Any other code is an answer that the audit does
not understand: the surface is Unread, without a retry.
"""

from collections.abc import Mapping

from auditor.exchanges.krakenfutures.envelope import UNAUTHORIZED
from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning

LATER = ErrorMeaning(Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True)
OTHER_PROGRAM = ErrorMeaning(
    Trouble.CREDENTIALS,
    mark(
        "The key was used with a later time before: set this computer's clock to the right time, and give the audit a "
        "key that no other program uses."
    ),
    retry=True,
)

ERRORS: Mapping[str, ErrorMeaning] = {
    "authenticationError": ErrorMeaning(
        Trouble.CREDENTIALS,
        mark(
            "Check key and secret: a key of Kraken's spot site, or of the demo site of Kraken Futures, is not known "
            "here."
        ),
    ),
    "insufficientPrivileges": ErrorMeaning(
        Trouble.PERMISSION, mark("The key lacks a right that only reads: tick its box.")
    ),
    UNAUTHORIZED: ErrorMeaning(Trouble.PERMISSION, mark("The key lacks a right that only reads: tick its box.")),
    "nonceBelowThreshold": OTHER_PROGRAM,
    "nonceDuplicate": OTHER_PROGRAM,
    "apiLimitExceeded": ErrorMeaning(
        Trouble.LIMITED, mark("Another program may use the same address or account; try again."), retry=True
    ),
    "accountInactive": ErrorMeaning(
        Trouble.RESTRICTED,
        mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this."),
    ),
    "marketUnavailable": LATER,
    "Unavailable": LATER,
    "Server Error": LATER,
}
