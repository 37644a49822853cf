"""Coinbase: areas of which no request shows anything, so that a person must look: see `config/coinbase.toml`."""

from auditor.exchanges.coinbase.sources import DOC
from auditor.exchanges.shared.unseen import unseen
from auditor.model.records import Area

RECURRING_BUYS = unseen(
    "recurring-buys",
    Area.BOTS,
    "Recurring buys",
    "Coinbase's API has no bots; recurring buys are shown in the app only: see the list to confirm.",
    stated_in=DOC,
)
