"""Gate: the meaning of error labels for an archive, and how an answer says one.

Source: Gate APIv4 documentation, June 2026, Error Handling and Label list. Any other label is an answer that this
program does not understand.
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning

SUCCESS = frozenset({"0", "200"})
"""Codes of success of newer products, which have an envelope."""
NEVER_OPENED = {"USER_NOT_FOUND": mark("Gate says that this account was never opened.")}
"""What contracts and options answer before anything was ever moved there."""
_SUPPORT = mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this.")
_TRY_AGAIN = mark("The exchange has trouble of its own; try again later.")


def _labels(labels: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(labels, ErrorMeaning(trouble, advice, retry))


ERRORS: Mapping[str, ErrorMeaning] = {
    **_labels(
        ("INVALID_KEY", "INVALID_CREDENTIALS", "AUTHENTICATION_FAILED", "MISSING_REQUIRED_HEADER"),
        Trouble.CREDENTIALS,
        mark("Check the key: it may be mistyped, deleted or expired, or made at another site of the exchange."),
    ),
    **_labels(
        ("INVALID_SIGNATURE",),
        Trouble.CREDENTIALS,
        mark("Check key and secret: they do not belong together, or one is not complete."),
    ),
    **_labels(
        ("REQUEST_EXPIRED",), Trouble.CREDENTIALS, mark("Set this computer's clock to the right time, and try again.")
    ),
    **_labels(
        ("IP_FORBIDDEN",),
        Trouble.CREDENTIALS,
        mark(
            "The key is bound to other IP addresses: add the one that you work from to its list, or work from a listed "
            "one."
        ),
    ),
    **_labels(
        ("FORBIDDEN", "READ_ONLY"),
        Trouble.PERMISSION,
        mark("The key lacks a permission that only reads: set each of its permissions to Read Only."),
    ),
    **_labels(
        ("ACCOUNT_LOCKED", "ACCOUNT_EXCEPTION", "MARGIN_BALANCE_EXCEPTION", "SUB_ACCOUNT_LOCKED"),
        Trouble.RESTRICTED,
        _SUPPORT,
    ),
    # Asked once more, Gate says the same: such a list ends there.
    **_labels(
        ("INVALID_PARAM_VALUE", "INVALID_ARGUMENT", "BAD_REQUEST"),
        Trouble.RESTRICTED,
        mark("Gate does not give this part of the list: look at its web site for an export of it."),
    ),
    **_labels(
        ("TOO_MANY_REQUESTS", "TOO_FAST"),
        Trouble.LIMITED,
        mark("Another program may use the same address or account; try again."),
        retry=True,
    ),
    **_labels(
        ("TOO_BUSY", "SERVER_ERROR", "INTERNAL", "INTERNAL_SERVER_ERROR", "SERVER_TIMEOUT"),
        Trouble.NETWORK,
        _TRY_AGAIN,
        retry=True,
    ),
}
CLOCK_LABELS = frozenset({"REQUEST_EXPIRED"})


def error_label(body: object) -> tuple[str, str] | None:
    """Return label and words of an error answer, None for any other.

    Older products answer a label, with its words in ``message`` or ``detail``; newer ones a code that is no success.
    """
    if not isinstance(body, dict):
        return None
    label, code = body.get("label"), body.get("code")
    words = next((text for text in (body.get("message"), body.get("detail")) if isinstance(text, str)), "")
    if isinstance(label, str) and label:
        return label, words
    if isinstance(code, str) and code not in SUCCESS:
        return code, words
    return None
