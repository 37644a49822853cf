"""Which rows of statements are changes that the API gave too: by wallet, coin, amount, and time as far as both tell it.

A trade's rows are of the same second. Of other changes the API may tell when they were asked for and the statement when
they were credited, and a statement may add several up (both reported by users, 2023): those of one amount within a day
are the same, and so are those of one day that come to the same.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from auditor.archive.imports.statement_store import State, StatementStore
from auditor.model.amounts import total

NEAR, DAY = 2, 86_400
"""Seconds by which the API's clock and the statement's may differ, and between a request and its credit."""
SLOW = "kind NOT IN ('trade', 'fee', 'transfer')"
PERHAPS = "perhaps <> ''", "wallet IN (SELECT wallet FROM api UNION SELECT perhaps FROM api)"
API, FILE = 0, 1
_BOTH = """
SELECT 0, id, second, wallet, asset, amount FROM api WHERE state = '' AND {api}
UNION ALL
SELECT 1, id, second, wallet, asset, amount FROM row WHERE state = '' AND {row}
ORDER BY asset, {order}
"""
_PAIRED = """
UPDATE row SET state = :state, ledger = (SELECT entry FROM api WHERE api.id = (SELECT api FROM pair WHERE row = row.id))
WHERE id IN (SELECT row FROM pair);
UPDATE api SET state = :state, moved = (SELECT wallet FROM row WHERE row.id = (SELECT row FROM pair WHERE api = api.id))
WHERE id IN (SELECT api FROM pair)
"""
_ALONE = """
SELECT min(id) AS id, second, wallet, asset, kind, amount LIKE '-%' AS is_out FROM {table} WHERE state = ''
GROUP BY second, wallet, asset, kind, is_out HAVING count(*) = 1
"""
_CONTRADICTIONS = (
    f"INSERT INTO pair SELECT r.id, a.id FROM ({_ALONE.format(table='row')}) AS r "  # noqa: S608
    f"JOIN ({_ALONE.format(table='api')}) AS a USING (second, wallet, asset, kind, is_out)"
)


class _Change(NamedTuple):
    """A change of either side that is not matched yet."""

    side: int
    id: int
    second: int
    wallet: str
    asset: str
    amount: str


def match(store: StatementStore) -> None:
    """Mark rows that are the API's, and its changes that are in a statement; at last what contradicts."""
    store.database.execute("CREATE TEMP TABLE pair (row INTEGER PRIMARY KEY, api INTEGER UNIQUE)")
    for seconds in (0, NEAR):
        _pair(store, seconds)
        _pair(store, seconds, *PERHAPS, by="amount")
    _add_up(store, _near)
    _pair(store, DAY, SLOW, SLOW)
    _pair(store, DAY, f"{SLOW} AND {PERHAPS[0]}", f"{SLOW} AND {PERHAPS[1]}", by="amount")
    _add_up(store, _day, SLOW)
    store.database.execute(_CONTRADICTIONS)
    _take_pairs(store, State.CONTRADICTED)


def _pair(store: StatementStore, seconds: int, api: str = "1", row: str = "1", *, by: str = "amount, wallet") -> None:
    """Pair changes of one amount of which the times differ by no more, the oldest first."""
    query = _BOTH.format(api=api, row=row, order=f"{by}, second")
    key: Callable[[_Change], Hashable] = (
        (lambda one: (one.asset, one.amount, one.wallet)) if "wallet" in by else (lambda one: (one.asset, one.amount))
    )
    pairs = (pair for _key, changes in groupby(_changes(store, query), key) for pair in _paired(changes, seconds))
    store.database.executemany("INSERT INTO pair VALUES (?, ?)", pairs)
    _take_pairs(store, State.API)


def _paired(changes: Iterator[_Change], seconds: int) -> Iterator[tuple[int, int]]:
    """Yield row and change of the API of each pair. Only of one side some wait."""
    waiting: deque[_Change] = deque()
    for one in changes:
        while waiting and one.second - waiting[0].second > seconds:
            waiting.popleft()
        if waiting and waiting[0].side != one.side:
            other = waiting.popleft()
            yield (one.id, other.id) if one.side == FILE else (other.id, one.id)
        else:
            waiting.append(one)


def _add_up(store: StatementStore, is_apart: Callable[[_Change, _Change], bool], which: str = "1") -> None:
    """Mark what comes to the same on both sides, of changes that are not ``is_apart`` from the one before."""
    query = _BOTH.format(api=which, row=which, order="wallet, second")
    for table, side in (("api", API), ("row", FILE)):
        store.database.execute(f"CREATE TEMP TABLE summed_{table} (id INTEGER PRIMARY KEY)")
        ids = ((one.id,) for group in _groups(store, query, is_apart) for one in group if one.side == side)
        store.database.executemany(f"INSERT INTO summed_{table} VALUES (?)", ids)  # noqa: S608
    for table in ("api", "row"):
        store.database.execute(
            f"UPDATE {table} SET state = ? WHERE id IN (SELECT id FROM summed_{table})",  # noqa: S608
            (State.SUM.value,),
        )
        store.database.execute(f"DROP TABLE summed_{table}")


def _groups(store: StatementStore, query: str, is_apart: Callable[[_Change, _Change], bool]) -> Iterator[list[_Change]]:
    """Yield neighbouring changes that come to the same on both sides."""
    group: list[_Change] = []
    for one in _changes(store, query):
        if group and ((one.asset, one.wallet) != (group[-1].asset, group[-1].wallet) or is_apart(group[-1], one)):
            yield from [group] if _is_balanced(group) else []
            group = []
        group.append(one)
    yield from [group] if group and _is_balanced(group) else []


def _is_balanced(group: list[_Change]) -> bool:
    sides = [[Decimal(one.amount) for one in group if one.side == side] for side in (API, FILE)]
    return all(sides) and total(sides[API]) == total(sides[FILE])


def _near(before: _Change, one: _Change) -> bool:
    return one.second - before.second > NEAR


def _day(before: _Change, one: _Change) -> bool:
    return one.second // DAY != before.second // DAY


def _changes(store: StatementStore, query: str) -> Iterator[_Change]:
    return map(_Change._make, store.database.execute(query))


def _take_pairs(store: StatementStore, state: State) -> None:
    for statement in _PAIRED.split(";"):
        store.database.execute(statement, {"state": state.value})
    store.database.execute("DELETE FROM pair")


def hours_ahead(store: StatementStore, file: int, unzoned: str) -> tuple[float, int]:
    """Return by how many hours a file's times are before the API's, and how many of its rows say so; 0 where none do.

    Rows of an amount that comes once on each side are compared: a zone is a multiple of a quarter of an hour.
    ``unzoned``: the kind of changes whose times the API writes without a zone, so that they say nothing; "" for none.
    """
    counts: dict[int, int] = {}
    for ahead, count in store.counted(_AHEAD, file, unzoned, FURTHEST, FURTHEST):
        quarters = round(int(str(ahead)) / QUARTER_OF_AN_HOUR)
        if abs(int(str(ahead)) - quarters * QUARTER_OF_AN_HOUR) <= NEAR:
            counts[quarters] = counts.get(quarters, 0) + int(str(count))
    best = max(counts, key=lambda one: (counts[one], one == 0), default=0)
    return (best / 4, counts[best]) if counts.get(best, 0) >= FEWEST else (0, 0)


QUARTER_OF_AN_HOUR, FURTHEST = 900, 14 * 3600
"""Seconds."""
FEWEST = 2
"""Rows that show a zone: one may have been credited a quarter of an hour after it was asked for."""
_ONCE = "SELECT second, asset, amount FROM {table} WHERE {which} GROUP BY asset, amount HAVING count(*) = 1"
_AHEAD = """
SELECT a.second - r.second AS ahead, count(*) FROM ({row}) AS r JOIN ({api}) AS a USING (asset, amount)
WHERE a.second - r.second BETWEEN -? AND ? GROUP BY ahead
""".format(row=_ONCE.format(table="row", which="file = ?"), api=_ONCE.format(table="api", which="kind <> ?"))
