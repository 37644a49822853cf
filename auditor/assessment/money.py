"""Fiat currencies and stablecoins: a plan withdraws them and never sells them.

Source: ISO 4217 (2026-01) for the currencies that the exchanges of this program name; for the coins, what their issuers
call them (2026-11): Tether, Circle, Sky, Paxos, First Digital, TrueUSD, PayPal, Ripple, Ethena, Gemini, World Liberty.
"""

_CURRENCIES = """
AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL GHS HKD HUF IDR ILS INR JPY KES KRW KWD KZT MAD MXN
MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH UGX USD UYU UZS VND XAF XOF ZAR
"""
_COINS = """
AEUR BUSD DAI EURC EURI EURT FDUSD GUSD PYUSD RLUSD TUSD USD1 USDC USDE USDG USDP USDS USDT XUSD
"""
MONEY = frozenset((_CURRENCIES + _COINS).split())


def is_money(asset: str) -> bool:
    """Return whether an asset, by its usual name, is a fiat currency or a stablecoin."""
    return asset in MONEY
