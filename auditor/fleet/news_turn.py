"""The turn to send a fleet's news: one program at a time has it, and not too often.

The turn is a claim. That of a program that was killed while sending expires, and the next program sends the same again:
each thing is sent at least once, and by two programs only where the first was killed between sending and noting.
"""

from datetime import timedelta

from sqlalchemy import Connection, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from auditor.history import schema as t
from auditor.history.dialect import read_clock

C = t.claims.c
NO_FAMILY = "fleet//"
"""Beginning of the keys of claims that are no family's, since one names an environment."""
TURN = f"{NO_FAMILY}news"
"""The key of the claim."""
RESTS = "-"
"""Holder of the turn between two digests."""
LASTS = timedelta(minutes=5)
"""Time after which the turn of a program that was killed is free."""
REST = timedelta(minutes=5)
"""Shortest time between two digests of workers: news of a moment are one message."""


def take_turn(connection: Connection, holder: str, *, at_once: bool) -> bool:
    """Take the turn if it is free; ``at_once``: also during the rest after a digest."""
    now = read_clock(connection)
    own = {"holder": holder, "expires_at": now + LASTS}
    free = or_(C.expires_at < now, C.holder == holder, *([C.holder == RESTS] if at_once else []))
    if connection.execute(update(t.claims).where(C.family == TURN, free).values(own)).rowcount:
        return True
    if connection.execute(select(C.family).where(C.family == TURN)).first() is not None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(insert(t.claims).values(family=TURN, **own))
    except IntegrityError:  # another program was quicker by a moment
        return False
    return True


def end_turn(connection: Connection, holder: str) -> bool:
    """Let the turn rest; return False if it was lost."""
    rest = {"holder": RESTS, "expires_at": read_clock(connection) + REST}
    own = (C.family == TURN, C.holder == holder)
    return connection.execute(update(t.claims).where(*own).values(rest)).rowcount > 0
