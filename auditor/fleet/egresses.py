"""The egresses of a fleet: one process at a time has each, and says that it lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

from auditor.history import schema as t

HOUR = timedelta(hours=1)
KEPT = timedelta(days=30)
"""Time for which the figures of an hour are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """One egress: the process that has it, its last sign of life, and its figures of the last 60 minutes or more.

    ``ended_at``: when its process ended as it should, None while it works or if it was killed; ``passes`` and
    ``limited`` (answers that asked for fewer requests) are those since ``since``, the beginning of an hour.
    """

    name: str
    host: str
    process: int
    started_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    since: datetime
    passes: int
    limited: int


def find_egresses(connection: Connection, now: datetime) -> tuple[Egress, ...]:
    """Return all egresses, by name, with their figures of this hour and the one before."""
    h, since = t.egress_hours.c, _hour(now) - HOUR
    sums = select(h.egress, func.sum(h.passes), func.sum(h.limited)).where(h.hour >= since).group_by(h.egress)
    figures = {name: (int(passes), int(limited)) for name, passes, limited in connection.execute(sums)}
    rows = connection.execute(select(t.egresses).order_by(t.egresses.c.name)).all()
    return tuple(
        Egress(**row._mapping, since=since, passes=passes, limited=limited)  # noqa: SLF001 - SQLAlchemy's public name
        for row in rows
        for passes, limited in [figures.get(row.name, (0, 0))]
    )


def begin(connection: Connection, name: str, host: str, process: int, now: datetime) -> None:
    """Note which process has an egress."""
    own = {"host": host, "process": process, "started_at": now, "seen_at": now, "ended_at": None}
    if not connection.execute(update(t.egresses).where(t.egresses.c.name == name).values(own)).rowcount:
        connection.execute(insert(t.egresses).values(name=name, **own))


def note_life(connection: Connection, name: str, now: datetime) -> None:
    """Note that the process of an egress lives."""
    connection.execute(update(t.egresses).where(t.egresses.c.name == name).values(seen_at=now))


def end(connection: Connection, name: str, now: datetime) -> None:
    """Note that the process of an egress ended as it should."""
    connection.execute(update(t.egresses).where(t.egresses.c.name == name).values(seen_at=now, ended_at=now))


def count(connection: Connection, name: str, now: datetime, passes: int, limited: int) -> None:
    """Add to the figures of this hour, and forget those of long ago."""
    h, hour = t.egress_hours.c, _hour(now)
    more = {"passes": h.passes + passes, "limited": h.limited + limited}
    if not connection.execute(update(t.egress_hours).where(h.egress == name, h.hour == hour).values(more)).rowcount:
        connection.execute(insert(t.egress_hours).values(egress=name, hour=hour, passes=passes, limited=limited))
        connection.execute(delete(t.egress_hours).where(h.hour < hour - KEPT))


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
