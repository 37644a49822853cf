"""How long the exchange's limits let an archive take at least, before anything is asked."""

from collections import defaultdict
from datetime import datetime, timedelta
from math import ceil

from auditor.spec.history import History
from auditor.spec.paged_list import PagedList


def least_seconds(history: History, now: datetime) -> float:
    """Return the seconds that the slowest limit takes for the first page of each list, window and value.

    Limits are kept side by side. Lists that have more pages take longer.
    """
    seconds: defaultdict[str, float] = defaultdict(float)
    for paged in (*history.ledgers, *history.seconds, *history.changes):
        limit = paged.endpoint.limit
        each = limit.seconds * limit.cost / limit.requests
        seconds[limit.pool or paged.endpoint.name] += each * requests(paged, now)
    return max(seconds.values(), default=0.0)


def requests(paged: PagedList, now: datetime) -> int:
    """Return the number of time windows and values of a list; 1 for one without."""
    windows, partition = paged.endpoint.windows, paged.partition
    values = 1 if partition is None else max(len(partition.values), partition.about, 1)
    if windows is None:
        return values
    back = paged.endpoint.queries[-1].back
    first = windows.first if back is None else max(windows.first, now - back)
    return values * max(ceil((now - first) / max(windows.span, timedelta(seconds=1))), 1)
