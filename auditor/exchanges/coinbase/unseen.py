"""Coinbase: areas of which no request shows anything, so that a person must look: see `config/coinbase.toml`."""

from auditor.exchanges.coinbase.sources import DOC
from auditor.exchanges.shared.plans import Readings
from auditor.model.records import Area
from auditor.spec.reader import Scope
from auditor.spec.surface import RequestPlan, Surface


def no_request(_readings: Readings) -> list[Scope]:
    """Plan no request."""
    return []


RECURRING_BUYS = Surface(
    id="recurring-buys",
    area=Area.BOTS,
    title="Recurring buys",
    endpoint=None,
    plan=RequestPlan(
        after=(),
        scopes=no_request,
        nothing="Coinbase's API has no bots; recurring buys are shown in the app only: see the list to confirm.",
    ),
    value=False,
    stated_in=DOC,
)
