"""Bybit: asset codes that stand for something else."""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

BYUSDT = AssetCode(
    pattern="BYUSDT",
    coin="USDT",
    use=Use.REDEEM,
    meaning=mark("It is a token of Bybit's Earn, for {coin}."),
    remedy=mark("Redeem it under Earn."),
    source="Bybit V5 documentation, Earn, token position and orders, July 2026",
    ambiguous=True,
    equal=False,
)

CODES = CodeTable((BYUSDT,))
