"""Kraken: the meaning of error codes for an audit.

Source: Kraken REST API, docs.kraken.com/api, errors, June 2026; ccxt 4.5.90 for nonce and lockout. Any other code is an
answer that the audit does not understand: the surface is Unread, without a retry.
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning

# Seconds: Kraken locks a key out for about a quarter of an hour.
LOCKOUT = 900.0


def _codes(codes: Iterable[str], meaning: ErrorMeaning) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(codes, meaning)


NO_RIGHT = ErrorMeaning(Trouble.PERMISSION, mark("The key lacks a right that only reads: tick its box."))
OTHER_PROGRAM = ErrorMeaning(
    Trouble.CREDENTIALS,
    mark(
        "The key was used with a later time before: set this computer's clock to the right time, and give the audit a "
        "key that no other program uses."
    ),
    retry=True,
)
NOT_AT_THIS_ADDRESS = ErrorMeaning(
    Trouble.CREDENTIALS,
    mark(
        "The key is bound to other IP addresses: add the one that you audit from to its list, or audit from a listed "
        "one."
    ),
)
BUSY = ErrorMeaning(Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True)
TOO_MANY = ErrorMeaning(
    Trouble.LIMITED, mark("Another program may use the same address or account; try again."), retry=True
)
RESTRICTED = ErrorMeaning(
    Trouble.RESTRICTED,
    mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this."),
)

ERRORS: Mapping[str, ErrorMeaning] = {
    "EAPI:Invalid key": ErrorMeaning(
        Trouble.CREDENTIALS,
        mark(
            "Check the key: it may be mistyped, deleted or expired, or made at Kraken Futures, whose keys are its own "
            "(--exchange krakenfutures)."
        ),
    ),
    "EAPI:Invalid signature": ErrorMeaning(
        Trouble.CREDENTIALS, mark("Check key and secret: they do not belong together, or one is not complete.")
    ),
    **_codes(("EAPI:Invalid nonce", "EAPI:Bad request nonce"), OTHER_PROGRAM),
    **_codes(("EAPI:IP address not allowed", "EAuth:IP not allowed"), NOT_AT_THIS_ADDRESS),
    **_codes(("EGeneral:Permission denied", "EAPI:Feature disabled"), NO_RIGHT),
    **_codes(
        (
            "EAPI:Rate limit exceeded",
            "EGeneral:Too many requests",
            "EAuth:Rate limit exceeded",
            "EAuth:Too many requests",
            "EService:Throttled",
        ),
        TOO_MANY,
    ),
    "EGeneral:Temporary lockout": ErrorMeaning(
        Trouble.LIMITED,
        mark("The key is locked out for a while, since too many requests failed: audit again in a quarter of an hour."),
        silence=LOCKOUT,
    ),
    **_codes(
        (
            "EService:Unavailable",
            "EService:Busy",
            "EService:Timeout",
            "EService:Deadline elapsed",
            "EGeneral:Internal error",
            "EDatabase:Internal error",
        ),
        BUSY,
    ),
    **_codes(
        ("EService:Market in cancel_only mode", "EService:Market in post_only mode"),
        ErrorMeaning(Trouble.MAINTENANCE, mark("This passes by itself; audit again later."), retry=True),
    ),
    **_codes(
        (
            "EAuth:Account temporary disabled",
            "EAuth:Account unconfirmed",
            "EAccount:Invalid permissions",
            "ETrade:User Locked",
        ),
        RESTRICTED,
    ),
    "EGeneral:Unknown method": ErrorMeaning(Trouble.UNAVAILABLE, mark("Kraken does not offer this to this account.")),
}
