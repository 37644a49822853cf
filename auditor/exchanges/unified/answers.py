"""Find the rows of an answer, and check that ccxt's result has every one of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from json import dumps
from typing import Any

from auditor.i18n import _
from auditor.spec.fields import MalformedError

# Each item of a list; each item of a list that is never empty; each value of an object, with its key.
EACH, SOME, KEYED = "*", "+", "{}"
# A list that is null when it is empty.
MAYBE = "?"
# The place itself is the one row.
ITSELF = "@"
Row = tuple[str | None, Any]


def rows_at(body: object, path: str, doubts: list[MalformedError] | None = None) -> list[Row]:
    """Return the rows at ``path``, each with its key if it has one.

    Raises MalformedError when ``path`` does not exist; with a list of ``doubts`` it adds the error of one place of
    several to them, so that the others are still reported.
    """
    places: list[Row] = [(None, body)]
    for part in path.split(".") if path else ():
        if part == ITSELF:
            return _from_each(places, lambda place: [_object(place)], doubts)
        places = _from_each(places, lambda place, part=part: _step(place[1], part), doubts)  # type: ignore[misc]
    return places if path.endswith(KEYED) else _from_each(places, lambda place: _members(place[1]), doubts)


def _from_each(
    places: Sequence[Row], rows: Callable[[Row], Iterable[Row]], doubts: list[MalformedError] | None
) -> list[Row]:
    """Return the rows of all places. Raises MalformedError for an odd one that is the only one."""
    found: list[Row] = []
    for place in places:
        try:
            found += rows(place)
        except MalformedError as error:
            if doubts is None or len(places) == 1:
                raise
            doubts.append(error)
    return found


def value_at(row: object, path: str) -> object:
    """Return the value at ``path`` within one row, None where there is none."""
    for part in path.split("."):
        if isinstance(row, list) and part.isdigit() and int(part) < len(row):
            row = row[int(part)]
        else:
            row = row.get(part) if isinstance(row, dict) else None
    return row


class ShownRows:
    """ccxt's parsed rows of one answer. Of rows that are alike each has its own."""

    def __init__(self, shown: Any) -> None:
        """Index the parsed rows by the raw row that ccxt keeps in them."""
        self._shown: Sequence[Mapping[str, Any]] = shown if isinstance(shown, list) else ()
        self._places: dict[str, list[int]] = {}
        for at, item in enumerate(self._shown):
            self._places.setdefault(_json_key(item.get("info")), []).append(at)
        self._used: set[int] = set()

    def parsed(self, raw: object, key: str | None = None) -> Mapping[str, Any]:
        """Return the parsed row of a raw row: the one with the id ``key``, else the first that was not returned yet.

        Raises MalformedError where ccxt shows none.
        """
        alike = self._places.get(_json_key(raw)) or self._changed(raw)
        own = [at for at in alike if key is not None and self._shown[at].get("id") == key]
        left = [at for at in alike if at not in self._used]
        if not alike:
            raise MalformedError(_("ccxt does not show one of the rows that the exchange gave"))
        at = (own or left or alike)[0]
        self._used.add(at)
        return self._shown[at]

    def _changed(self, raw: object) -> list[int]:
        """Return the places of the parsed rows of a raw row to which ccxt added fields."""
        infos = ((at, item.get("info")) for at, item in enumerate(self._shown))
        return [at for at, info in infos if _is_extended(raw, info)]


def _step(place: object, part: str) -> Iterator[Row]:
    name = part.removesuffix(MAYBE)
    if name in {EACH, SOME}:
        yield from _members(place, least=int(name == SOME))
    elif name == KEYED:
        yield from _object((None, place))[1].items()
    elif isinstance(place, dict) and place.get(name) is not None:
        yield (name, place[name])
    elif not (part.endswith(MAYBE) and isinstance(place, dict) and name in place):
        raise MalformedError(_("{name} is missing").format(name=name))


def _object(place: Row) -> Row:
    if not isinstance(place[1], dict):
        raise MalformedError(_("there is no object where the row should be"))
    return place


def _members(place: object, least: int = 0) -> Iterator[Row]:
    if not isinstance(place, list) or len(place) < least:
        raise MalformedError(_("there is no list where the rows should be"))
    yield from ((None, member) for member in place)


def _is_extended(raw: object, info: object) -> bool:
    if not (isinstance(raw, dict) and raw and isinstance(info, dict)):
        return False
    return raw.items() <= _common_fields(info, raw).items()


def _common_fields(info: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: info[name] for name in raw if name in info}


def _json_key(value: object) -> str:
    return dumps(value, sort_keys=True, default=str)
