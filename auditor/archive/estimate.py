"""How fast the exchange's limits let the pages of a list be read."""

from auditor.spec.endpoint import Limit
from auditor.spec.paged_list import PagedList


def seconds_of_request(limit: Limit) -> float:
    """Return the seconds between two requests that a limit allows."""
    return limit.seconds * limit.cost / limit.requests


def pool_of(paged: PagedList) -> str:
    """Return the name of the limit that a list shares with others, or of its own."""
    return paged.endpoint.limit.pool or paged.endpoint.name
