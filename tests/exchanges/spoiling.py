"""Faults of one strict field in one row, for every field that a reader declares."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from auditor.spec.blanks import AccountSetup
from auditor.spec.endpoint import Endpoint
from auditor.spec.fields import Field, Kind, MalformedError

DROP = object()
FULL_WIDTH = "\uff11\uff12"
Spoil = Callable[[object], object]


def _negative(value: object) -> object:
    figure = str(value)
    return f"-{figure}" if figure.strip("0.-") and not figure.startswith("-") else "-1"


BROKEN: Mapping[str, Spoil] = {
    "field of another type": lambda value: {"was": value},
    "field is true": lambda _value: True,
}
NO_NUMBER: Mapping[str, Spoil] = {
    "NaN": lambda _value: "NaN",
    "1e999": lambda _value: "1e999",
    "full-width digits": lambda _value: FULL_WIDTH,
}
BLANK: Mapping[str, Spoil] = {
    "field blank": lambda _value: "",
    "field null": lambda _value: None,
    "field dropped": lambda _value: DROP,
}
OTHER_AMOUNT: Mapping[str, Spoil] = {
    "negative": _negative,
    "number with 40 digits": lambda _value: "9" * 40,
    "number with 40 decimals": lambda _value: f"0.{'0' * 39}1",
}
UNKNOWN_STATE: Mapping[str, Spoil] = {
    "unknown state": lambda _value: "to be defined",
    "state in full-width digits": lambda _value: FULL_WIDTH,
    "state with a blank behind it": lambda value: f"{value} ",
}
STATES = ("state", "status")


@dataclass(frozen=True)
class StrictField:
    """A strict field: its path from the row (``details``, ``funding``), and what it is."""

    path: tuple[str, ...]
    field: Field

    @property
    def name(self) -> str:
        return ".".join(self.path)


def strict_fields(fields: Sequence[Field], above: tuple[str, ...] = ()) -> Iterator[StrictField]:
    """Every strict field of a row and of its lists' rows."""
    for field in fields:
        yield StrictField((*above, field.name), field)
        yield from strict_fields(field.of, (*above, field.name))


def breaking(strict: StrictField) -> Mapping[str, Spoil]:
    """What makes the field something that nobody can read."""
    field = strict.field
    broken = dict(BROKEN) if field.kind is not Kind.FLAG else {k: v for k, v in BROKEN.items() if "true" not in k}
    return {**broken, **(NO_NUMBER if field.kind in {Kind.AMOUNT, Kind.TIME} else {})}


def changing(strict: StrictField) -> Mapping[str, Spoil]:
    """What makes the field say something else, which can be read."""
    if strict.field.kind is Kind.AMOUNT:
        return OTHER_AMOUNT
    return UNKNOWN_STATE if strict.path[-1].lower().endswith(STATES) else {}


def blank_is_normal(strict: StrictField, row: Mapping[str, Any], setup: AccountSetup, fault: str) -> bool:
    """Whether the table says that this row holds nothing in a field that is blank, null or missing."""
    field = strict.field
    if field.proved_blank(row, setup) or (fault == "field dropped" and not field.required):
        return True
    may_be_blank = fault == "field blank" and field.kind in {Kind.AMOUNT, Kind.TEXT, Kind.TIME}
    return may_be_blank and field.blank(row, setup)


def rows_of(endpoint: Endpoint, data: Any) -> list[dict[str, Any]]:
    """The rows in the answer, in strict: what is changed in them is changed in the answer."""
    with suppress(MalformedError):
        found = [row for row in endpoint.rows(data) if isinstance(row, dict)]
        inside = list(_objects(data))
        return [row if any(row is each for each in inside) else _source(row, inside) for row in found]
    return []


def _source(row: Mapping[str, Any], inside: list[dict[str, Any]]) -> dict[str, Any]:
    """What of the answer a row was made from, where its table puts one together: what it shares most fields with."""
    return max(inside, key=lambda each: len(each.keys() & row.keys()))


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner)


def holders(row: dict[str, Any], path: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Every object in the row that holds the field at ``path``."""
    head, *rest = path
    inner = row.get(head)
    below = inner if isinstance(inner, list) else [inner]
    if rest:
        yield from (found for each in below if isinstance(each, dict) for found in holders(each, rest))
    elif head in row:
        yield row


def spoil(row: dict[str, Any], path: Sequence[str], change: Spoil) -> bool:
    """Change the field at ``path`` in strict. False where there is none."""
    head, *rest = path
    if rest:
        inner = row.get(head)
        below = inner if isinstance(inner, list) else [inner]
        return any([spoil(each, rest, change) for each in below if isinstance(each, dict)])  # noqa: C419 - all of them
    if head not in row:
        return False
    new = change(row[head])
    if new is DROP:
        del row[head]
    else:
        row[head] = new
    return True
