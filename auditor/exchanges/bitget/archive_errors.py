"""Bitget: the meaning of error codes for an archive.

Source: Bitget API documentation, error codes of V2 and V3, 2026. Any other code is an answer that the program does not
understand: the list is unread, without a retry.
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning


def _codes(codes: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(codes, ErrorMeaning(trouble, advice, retry))


RESTRICTED = (
    *("40022", "40023", "40024", "40026", "40710", "40752", "40753", "40760", "25006", "25007", "50012", "70209"),
    *("70214", "70215", "25008", "25011", "25012", "95001", "40035", "40101", "40111"),
)
# In Bitget's release windows, Tuesday to Thursday, good requests may be answered so.
BUSY = ("40010", "45001", "40725", "40015", "50010", "40808", "40034")
ERRORS: Mapping[str, ErrorMeaning] = {
    **_codes(
        ("40001", "40003", "40006", "40037", "30001"),
        Trouble.CREDENTIALS,
        mark("Check the key: it may be mistyped, deleted or expired, or made at another site of the exchange."),
    ),
    **_codes(
        ("40009", "40002"),
        Trouble.CREDENTIALS,
        mark("Check key and secret: they do not belong together, or one is not complete."),
    ),
    **_codes(
        ("40011", "40012", "40036"),
        Trouble.CREDENTIALS,
        mark("Check the passphrase: it was chosen with the key."),
    ),
    **_codes(
        ("40004", "40005", "40008"),
        Trouble.CREDENTIALS,
        mark("Set this computer's clock to the right time, and audit again."),
    ),
    **_codes(
        ("40014", "40025", "40040", "25620"),
        Trouble.PERMISSION,
        mark("The key lacks a right that only reads: tick its box."),
    ),
    **_codes(
        ("40018", "40038"),
        Trouble.CREDENTIALS,
        mark(
            "The key is bound to other IP addresses: add the one that you audit from to its list, or audit from a "
            "listed one."
        ),
    ),
    **_codes(
        ("40031", "50013"),
        Trouble.CREDENTIALS,
        mark("The exchange says that this account is closed or deleted."),
    ),
    **_codes(("40103", "40104"), Trouble.REGION, ""),
    **_codes(
        RESTRICTED,
        Trouble.RESTRICTED,
        mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this."),
    ),
    **_codes(
        ("429", "30014"),
        Trouble.LIMITED,
        mark("Another program may use the same address or account; try again."),
        retry=True,
    ),
    **_codes(BUSY, Trouble.NETWORK, mark("The exchange has trouble of its own; try again later."), retry=True),
    **_codes(("40200",), Trouble.MAINTENANCE, mark("This passes by itself; audit again later.")),
}
