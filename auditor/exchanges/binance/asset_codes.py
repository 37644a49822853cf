"""Binance: asset codes that stand for something else.

LD before a coin's code is its share in Simple Earn; LDO is a coin of its own, which markets name.
"""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

DOC = "Binance API documentation, August 2026"

SIMPLE_EARN_SHARE = AssetCode(
    pattern=r"(?!LDO$)LD(?P<coin>.+)",
    use=Use.REDEEM,
    meaning=mark("It is {coin} in Simple Earn."),
    remedy=mark("Redeem it in Simple Earn: it returns to the spot wallet as {coin}."),
    source=f"{DOC}, Portfolio margin, Transfer earn assets: LDUSDT; balances of real accounts, November 2026",
    listed_in=frozenset({"simple-earn-flexible"}),
    ambiguous=True,
)
STAKED_ETH = AssetCode(
    pattern="WBETH|BETH",
    coin="ETH",
    use=Use.FREE,
    meaning=mark("It stands for {coin} in ETH staking."),
    remedy=mark("Sell it as it is where a market takes it, or redeem it into {coin} under ETH staking."),
    source=f"{DOC}, Staking, Get ETH staking account and Redeem ETH",
    listed_in=frozenset({"eth-staking"}),
    counts_here=True,
    equal=False,
)
STAKED_SOL = AssetCode(
    pattern="BNSOL",
    coin="SOL",
    use=Use.FREE,
    meaning=mark("It stands for {coin} in SOL staking."),
    remedy=mark("Sell it as it is where a market takes it, or redeem it into {coin} under SOL staking."),
    source=f"{DOC}, Staking, Get SOL staking account and Redeem SOL",
    listed_in=frozenset({"sol-staking"}),
    counts_here=True,
    equal=False,
)
BFUSD = AssetCode(
    pattern="BFUSD",
    coin="USDT",
    use=Use.REDEEM,
    meaning=mark("It is an Earn product that is redeemed to {coin}."),
    remedy=mark("Redeem it to {coin} under Earn."),
    source=f"{DOC}, Simple Earn, Redeem BFUSD",
    ambiguous=True,
    equal=False,
)
RWUSD = AssetCode(
    pattern="RWUSD",
    coin="USDC",
    use=Use.REDEEM,
    meaning=mark("It is an Earn product that is redeemed to {coin}."),
    remedy=mark("Redeem it to {coin} under Earn."),
    source=f"{DOC}, Simple Earn, Redeem RWUSD",
    ambiguous=True,
    equal=False,
)

CODES = CodeTable((SIMPLE_EARN_SHARE, STAKED_ETH, STAKED_SOL, BFUSD, RWUSD), {"SHIB2": "SHIB"})
