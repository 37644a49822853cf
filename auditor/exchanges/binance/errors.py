"""Binance: what an error code means for an audit.

Source: Binance spot API documentation, errors (January 2025); limits page (2026). A code that is not here is an answer
that the audit does not understand: the surface is Unread, and not asked again.
"""

from collections.abc import Iterable, Mapping

from auditor.model.snapshot import Trouble
from auditor.spec.surface import Fact


def _all(codes: Iterable[str], trouble: Trouble, advice: str, *, retry: bool = False) -> dict[str, Fact]:
    return dict.fromkeys(codes, Fact(trouble, advice, retry))


LATER = "Try again later."

ERRORS: Mapping[str, Fact] = {
    **_all(("-1003",), Trouble.LIMITED, "Another program may use the same address or account; try again.", retry=True),
    **_all(("-1000", "-1001", "-1006", "-1007", "-1008", "-3000"), Trouble.NETWORK, LATER, retry=True),
    **_all(("-1016",), Trouble.UNAVAILABLE, "Binance has switched this off."),
    **_all(("-1020", "-1099"), Trouble.UNAVAILABLE, "Binance does not offer this to this account."),
    **_all(("-1002",), Trouble.PERMISSION, "Binance does not answer this to a key that can only read."),
    **_all(
        ("-2015",),
        Trouble.PERMISSION,
        "Check the key and its IP list at Binance; or this account, or a key that can only read, may not ask this.",
    ),
    **_all(("-2008", "-2014"), Trouble.CREDENTIALS, "Check BINANCE_APIKEY: Binance knows no such key."),
    **_all(("-1022",), Trouble.CREDENTIALS, "Check BINANCE_APIKEY and BINANCE_SECRET: they do not belong together."),
    **_all(("-1021",), Trouble.CREDENTIALS, "Set this computer's clock to the right time and try again.", retry=True),
    **_all(("-8012", "-9000"), Trouble.EXCHANGE, "Look at your sub-accounts by eye."),
    **_all(("-12022",), Trouble.EXCHANGE, "Only a sub-account's key may ask this."),
    **_all(("-10038",), Trouble.EXCHANGE, "Binance does not answer this to brokers; look by eye."),
    **_all(("-21001",), Trouble.EXCHANGE, "This is no portfolio margin account."),
}
