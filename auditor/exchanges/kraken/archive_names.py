"""Kraken: what an archive calls its asset codes: BTC for XXBT, BTC.F for XBT.F, so that other programs know them.

No two codes get one name: each ending is a balance of its own, and a name that two have is left as Kraken writes it.
"""

from auditor.exchanges.kraken.asset_codes import usual_name

# FLOWH.S and FLOW.S are two balances.
LEFT = ("FLOWH",)
HELD = ".HOLD"


def archive_name(code: str) -> str:
    """Return the name of a code."""
    return code if code.startswith(LEFT) else usual_name(code)


def held_coin(name: str) -> str:
    """Return the coin of a name, also of one that stands for a deposit on hold."""
    return name.removesuffix(HELD)
