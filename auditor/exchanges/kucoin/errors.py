"""KuCoin: the meaning of error codes for an audit.

Source: KuCoin API documentation, error codes (2025); ccxt 4.5.90. Any other code is an answer that the audit does not
understand: the surface is Unread, without a retry.
"""

from collections.abc import Mapping

from auditor.model.snapshot import Trouble
from auditor.spec.exchange import ErrorMeaning
from auditor.spec.surface import ManualCheck, NeverUsed

_SUPPORT = ErrorMeaning(Trouble.RESTRICTED, "Contact KuCoin's support in the app; nothing but KuCoin can lift this.")
_VERIFY = ErrorMeaning(Trouble.RESTRICTED, "Finish the identity verification that KuCoin asks for.")
_REGION = ErrorMeaning(Trouble.REGION, "")
_TRY_LATER = ErrorMeaning(Trouble.NETWORK, "Try again later.", retry=True)
_LIMITED = ErrorMeaning(Trouble.LIMITED, "Another program may use the same account; try again.", retry=True)
_RETIRED = ErrorMeaning(Trouble.UNAVAILABLE, "KuCoin no longer answers this.")

ERRORS: Mapping[str, ErrorMeaning] = {
    "400003": ErrorMeaning(
        Trouble.CREDENTIALS,
        "Check KUCOIN_APIKEY: KuCoin knows no such key here. It may be deleted, or of another of its sites.",
    ),
    **dict.fromkeys(("400001", "400401"), ErrorMeaning(Trouble.CREDENTIALS, "Check key, secret and passphrase.")),
    "400004": ErrorMeaning(Trouble.CREDENTIALS, "Check KUCOIN_PASSWORD: it is the passphrase chosen with the key."),
    "400005": ErrorMeaning(Trouble.CREDENTIALS, "Check KUCOIN_APIKEY and KUCOIN_SECRET: they do not belong together."),
    "400002": ErrorMeaning(Trouble.CREDENTIALS, "Set this computer's clock to the right time and try again."),
    "400006": ErrorMeaning(
        Trouble.CREDENTIALS,
        "The key is bound to other IP addresses: add this one at KuCoin, or audit from a listed one.",
    ),
    "400007": ErrorMeaning(
        Trouble.PERMISSION,
        "KuCoin does not answer this to this key. Tick General and nothing else; look in the app.",
    ),
    **dict.fromkeys(("400303", "126047", "126048"), _VERIFY),
    **dict.fromkeys(("400302", "400500", "126021", "126045", "126046", "130315", "126037", "40010"), _REGION),
    **dict.fromkeys(("411100", "400700", "126002", "260210", "130302"), _SUPPORT),
    **dict.fromkeys(("429000", "1015", "200002"), _LIMITED),
    **dict.fromkeys(("500000", "230005", "135005", "135018", "126038", "126039"), _TRY_LATER),
    **dict.fromkeys(("401000", "404", "404000"), _RETIRED),
}
CLOCK_CODES = frozenset({"400002"})

_NO_MARGIN = "KuCoin says that margin trading was never switched on for this account."
# 101030 and 130306, "You haven't yet enabled the margin trading": KuCoin API documentation, error codes; ccxt 4.5.90.
NO_MARGIN = NeverUsed(codes={"101030": _NO_MARGIN, "130306": _NO_MARGIN})
# 400007 where no page says that a key with General alone is answered.
REFUSED_TO_READERS = ManualCheck(codes=frozenset({"400007"}))
# Of the lists of markets with open orders also 126001, "The current user does not support high frequency" (ccxt
# 4.5.90), and margin that was never switched on: coins on hold say the rest.
NO_LIST_OF_MARKETS = ManualCheck(codes=frozenset({"400007", "126001", *NO_MARGIN.codes}))
# 400100 as well, a parameter error, for products that are not offered (kucoin-skills-hub, March 2026).
NOT_OFFERED = ManualCheck(codes=frozenset({"400007", "400100"}))
# Documented for some accounts only, so that a refusal proves nothing for others.
SOME_ACCOUNTS = ManualCheck(some_accounts=True)
