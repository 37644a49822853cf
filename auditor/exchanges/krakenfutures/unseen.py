"""Kraken Futures: areas that it has nothing in, or of which no request shows anything."""

from functools import partial

from auditor.exchanges.krakenfutures.sources import DOC
from auditor.exchanges.shared.unseen import unseen
from auditor.model.records import Area

_unseen = partial(unseen, stated_in=DOC)
UNSEEN = (
    _unseen("earn", Area.EARN, "Earn", "Kraken Futures has no Earn."),
    _unseen("debts", Area.DEBTS, "Debts", "What is owed at Kraken Futures is a balance below zero in its wallets."),
    _unseen(
        "flows",
        Area.FLOWS,
        "Transfers under way",
        "What leaves Kraken Futures arrives in the spot wallet, whose own audit shows it; no request lists it here.",
    ),
)
