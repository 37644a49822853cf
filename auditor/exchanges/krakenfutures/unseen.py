"""Kraken Futures: areas that it has nothing in, or of which no request shows anything."""

from auditor.exchanges.krakenfutures.sources import DOC
from auditor.exchanges.shared.plans import Readings
from auditor.model.records import Area
from auditor.spec.reader import Scope
from auditor.spec.surface import RequestPlan, Surface


def no_request(_readings: Readings) -> list[Scope]:
    """Plan no request."""
    return []


def _unseen(surface: str, area: Area, title: str, nothing: str) -> Surface:
    return Surface(
        id=surface,
        area=area,
        title=title,
        endpoint=None,
        plan=RequestPlan(after=(), scopes=no_request, nothing=nothing),
        value=False,
        stated_in=DOC,
    )


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
