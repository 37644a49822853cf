"""What the owner wants to do with coins that can be both withdrawn and sold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.i18n import _
from auditor.model.errors import UserError


class Preference(StrEnum):
    """The owner's choice for coins that can be withdrawn as well as sold."""

    WITHDRAW = "withdraw"
    SELL = "sell"


@dataclass(frozen=True, slots=True)
class Preferences:
    """The owner's choice for each asset: ``default`` for those that ``by_asset`` does not name."""

    default: Preference = Preference.WITHDRAW
    by_asset: Mapping[str, Preference] = field(default_factory=dict)

    def of(self, asset: str) -> Preference:
        """Return the choice for ``asset``."""
        return self.by_asset.get(asset, self.default)


AnyPreference = Preference | Preferences


def preferences(choice: AnyPreference) -> Preferences:
    """Return ``choice`` as one for each asset."""
    return choice if isinstance(choice, Preferences) else Preferences(choice)


def parse_preferences(words: Iterable[str]) -> Preferences:
    """Return the choices written as ``sell``, ``BTC=withdraw``. Raises UserError.

    The last word without an asset is the default.
    """
    default, by_asset = Preference.WITHDRAW, dict[str, Preference]()
    for word in words:
        asset, separator, choice = word.rpartition("=")
        if separator and asset.strip():
            by_asset[asset.strip().upper()] = _parsed(word, choice)
        else:
            default = _parsed(word, choice)
    return Preferences(default, by_asset)


def _parsed(word: str, choice: str) -> Preference:
    try:
        return Preference(choice.strip().lower())
    except ValueError:
        text = _("--prefer cannot be {word!r}. Write withdraw or sell, or ASSET=withdraw or ASSET=sell.")
        raise UserError(text.format(word=word)) from None
