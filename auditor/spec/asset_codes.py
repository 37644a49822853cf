"""Asset codes that stand for something else: a share in a product, a staked coin, fee credits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Use(StrEnum):
    """What must happen before the coin behind a code can be sold or withdrawn."""

    FREE = "free"
    REDEEM = "redeem"
    WAIT = "wait"
    NO_ASSET = "no asset"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetCode:
    """A code, or a family of codes, and what it stands for.

    ``pattern``: fits the whole code; its group ``coin`` is the coin, unless ``coin`` names it. ``meaning`` and
    ``remedy``: sentences with ``{coin}``. ``listed_in``: surfaces with the same holding, which counts there, or here
    where ``counts_here``. ``ambiguous``: a coin with a market of its own may look alike. ``equal``: one unit stands for
    one unit of the coin. ``source``: page and date.
    """

    pattern: str
    use: Use
    meaning: str
    remedy: str
    source: str
    coin: str = ""
    listed_in: frozenset[str] = frozenset()
    counts_here: bool = False
    ambiguous: bool = False
    equal: bool = True

    def coin_of(self, code: str) -> str | None:
        """Return the coin that ``code`` stands for, in the exchange's spelling there; None if it does not fit."""
        match = re.fullmatch(self.pattern, code)
        if match is None:
            return None
        return self.coin or match.groupdict().get("coin") or code


@dataclass(frozen=True, slots=True)
class CodeTable:
    """The codes of one exchange: the first that fits counts. ``names``: usual names of coins by other spellings."""

    codes: tuple[AssetCode, ...] = ()
    names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def name(self, code: str) -> str:
        """Return the usual name of a coin."""
        return self.names.get(code, code)
