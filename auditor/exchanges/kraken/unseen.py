"""Kraken: areas of which no request shows anything, so that a person must look: see `config/kraken.toml`."""

from auditor.exchanges.kraken.sources import DOC
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
