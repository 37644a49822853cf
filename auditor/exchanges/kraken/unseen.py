"""Kraken: areas of which no request shows anything, so that a person must look: see `config/kraken.toml`."""

from functools import partial

from auditor.exchanges.kraken.sources import DOC
from auditor.exchanges.shared.unseen import unseen
from auditor.model.records import Area

_unseen = partial(unseen, stated_in=DOC)
UNSEEN = (
    _unseen(
        "bots",
        Area.BOTS,
        "Bots and recurring buys",
        "Kraken's API has no bots; recurring buys and custom orders are in the app only: see the list to confirm.",
    ),
    _unseen(
        "subaccounts",
        Area.SUBACCOUNTS,
        "Sub-accounts",
        "Kraken's API has no list of sub-accounts, which only institutions have: see the list to confirm.",
    ),
)
