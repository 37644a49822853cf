"""Bans of an address by an exchange (HTTP 418): they outlive the process that was banned.

Each is a claim that nobody gives back: it ends with the ban, by the database's clock.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, delete, func, select

from auditor.history import claims
from auditor.history import schema as t
from auditor.history.dialect import read_clock

HOLDER = "="
LONGEST = timedelta(days=3)
"""Binance's longest ban (limits page, 2026): an answer that names a later end must not outlast every worker."""
C = t.claims.c


def note_bans(connection: Connection, egress: str, bans: Mapping[str, float]) -> None:
    """Note until when an egress asks nothing: seconds from now, by origin."""
    for origin, seconds in sorted(bans.items()):
        lasts = min(timedelta(seconds=seconds), LONGEST)
        claims.take(connection, [("fleet", "", f"ban/{egress}/{origin}")], HOLDER, lasts)


def find_bans(connection: Connection, egress: str) -> Mapping[str, float]:
    """Return the bans of an egress that last, seconds from now by origin, and forget those that are over."""
    now, prefix = read_clock(connection), f"fleet//ban/{egress}/"
    # Not LIKE, to which upper and lower case are the same in SQLite.
    own = (C.holder == HOLDER, func.substr(C.family, 1, len(prefix)) == prefix)
    connection.execute(delete(t.claims).where(*own, C.expires_at <= now))
    found = connection.execute(select(C.family, C.expires_at).where(*own)).all()
    return {row.family.removeprefix(prefix): (row.expires_at - now).total_seconds() for row in found}
