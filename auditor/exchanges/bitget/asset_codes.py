"""Bitget: asset codes that stand for something else."""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

ELITE = AssetCode(
    pattern="BG(?P<coin>USD|SOL|BTC)",
    use=Use.REDEEM,
    meaning=mark("It is a share in on-chain Elite, for {coin}."),
    remedy=mark("Redeem it under on-chain Elite; the standard redemption takes days."),
    source="Bitget API documentation, Earn, Elite assets and records, 2026",
    ambiguous=True,
    equal=False,
)

CODES = CodeTable((ELITE,))
