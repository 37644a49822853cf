"""HTX: the meaning of error codes for an archive.

Source: HTX's API pages, error codes of spot (November 2025), and its documentation of 2021. Any other code is an answer
that is not understood, without a retry.
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning


def _codes(codes: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(codes, ErrorMeaning(trouble, advice, retry))


ERRORS: Mapping[str, ErrorMeaning] = {
    **_codes(
        ("invalid-access-key", "login-required", "403", "api-signature-check-failed"),
        Trouble.CREDENTIALS,
        mark("Check the key: it may be mistyped, deleted or expired, or made at another site of the exchange."),
    ),
    **_codes(
        ("api-signature-not-valid", "1003"),
        Trouble.CREDENTIALS,
        # It answers so to a wrong secret, a clock that is minutes off, and a key without the right.
        mark("Check key, secret and this computer's clock, and that the key's box Read-only is ticked."),
    ),
    **_codes(
        ("1002", "sub-user-auth-required", "margin-subuser-no-permission"),
        Trouble.PERMISSION,
        mark("The key lacks a right that only reads: tick its box."),
    ),
    **_codes(("margin-country-not-allow",), Trouble.REGION, ""),
    **_codes(
        ("operation-forbidden-for-fl-account-state", "operation-forbidden-for-lock-account-state"),
        Trouble.RESTRICTED,
        mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this."),
    ),
    **_codes(
        ("base-request-exceed-frequency-limit", "rate-too-many-requests", "1006", "429"),
        Trouble.LIMITED,
        mark("Another program may use the same address or account; try again."),
        retry=True,
    ),
    **_codes(
        ("gateway-internal-error", "base-system-error", "500", "510"),
        Trouble.NETWORK,
        mark("The exchange has trouble of its own; try again later."),
        retry=True,
    ),
    **_codes(("system-maintenance",), Trouble.MAINTENANCE, mark("This passes by itself; audit again later.")),
}
