"""Kraken: the usual name of a market by that of its pair, which has no sign between base and quote."""

from auditor.exchanges.kraken.asset_codes import usual_name

# Quotes of Kraken's markets, the longer ones first (AssetPairs, June 2026).
QUOTES = (
    *("PYUSD", "RLUSD"),
    *("USDT", "USDC", "USDQ", "EURC", "EURT", "ZUSD", "ZEUR", "ZGBP", "ZCAD", "ZAUD", "ZJPY", "XXBT", "XETH"),
    *("USD", "EUR", "GBP", "CAD", "AUD", "JPY", "CHF", "AED", "XBT", "ETH", "DAI", "SOL", "DOT"),
)


def market_name(pair: str) -> str:
    """Return base and quote with a slash between, the pair itself where no known quote ends it."""
    quote = next((one for one in QUOTES if pair.endswith(one) and len(pair) > len(one)), "")
    return f"{usual_name(pair.removesuffix(quote))}/{usual_name(quote)}" if quote and "/" not in pair else pair
