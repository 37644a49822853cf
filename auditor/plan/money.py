"""Assets that are money already: nobody sells them, they are only withdrawn."""

from typing import Final

_STABLE = (
    "AEUR BUSD DAI EURC EURI EURT FDUSD FRAX GUSD LUSD PYUSD RLUSD SUSD TUSD USD0 USD1 USDC USDD USDE USDG USDP USDS "
    "USDT XUSD ZUSD"
)
_STATES = (
    "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL HKD HUF IDR ILS INR JPY KES KRW KWD KZT "
    "MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RUB SAR SEK SGD THB TRY TWD UAH UGX USD UYU UZS VND ZAR"
)
STABLECOINS: Final = frozenset(_STABLE.split())
FIAT: Final = frozenset(_STATES.split())


def is_money(coin: str) -> bool:
    """Return whether ``coin`` (its usual name) is a currency of a state, or a coin that stands for one."""
    return coin in STABLECOINS or coin in FIAT
