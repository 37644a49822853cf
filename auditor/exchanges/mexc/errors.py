"""MEXC: the meaning of error codes for an archive.

Source: MEXC spot API, Error Codes (November 2025), and its futures API, Error code (2025). Spot answers them with an
HTTP status of 400 or above, futures with 200. Any other code is not understood: the list is Unread.
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning

SUCCESS = frozenset({"0", "200"})
NO_FUTURES = "1000"
"""Futures: the account does not exist."""


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, else None."""
    if not isinstance(body, dict) or body.get("success") is True:
        return None
    code = body.get("code")
    if code is None or (str(code) in SUCCESS and body.get("success") is not False):
        return None
    words = body.get("msg") or body.get("message")
    return str(code), words if isinstance(words, str) else ""


def _codes(codes: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(codes, ErrorMeaning(trouble, advice, retry))


ERRORS: Mapping[str, ErrorMeaning] = {
    **_codes(
        ("10072", "10001", "401", "402", "700001"),
        Trouble.CREDENTIALS,
        mark("Check the key: it may be mistyped, deleted or expired, or made at another site of the exchange."),
    ),
    **_codes(
        ("700002", "600", "602"),
        Trouble.CREDENTIALS,
        mark("Check key and secret: they do not belong together, or one is not complete."),
    ),
    **_codes(
        ("700003", "10073", "513"),
        Trouble.CREDENTIALS,
        mark("Set this computer's clock to the right time, and audit again."),
    ),
    **_codes(
        ("700007", "511", "701", "703", "403"),
        Trouble.PERMISSION,
        mark("The key lacks a right that only reads: tick its View box."),
    ),
    **_codes(
        ("700006", "406"),
        Trouble.CREDENTIALS,
        mark(
            "The key is bound to other IP addresses: add the one that you audit from to its list, or audit from a "
            "listed one."
        ),
    ),
    **_codes(
        ("30018", "60005", "730100", "70011", "10098", "10265", "6001"),
        Trouble.RESTRICTED,
        mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this."),
    ),
    **_codes(
        ("429", "510"),
        Trouble.LIMITED,
        mark("Another program may use the same address or account; try again."),
        retry=True,
    ),
    **_codes(
        ("500", "501", "504", "604", "801"),
        Trouble.NETWORK,
        mark("The exchange has trouble of its own; try again later."),
        retry=True,
    ),
    # ccxt takes it for a wrong key.
    NO_FUTURES: ErrorMeaning(Trouble.EXCHANGE, ""),
    **_codes(("503", "11444"), Trouble.MAINTENANCE, mark("This passes by itself; audit again later.")),
}
