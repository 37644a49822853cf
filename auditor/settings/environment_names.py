"""The environment variables that hold an exchange's credentials.

The program's own names are ccxt's, such as OKX_APIKEY. The others are those of the exchanges' documentation, of their
SDKs and of other programs, which people have already.
"""

import os
from collections.abc import Iterable

from auditor.security.credentials import ENVIRONMENT, SecretReference

_ENDINGS: dict[str, tuple[str, ...]] = {
    "apiKey": ("API_KEY", "ACCESS_KEY", "KEY"),
    "secret": ("API_SECRET", "SECRET_KEY", "API_SECRET_KEY", "APISECRET", "SECRETKEY"),
    "password": ("PASSPHRASE", "API_PASSPHRASE", "API_PASSWORD", "APIPASSPHRASE"),
    "uid": ("USER_ID", "MEMO", "API_MEMO"),
    "privateKey": ("PRIVATE_KEY",),
    "walletAddress": ("WALLET_ADDRESS",),
}
_BEGINNINGS: dict[str, tuple[str, ...]] = {
    "okx": ("OKEX",),
    "gate": ("GATEIO", "GATE_IO"),
    "htx": ("HUOBI",),
    "cryptocom": ("CRYPTO_COM",),
}
"""Earlier and other names of an exchange."""


def variable(exchange: str, name: str) -> SecretReference:
    """Return the reference to a credential in the environment. ``name``: ccxt's name of it, such as apiKey."""
    own = f"{exchange}_{name}".upper()
    return SecretReference(ENVIRONMENT, own, name.lower(), others=_others(exchange, name, own))


def beginnings(exchange: str) -> tuple[str, ...]:
    """Return how the names of an exchange's variables begin."""
    return tuple(f"{start}_" for start in (exchange.upper(), *_BEGINNINGS.get(exchange, ())))


def forget_variables(exchanges: Iterable[str]) -> None:
    """Take all variables of these exchanges out of the environment, so that no other program inherits a key."""
    starts = tuple(start for exchange in exchanges for start in beginnings(exchange))
    for name in [name for name in os.environ if name.upper().startswith(starts)]:
        del os.environ[name]


def _others(exchange: str, name: str, own: str) -> tuple[str, ...]:
    endings = (name.upper(), *_ENDINGS.get(name, ()))
    names = (f"{start}{ending}" for start in beginnings(exchange) for ending in endings)
    return tuple(other for other in names if other != own)
