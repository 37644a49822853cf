"""Names for coins that Beancount takes: a coin whose own name is none gets another, and the file says which.

Source: beancount 3.2, core/amount.py: capital letters, digits and '._- between a letter and a letter or digit; 2 to 24
signs, as its version 2 asked for; TRUE, FALSE and NULL are other words there.
"""

import re
from collections.abc import Iterable
from itertools import count

_NAME = re.compile(r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]", re.ASCII)
_RESERVED = frozenset({"TRUE", "FALSE", "NULL"})
_LONGEST = 20


def commodities(assets: Iterable[str]) -> dict[str, str]:
    """Return a name for each coin, no two of them alike; its own where that is one."""
    every = sorted(set(assets))
    names = {asset: asset for asset in every if _is_name(asset)}
    taken = set(names)
    for asset in every:
        if asset not in names:
            names[asset] = next(name for name in _candidates(asset) if name not in taken)
            taken.add(names[asset])
    return names


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and text not in _RESERVED


def _candidates(asset: str) -> Iterable[str]:
    cleaned = re.sub(r"[^A-Z0-9]+", "-", asset.upper(), flags=re.ASCII).strip("-")
    stem = f"X{cleaned}"[:_LONGEST].rstrip("-") if cleaned else "COIN"
    yield from (stem if number == 1 else f"{stem}-{number}" for number in count(1))
