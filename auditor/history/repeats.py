"""Passes that repeat the one before: an account that waits for weeks is read a hundred times with the same result.

Such a pass keeps its counts and not its content. The first pass of an account, its last, and each in which something
changed stay whole.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, exists, func, select, update

from auditor.history import schema as t

REPEATED = b""
"""The content of a pass that repeats the one before."""
Counts = Mapping[int, tuple[str, int, int]]
"""Verdict, blockers and unread surfaces by account."""
# Statements are built once: to build one takes three times as long as to ask it.
_DROPPED = update(t.passes).where(t.passes.c.id == bindparam("number")).values(content=REPEATED)
_CHANGED = select(exists().where(t.transitions.c.pass_id == bindparam("number")))
_r = t.results.c
_counted = select(_r.account_id, _r.verdict, _r.blockers, _r.unread)
_COUNTS = _counted.where(_r.pass_id.in_(bindparam("numbers", expanding=True)))


def drop_repeated(connection: Connection, numbers: Iterable[int]) -> None:
    """Drop the content of those passes of a watch that repeat the one before and are no account's last."""
    for number in sorted(set(numbers)):
        if _repeats(connection, number):
            connection.execute(_DROPPED, {"number": number})


def repeated_pass(connection: Connection, number: int) -> int | None:
    """Return the number of the whole pass that a pass without content repeats; None if it was deleted since."""
    r, other = t.results.c, t.results.alias().c
    accounts = select(other.account_id).where(other.pass_id == number)
    earlier = select(func.max(r.pass_id)).join_from(t.results, t.passes)
    whole = earlier.where(r.account_id.in_(accounts), r.pass_id < number, func.length(t.passes.c.content) > 0)
    found: int | None = connection.execute(whole).scalar()
    return found


def _repeats(connection: Connection, number: int) -> bool:
    if connection.execute(_CHANGED, {"number": number}).scalar():
        return False
    now = _counts(connection, [number])
    before, after = (_neighbours(connection, number, later=later) for later in (False, True))
    if not (now.keys() == before.keys() == after.keys()):
        return False  # it is the first of one of its accounts, or the last
    return all(_counts(connection, [before[account]])[account] == counts for account, counts in now.items())


def _neighbours(connection: Connection, number: int, *, later: bool) -> Mapping[int, int]:
    """Return the numbers of the passes of a watch before or after ``number``, by account of that one."""
    found = connection.execute(_neighbours_query(later), {"number": number})
    return {row.account_id: row.nearest for row in found}


@cache
def _neighbours_query(later: bool) -> Select[Any]:
    r, other = t.results.c, t.results.alias().c
    number: BindParameter[int] = bindparam("number")
    accounts = select(other.account_id).where(other.pass_id == number)
    nearest = func.min(r.pass_id) if later else func.max(r.pass_id)
    side = r.pass_id > number if later else r.pass_id < number
    query = select(r.account_id, nearest.label("nearest")).join_from(t.results, t.passes)
    return query.where(t.passes.c.command.is_(None), r.account_id.in_(accounts), side).group_by(r.account_id)


def _counts(connection: Connection, numbers: Sequence[int]) -> Counts:
    found = connection.execute(_COUNTS, {"numbers": numbers})
    return {row.account_id: (row.verdict, row.blockers, row.unread) for row in found}
