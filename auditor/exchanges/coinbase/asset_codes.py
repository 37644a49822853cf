"""Coinbase: asset codes that stand for something else."""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

STAKED_ETH = AssetCode(
    pattern="ETH2",
    coin="ETH",
    use=Use.REDEEM,
    meaning=mark("It is {coin} that is staked."),
    remedy=mark("Unstake it in the app; it may take days until it is free as {coin}."),
    source="Coinbase API, list of wallets: staked coins have wallets of their own; recorded bodies, 2026",
)

CODES = CodeTable((STAKED_ETH,))
