"""OKX: asset codes that stand for something else. Whether staking lists them again is not documented."""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

DOC = "OKX API documentation, June 2026"


def _staked(code: str, coin: str) -> AssetCode:
    return AssetCode(
        pattern=code,
        coin=coin,
        use=Use.FREE,
        meaning=mark("It stands for staked {coin}."),
        remedy=mark("Sell it as it is where a market takes it, or redeem it into {coin} in Grow (Earn)."),
        source=f"{DOC}, Financial product, {coin} staking",
        equal=False,
    )


CODES = CodeTable((_staked("BETH", "ETH"), _staked("OKSOL", "SOL")))
