"""Kraken: asset codes that stand for something else.

A code is a coin's code and an optional ending, and each ending is money of its own. The coin has its own spelling there
(XBT.F beside XXBT); reports have its usual name (BTC.F).
"""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

DOC = "Kraken API documentation, Get Extended Balance, 2026"
# Where allocations are read: the same money as the balances under these codes.
ALLOCATIONS = frozenset({"earn-allocations"})

FEE_CREDITS = AssetCode(
    pattern="KFEE",
    use=Use.NO_ASSET,
    meaning=mark("These are fee credits, which are no asset: they have no value and cannot be withdrawn."),
    remedy=mark("There is nothing to do about them."),
    source=f"{DOC}; ccxt/ccxt#18967",
)
FORMER_STAKING = AssetCode(
    pattern=r"(?P<coin>.+?)(\d\d)?\.S",
    use=Use.REDEEM,
    meaning=mark("It is {coin} that is staked."),
    remedy=mark("Unstake it under Earn; it may take days until it is free as {coin}."),
    source=f"{DOC}; codes with bond days: rotki's tests, 2026",
    listed_in=ALLOCATIONS,
)
STAKED_ETH = AssetCode(
    pattern="ETH2",
    coin="ETH",
    use=Use.REDEEM,
    meaning=mark("It is {coin} that is staked."),
    remedy=mark("Unstake it under Earn; it may take days until it is free as {coin}."),
    source=DOC,
    listed_in=ALLOCATIONS,
)
OPTED_IN = AssetCode(
    pattern=r"(?P<coin>.+)\.M",
    use=Use.REDEEM,
    meaning=mark("It is {coin} in opt-in rewards."),
    remedy=mark("Take it out of the opt-in rewards under Earn; it is then free as {coin}."),
    source=DOC,
    listed_in=ALLOCATIONS,
)
BONDED = AssetCode(
    pattern=r"(?P<coin>.+)\.B",
    use=Use.REDEEM,
    meaning=mark("It is {coin} that is bonded in Earn."),
    remedy=mark("Take it out of Earn; bonded {coin} may need days until it is free."),
    source=f"{DOC}; List Earn Strategies: unbonding and exit queue",
    listed_in=ALLOCATIONS,
)
REWARDED = AssetCode(
    pattern=r"(?P<coin>.+)\.F",
    use=Use.FREE,
    meaning=mark("It is {coin} that earns rewards by itself and stays free."),
    remedy=mark("Switch the automatic rewards off in Kraken's settings first, or a new balance of {coin} earns again."),
    source=f"{DOC}; Kraken's command line client, auto-earn, 2026",
    listed_in=ALLOCATIONS,
)
PARACHAIN = AssetCode(
    pattern=r"(?P<coin>.+)\.P",
    use=Use.WAIT,
    meaning=mark("It is {coin} in a parachain auction."),
    remedy=mark("Look in Kraken's app when it becomes free as {coin}."),
    source=DOC,
)
TOKENISED = AssetCode(
    pattern=r"(?P<coin>.+)\.T",
    use=Use.FREE,
    meaning=mark("It is the tokenised stock {coin}."),
    remedy=mark("Look among the stocks in Kraken's app whether it can be sold or withdrawn now."),
    source=DOC,
)
ON_HOLD = AssetCode(
    pattern=r"(?P<coin>.+)\.HOLD",
    use=Use.WAIT,
    meaning=mark("It is {coin} on hold: a deposit that Kraken has not released yet."),
    remedy=mark("Wait until Kraken releases it; it is then free as {coin}."),
    source="rotki's tests of Kraken's ledger, 2026",
)
UNKNOWN_ENDING = AssetCode(
    pattern=r"(?P<coin>.+)\.[A-Z0-9]+",
    use=Use.WAIT,
    meaning=mark("It is {coin} under an ending that this program does not know."),
    remedy=mark("Look in Kraken's app what holds it, and end that first."),
    source=f"{DOC}: each ending is a balance of its own",
)

CODES = CodeTable(
    (
        *(FEE_CREDITS, FORMER_STAKING, STAKED_ETH, OPTED_IN, BONDED),
        *(REWARDED, PARACHAIN, TOKENISED, ON_HOLD, UNKNOWN_ENDING),
    ),
    {
        "XXBT": "BTC",
        "XBT": "BTC",
        "XXDG": "DOGE",
        "XDG": "DOGE",
        "ETH2": "ETH",
        "FLOWH": "FLOW",
        **{f"X{coin}": coin for coin in ("ETC", "ETH", "LTC", "MLN", "REP", "XLM", "XMR", "XRP", "ZEC")},
        **{f"Z{coin}": coin for coin in ("AUD", "CAD", "EUR", "GBP", "JPY", "USD")},
    },
)


def usual_name(code: str) -> str:
    """Return a code whose coin has its usual name: BTC.F for XBT.F, EUR for ZEUR."""
    coin, dot, ending = code.partition(".")
    return f"{CODES.name(coin)}{dot}{ending}" if coin != STAKED_ETH.pattern else code
