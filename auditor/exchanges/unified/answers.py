"""Where the rows of an answer lie, and whether ccxt has shown every one of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps
from typing import Any

from auditor.i18n import _
from auditor.spec.fields import Malformed

# Each member of a list; each of one that is never empty; each value of an object, with its key.
EACH, SOME, KEYED = "*", "+", "{}"
# A list that is null when it is empty.
MAYBE = "?"
# The place itself is the one row.
ITSELF = "@"
Row = tuple[str | None, Any]


def rows_at(body: object, path: str) -> list[Row]:
    """The rows at ``path``, each with its key where it lies under one. Raises Malformed when there is no such place."""
    places: list[Row] = [(None, body)]
    for part in path.split(".") if path else ():
        if part == ITSELF:
            return [_object(place) for place in places]
        places = [found for _key, place in places for found in _step(place, part)]
    keyed = path.endswith(KEYED)
    return places if keyed else [row for _key, place in places for row in _members(place)]


def dig(row: object, path: str) -> object:
    """The value at ``path`` within one row, None where there is none."""
    for part in path.split("."):
        if isinstance(row, list) and part.isdigit() and int(part) < len(row):
            row = row[int(part)]
        else:
            row = row.get(part) if isinstance(row, dict) else None
    return row


def paired(rows: Sequence[Row], shown: Sequence[Mapping[str, Any]]) -> list[tuple[Any, Mapping[str, Any]]]:
    """Each raw row beside what ccxt made of it. Raises Malformed when one is missing on either side."""
    if len(rows) != len(shown):
        raise Malformed(
            _("the exchange gave {count} rows, and ccxt shows {shown} of them").format(
                count=len(rows), shown=len(shown)
            )
        )
    by_info = {_same(item.get("info")): item for item in shown}
    return [(raw, by_info.get(_same(raw)) or _showing(raw, shown)) for _key, raw in rows]


def _step(place: object, part: str) -> Iterator[Row]:
    name = part.removesuffix(MAYBE)
    if name in {EACH, SOME}:
        yield from _members(place, least=int(name == SOME))
    elif name == KEYED:
        yield from _object((None, place))[1].items()
    elif isinstance(place, dict) and place.get(name) is not None:
        yield (name, place[name])
    elif not (part.endswith(MAYBE) and isinstance(place, dict) and name in place):
        raise Malformed(_("{name} is missing").format(name=name))


def _object(place: Row) -> Row:
    if not isinstance(place[1], dict):
        raise Malformed(_("there is no object where the row should be"))
    return place


def _members(place: object, least: int = 0) -> Iterator[Row]:
    if not isinstance(place, list) or len(place) < least:
        raise Malformed(_("there is no list where the rows should be"))
    yield from ((None, member) for member in place)


def _showing(raw: object, shown: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What ccxt made of a row to which it added fields of its own."""
    for item in shown:
        info = item.get("info")
        if isinstance(raw, dict) and isinstance(info, dict) and raw.items() <= _plain(info, raw).items():
            return item
    raise Malformed(_("ccxt does not show one of the rows that the exchange gave"))


def _plain(info: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: info[name] for name in raw if name in info}


def _same(value: object) -> str:
    return dumps(value, sort_keys=True, default=str)
