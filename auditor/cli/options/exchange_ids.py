"""Names of exchanges as people type them: upper case, former names, several in one."""

from collections.abc import Sequence

ALIASES = {
    "okex": "okx",
    "okx.com": "okx",
    "\u6b27\u6613": "okx",
    "okx-us": "okxus",
    "okx-eea": "myokx",
    "okx-eu": "myokx",
    "binance.com": "binance",
    "\u5e01\u5b89": "binance",
    "gateio": "gate",
    "gate.io": "gate",
    "gate.com": "gate",
    "huobi": "htx",
    "huobipro": "htx",
    "\u706b\u5e01": "htx",
    "crypto.com": "cryptocom",
    "cryptodotcom": "cryptocom",
}
"""ccxt's id by another name. The Chinese ones are OKX's, Binance's and HTX's (Huobi's) own."""


def exchange_id(name: str) -> str:
    """Return ccxt's id for a name; an unknown one unchanged but in lower case."""
    lowered = name.strip().lower()
    return ALIASES.get(lowered, lowered)


def exchange_ids(values: Sequence[str] | None) -> list[str] | None:
    """Return the ids of what ``--exchange`` was given, once or several times, each with one name or several."""
    if values is None:
        return None
    return [exchange_id(name) for value in values for name in value.split(",") if name.strip()]


def optional_exchange_id(value: str | None) -> str | None:
    """Return the id of the one exchange that was named, if any was."""
    return None if value is None else exchange_id(value)
