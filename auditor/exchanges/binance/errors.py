"""Binance: the meaning of error codes for an audit.

Source: Binance spot API documentation, errors (January 2025); limits page (2026). Any other code is an answer that the
audit does not understand: the surface is Unread, without a retry.
"""

from collections.abc import Mapping

from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning
from auditor.spec.surface import ManualCheck, NeverUsed

_TRY_LATER = ErrorMeaning(Trouble.NETWORK, "Try again later.", retry=True)
_NOT_OFFERED = ErrorMeaning(Trouble.UNAVAILABLE, "Binance does not offer this to this account.")
_UNKNOWN_KEY = ErrorMeaning(Trouble.CREDENTIALS, "Check BINANCE_APIKEY: Binance knows no such key.")
_LOOK_AT_SUB_ACCOUNTS = ErrorMeaning(Trouble.EXCHANGE, "Check your sub-accounts in the app.")

ERRORS: Mapping[str, ErrorMeaning] = {
    "-1003": ErrorMeaning(
        Trouble.LIMITED, "Another program may use the same address or account; try again.", retry=True
    ),
    "-1000": _TRY_LATER,
    "-1001": _TRY_LATER,
    "-1006": _TRY_LATER,
    "-1007": _TRY_LATER,
    "-1008": _TRY_LATER,
    "-3000": _TRY_LATER,
    "-1016": ErrorMeaning(Trouble.UNAVAILABLE, "Binance has switched this off."),
    "-1020": _NOT_OFFERED,
    "-1099": _NOT_OFFERED,
    "-1002": ErrorMeaning(Trouble.PERMISSION, "Binance does not answer this to a key that can only read."),
    "-2015": ErrorMeaning(
        Trouble.PERMISSION,
        "Check the key and its IP list at Binance; or this account, or a key that can only read, may not ask this.",
    ),
    "-2008": _UNKNOWN_KEY,
    "-2014": _UNKNOWN_KEY,
    "-1022": ErrorMeaning(Trouble.CREDENTIALS, "Check BINANCE_APIKEY and BINANCE_SECRET: they do not belong together."),
    "-1021": ErrorMeaning(
        Trouble.CREDENTIALS, "Set this computer's clock to the right time and try again.", retry=True
    ),
    "-8012": _LOOK_AT_SUB_ACCOUNTS,
    "-9000": _LOOK_AT_SUB_ACCOUNTS,
    "-12022": ErrorMeaning(Trouble.EXCHANGE, "Only a sub-account's key may ask this."),
    "-10038": ErrorMeaning(Trouble.EXCHANGE, "Binance does not answer this to brokers; check it in the app."),
    "-21001": ErrorMeaning(Trouble.EXCHANGE, "This is no portfolio margin account."),
}
CLOCK_CODES = frozenset({"-1021"})

# -3003: Binance margin API, error codes (developers.binance.com/docs/margin_trading/error-code).
NO_MARGIN = NeverUsed(codes={"-3003": "Binance says that this account has no margin account."})
NO_PORTFOLIO_MARGIN = NeverUsed(codes={"-21001": "Binance says that this is no portfolio margin account."})
REFUSED_TO_READERS = ManualCheck(codes=frozenset({"-1002", "-2015"}))
# Documented for some accounts only, so a refusal proves nothing for others.
SOME_ACCOUNTS = ManualCheck(some_accounts=True)
