"""Areas of an exchange of which no request shows anything."""

from auditor.exchanges.shared.plans import Readings
from auditor.model.records import Area
from auditor.spec.reader import Scope
from auditor.spec.surface import RequestPlan, Surface


def no_request(_readings: Readings) -> list[Scope]:
    """Plan no request."""
    return []


def unseen(surface: str, area: Area, title: str, nothing: str, *, stated_in: str) -> Surface:
    """Return an area that is not asked for. ``nothing``: why."""
    plan = RequestPlan(after=(), scopes=no_request, nothing=nothing)
    return Surface(id=surface, area=area, title=title, endpoint=None, plan=plan, value=False, stated_in=stated_in)
