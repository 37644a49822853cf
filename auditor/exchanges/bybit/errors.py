"""Bybit: the meaning of error codes for an audit.

Source: Bybit V5 API documentation, Error Codes and Rate Limit Rules (July 2026). Any other code is an answer that the
audit does not understand: the surface is Unread, without a retry. 10017, 404 and 10001 are never taken for "absent".
"""

from collections.abc import Iterable, Mapping

from auditor.i18n import mark
from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning
from auditor.spec.surface import ManualCheck, NeverUsed


def _codes(codes: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, ErrorMeaning]:
    return dict.fromkeys(codes, ErrorMeaning(trouble, advice, retry))


LATER = mark("This passes by itself; audit again later.")
SUPPORT = mark("Finish the verification that the exchange asks for, or contact its support: only it can lift this.")
TRY_AGAIN = mark("The exchange has trouble of its own; try again later.")
BUSY = ("10000", "10016", "131001", "131003", "131200", "131201", "131205", "131216", "131230")
LOANS_BUSY = ("148019", "148034", "148035", "177002", "60071", "790000", "180018")
UPGRADING = ("131084", "700012", "176134", "182105", "3100197", "180023")
BANNED = ("10008", "10027", "131089", "131090", "131091", "131092", "131226", "34022051", "34022052")
ERRORS: Mapping[str, ErrorMeaning] = {
    **_codes(
        ("10003", "10007", "33004", "-2015"),
        Trouble.CREDENTIALS,
        mark("Check the key: it may be mistyped, deleted or expired, or made at another site of the exchange."),
    ),
    **_codes(
        ("10004",),
        Trouble.CREDENTIALS,
        mark("Check key and secret: they do not belong together, or one is not complete."),
    ),
    **_codes(("10002",), Trouble.CREDENTIALS, mark("Set this computer's clock to the right time, and audit again.")),
    **_codes(
        ("10005",),
        Trouble.PERMISSION,
        mark("The key lacks a right that only reads: tick its box, and leave Read-Only on."),
    ),
    **_codes(
        ("10010",),
        Trouble.CREDENTIALS,
        mark(
            "The key is bound to other IP addresses: add the one that you audit from to its list, or audit from a "
            "listed one."
        ),
    ),
    **_codes(("10009", "10024", "110132", "180004"), Trouble.REGION, ""),
    **_codes((*BANNED, "131004", "131065", "180003", "180005", "180017"), Trouble.RESTRICTED, SUPPORT),
    **_codes(
        ("10006", "10018", "100016"),
        Trouble.LIMITED,
        mark("Another program may use the same address or account; try again."),
        retry=True,
    ),
    # By its HTTP status alone: a ban of about ten minutes, or a place that Bybit does not serve.
    "403": ErrorMeaning(
        Trouble.LIMITED,
        mark(
            "Bybit answers this for ten minutes to an address that asked too often, and always to places that it does "
            "not serve. Audit again later; if it stays, look at the boxes of the key, then try another network."
        ),
        silence=600.0,
    ),
    **_codes((*BUSY, *LOANS_BUSY, "429"), Trouble.NETWORK, TRY_AGAIN, retry=True),
    **_codes(UPGRADING, Trouble.MAINTENANCE, LATER),
}
CLOCK_CODES = frozenset({"10002"})

# Documented for some accounts only, so a refusal proves nothing for others.
SOME_ACCOUNTS = ManualCheck(some_accounts=True)
# A read by POST: whether a key that can only read may send it is not documented.
BY_EYE = ManualCheck(codes=frozenset({"10005"}))
_NO_SPREAD = mark("Bybit does not offer spread trading in this account's mode.")
# Proof only where the account's own configuration says the same: isolated margin, or an account before UTA 2.0.
NO_SPREADS = NeverUsed(
    codes={"110110": _NO_SPREAD, "110111": _NO_SPREAD}, modes=frozenset({"isolated", "uta1", "classic"})
)
