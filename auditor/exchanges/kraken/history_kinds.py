"""Kraken: what each type of a ledger's row is called in this program's words.

The types are those of Get Ledgers Info (June 2026) and those that real accounts answered beside them: ``earn``, and
``invite bonus`` (rotki/rotki#6971). No list of subtypes is published: these were seen, in Kraken's exports too.
"""

from collections.abc import Mapping

OTHER = "other"
PLAIN: Mapping[str, str] = {
    "trade": "trade",
    "spend": "trade",
    "receive": "trade",
    "nfttrade": "trade",
    "conversion": "conversion",
    "deposit": "deposit",
    "withdrawal": "withdrawal",
    "custodytransfer": "transfer",
    "transfer": "adjustment",
    "adjustment": "adjustment",
    "margin": "pnl",
    "settled": "settlement",
    "rollover": "interest",
    "credit": "loan",
    "staking": "reward",
    "reward": "reward",
    "dividend": "reward",
    "invite bonus": "rebate",
    "nftrebate": "rebate",
    "nftcreatorfee": "fee",
    "sale": OTHER,
    "none": OTHER,
}
"""Rows of these types, whatever their subtype, except those below. A transfer without one is a coin that was given
out or taken away: a fork, an airdrop, a delisting (rotki/rotki, exchanges/kraken.py)."""
WITH_SUBTYPE: Mapping[tuple[str, str], str] = {
    **dict.fromkeys(
        (
            ("transfer", "spottofutures"),
            ("transfer", "futuresfromspot"),
            ("transfer", "futurestospot"),
            ("transfer", "spotfromfutures"),
        ),
        "transfer",
    ),
    **dict.fromkeys((("transfer", "spottostaking"), ("transfer", "stakingfromspot")), "earn_in"),
    **dict.fromkeys((("transfer", "stakingtospot"), ("transfer", "spotfromstaking")), "earn_out"),
    ("transfer", "airdrop"): "airdrop",
    ("transfer", "delistingconversion"): "adjustment",
    **dict.fromkeys((("earn", "allocation"), ("earn", "autoallocation"), ("earn", "autoallocate")), "earn_in"),
    **dict.fromkeys((("earn", "deallocation"), ("earn", "migration")), "earn_out"),
    ("earn", "reward"): "reward",
    ("earn", "bonus"): "reward",
    ("earn", "airdrop"): "airdrop",
    ("earn", "delistingconversion"): "adjustment",
}
FEE_CREDITS = "KFEE"
KINDS: Mapping[str, str] = {**PLAIN, "earn": "reward"}
"""The known types. A row whose subtype is unknown has a type of its own, so that it is named."""
STRICT = frozenset({"earn", "transfer"})
"""Types that say what happened only with their subtype."""


def kind_and_type(kind: str, subtype: str, asset: str) -> tuple[str, str]:
    """Return what a row is called, and its type: with an unknown subtype, both together."""
    if kind == "trade" and asset == FEE_CREDITS:
        return "fee", kind
    known = WITH_SUBTYPE.get((kind, subtype))
    if known is not None:
        return known, kind
    if kind in STRICT and subtype:
        return OTHER, f"{kind}/{subtype}"
    return PLAIN.get(kind, OTHER), kind if kind in PLAIN else f"{kind}/{subtype}".rstrip("/")
