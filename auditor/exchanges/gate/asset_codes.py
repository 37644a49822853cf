"""Gate: asset codes that stand for something else."""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

DOC = "Gate API documentation, March 2026"

VOUCHER = AssetCode(
    pattern="(?P<coin>GT|ETH)2",
    use=Use.REDEEM,
    meaning=mark("It is a voucher for {coin} in on-chain Earn."),
    remedy=mark("Redeem it under Earn; then clear the {coin}."),
    source=f"{DOC}, Earn, staking assets: vouchers are also coins of the spot wallet",
    ambiguous=True,
    equal=False,
)
POINTS = AssetCode(
    pattern="(?:GATE)?POINT",  # ccxt spells it so
    use=Use.WAIT,
    meaning=mark("These are point cards."),
    remedy=mark("Use them up, or ask Gate's support what becomes of them."),
    source=f"{DOC}, Unified account, balances: point cards are listed as a coin",
    equal=False,
)

CODES = CodeTable((VOUCHER, POINTS))
