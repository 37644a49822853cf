"""Kraken Futures: asset codes that are no asset, and the usual names of coins.

Wallets spell codes in lower case or in upper case, and bitcoin XBT or BTC.
"""

from auditor.i18n import mark
from auditor.spec.asset_codes import AssetCode, CodeTable, Use

CREDITS = AssetCode(
    pattern="FEE|KFEE|USD CREDIT",
    use=Use.NO_ASSET,
    meaning=mark("These are credits, which are no asset: they cannot be withdrawn."),
    remedy=mark("There is nothing to do about them."),
    source="ccxt/ccxt#18967: rows of a cash wallet",
)
CODES = CodeTable((CREDITS,), {"XBT": "BTC"})


def usual_name(code: str) -> str:
    """Return the usual name of a coin, in capital letters."""
    return CODES.name(code.upper())
