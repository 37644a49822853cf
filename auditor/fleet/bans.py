"""Bans of an address by an exchange (HTTP 418): they outlive the process that was banned.

Each is a claim that nobody gives back: it ends with the ban, by the database's clock.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, delete, select

from auditor.history import claims
from auditor.history import schema as t
from auditor.history.dialect import read_clock

HOLDER = "="
C = t.claims.c


def note_bans(connection: Connection, egress: str, bans: Mapping[str, float]) -> None:
    """Note until when an egress asks nothing: seconds from now, by origin."""
    for origin, seconds in sorted(bans.items()):
        claims.take(connection, [("fleet", "", f"ban/{egress}/{origin}")], HOLDER, timedelta(seconds=seconds))


def find_bans(connection: Connection, egress: str) -> Mapping[str, float]:
    """Return the bans of an egress that last, seconds from now by origin, and forget those that are over."""
    now, prefix = read_clock(connection), f"fleet//ban/{egress}/"
    own = (C.holder == HOLDER, C.family.startswith(prefix, autoescape=True))
    connection.execute(delete(t.claims).where(*own, C.expires_at <= now))
    found = connection.execute(select(C.family, C.expires_at).where(*own)).all()
    return {row.family.removeprefix(prefix): (row.expires_at - now).total_seconds() for row in found}
