"""Plans: the requests of a surface that depends on others."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from auditor.model.records import Record
from auditor.model.reference_data import Valuation
from auditor.model.snapshot import Reading, Unread, seen_records
from auditor.spec.reader import Scope
from auditor.spec.surface import RequestPlan, Surface

Readings = Mapping[str, Sequence[Reading]]


def is_unread(readings: Readings) -> bool:
    """Return whether any of these surfaces is Unread."""
    return any(isinstance(reading.result, Unread) for group in readings.values() for reading in group)


def records_in(readings: Readings, *surfaces: str) -> Iterator[Record]:
    """Yield what these surfaces showed, read to their end or not; of all of them when none is named."""
    for surface in surfaces or tuple(readings):
        for reading in readings.get(surface, ()):
            yield from seen_records(reading.result)


def when_any(applies: Callable[[Record], bool]) -> Callable[[Readings], Sequence[Scope]]:
    """Plan one request when ``applies`` to any record of the earlier surfaces."""
    return lambda readings: [Scope()] if any(map(applies, records_in(readings))) else []


def when_anything_is_left(surfaces: Iterable[Surface]) -> RequestPlan:
    """Plan one request when any of these surfaces shows something: what markets and networks are asked for."""
    return RequestPlan(after=tuple(surface.id for surface in surfaces), scopes=when_any(_is_left))


def _is_left(record: Record) -> bool:
    return bool(record.amount) if isinstance(record, Valuation) else record.holds


def for_each(scopes: Callable[[Record], Sequence[Scope]]) -> Callable[[Readings], Sequence[Scope] | None]:
    """Plan requests for each record of the earlier surfaces.

    None when one of those was not read.
    """

    def plan(readings: Readings) -> Sequence[Scope] | None:
        return None if is_unread(readings) else [scope for record in records_in(readings) for scope in scopes(record)]

    return plan
