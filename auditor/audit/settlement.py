"""Doubts that another place settles: what it shows was read to its end there."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from auditor.model.snapshot import Doubt, Read, Reading, Standing, Trouble, Unread, read_with_doubts


def settle_doubts(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Return the readings of one account, without doubts that its other surfaces settle."""
    known = _read_to_the_end(readings)
    return tuple(_settled(reading, known) for reading in readings)


def _read_to_the_end(readings: Iterable[Reading]) -> set[tuple[str, str | None]]:
    """Return surface and owner of each surface whose every reading is Read."""
    by_place: dict[tuple[str, str | None], bool] = {}
    for reading in readings:
        place = (reading.surface, reading.owner)
        by_place[place] = by_place.get(place, True) and isinstance(reading.result, Read)
    return {place for place, whole in by_place.items() if whole}


def _settled(reading: Reading, known: set[tuple[str, str | None]]) -> Reading:
    result = reading.result
    if not isinstance(result, Unread) or result.at is None or not result.doubts:
        return reading
    left = [doubt for doubt in result.doubts if not _is_settled(doubt, reading.owner, known)]
    if len(left) == len(result.doubts):
        return reading
    return replace(reading, result=read_with_doubts(result.records, result.rows, result.at, left))


def _is_settled(doubt: Doubt, owner: str | None, known: set[tuple[str, str | None]]) -> bool:
    return bool(doubt.settled_by) and all((surface, owner) in known for surface in doubt.settled_by)


def settle_status(status: Reading, concerned: Collection[Reading]) -> Reading:
    """Return the reading of what is under maintenance, which a person checks where nothing else is left of it.

    A region that a service does not serve hears nothing of its maintenance either; each place of it (``concerned``) is
    checked by eye already.
    """
    is_region = isinstance(status.result, Unread) and status.result.trouble is Trouble.REGION
    reasons = {place.by_eye for place in concerned}
    if not is_region or not reasons or "" in reasons:
        return status
    return replace(status, standing=Standing.UNDOCUMENTED, by_eye=min(reasons))
