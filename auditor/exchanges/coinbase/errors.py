"""Coinbase: the meaning of error codes for an audit.

Source: Coinbase App API, Errors; Advanced Trade API, responses of each page (docs.cdp.coinbase.com, June 2026); the
numbers are those of the derivatives gateway. Any other code is an answer that the audit does not understand: the place
is Unread, without a retry.
"""

from collections.abc import Mapping

from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning
from auditor.spec.surface import ManualCheck

_KEY = ErrorMeaning(
    Trouble.CREDENTIALS,
    "Check the key, the secret and the key's list of addresses, and set this computer's clock to the right time.",
)
_RIGHT = ErrorMeaning(Trouble.PERMISSION, "")
_STEP = ErrorMeaning(
    Trouble.RESTRICTED, "Coinbase wants a step of you first: sign in to the app and finish what it asks for."
)
_LIMITED = ErrorMeaning(Trouble.LIMITED, "Another program may use the same key; try again.", retry=True)
_TRY_LATER = ErrorMeaning(Trouble.NETWORK, "Try again later.", retry=True)

# The status of a plain text "Unauthorized", which has no code.
PLAIN = "401"
NO_DERIVATIVES = "13004"
ERRORS: Mapping[str, ErrorMeaning] = {
    **dict.fromkeys(
        (
            "authentication_error",
            "invalid_token",
            "expired_token",
            "revoked_token",
            "UNAUTHENTICATED",
            "unauthorized",
            "Unauthorized",
            "UNAUTHORIZED",
            PLAIN,
        ),
        _KEY,
    ),
    "invalid_authentication_method": ErrorMeaning(
        Trouble.CREDENTIALS, "Coinbase answers so when the account has been closed already."
    ),
    **dict.fromkeys(("invalid_scope", "PERMISSION_DENIED", "insufficient_permissions"), _RIGHT),
    **dict.fromkeys(
        (
            "personal_details_required",
            "identity_verification_required",
            "jumio_verification_required",
            "jumio_face_match_verification_required",
            "unverified_email",
            "two_factor_required",
        ),
        _STEP,
    ),
    **dict.fromkeys(("rate_limit_exceeded", "resource_exhausted", "RESOURCE_EXHAUSTED", "10028"), _LIMITED),
    **dict.fromkeys(("internal_server_error", "INTERNAL", "UNAVAILABLE"), _TRY_LATER),
    NO_DERIVATIVES: ErrorMeaning(
        Trouble.UNAVAILABLE, "Coinbase knows no international derivatives account for this key, or not this key there."
    ),
    "13009": ErrorMeaning(Trouble.EXCHANGE, "The login for derivatives has expired.", retry=False),
    "13021": _RIGHT,
}

# Codes after which the gateway wants a new login.
LOGIN_EXPIRED = frozenset({"13009"})
# Futures are offered to users in the United States only; what others are answered is not documented.
SOME_ACCOUNTS = ManualCheck(some_accounts=True)
# What is answered to a filter that Coinbase does not take.
REFUSED_FILTER = ManualCheck(codes=frozenset({"INVALID_ARGUMENT", "unknown", "validation_error"}))
