"""Binance: what several row readers share: figures, final states, and what was read before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from auditor.i18n import _
from auditor.model.records import Record
from auditor.model.snapshot import Read, Reading, Unread
from auditor.spec.fields import Malformed, Row
from auditor.spec.surface import listed, whole


def parts(row: Row, **names: str) -> dict[str, Decimal]:
    """The figures of ``row`` by part, without documented blanks."""
    found = {part: row.amount_or_none(name) for part, name in names.items()}
    return {part: value for part, value in found.items() if value is not None}


def not_read(read: Mapping[str, Sequence[Reading]]) -> bool:
    """Whether any of these surfaces is Unread."""
    return any(isinstance(reading.result, Unread) for readings in read.values() for reading in readings)


def records_of(read: Mapping[str, Sequence[Reading]], *surfaces: str) -> Iterator[Record]:
    """Every record of these surfaces, or of all."""
    for surface in surfaces or tuple(read):
        for reading in read.get(surface, ()):
            if isinstance(reading.result, Read):
                yield from reading.result.records


def one_or_many(data: object) -> list[object]:
    """The rows of an answer that is a list, or one object where there is only one."""
    return data if isinstance(data, list) else whole(data)


def some(data: object) -> list[object]:
    """One object, or a list of them, of which those without anything in them say that there is nothing."""
    return [row for row in one_or_many(data) if not isinstance(row, dict) or any(row.values())]


def counted(name: str) -> Callable[[object], list[object]]:
    """The rows in list ``name`` of an answer that counts them, and must agree."""

    def rows(data: object) -> list[object]:
        found = listed(name)(data)
        (answer,) = whole(data)
        if not isinstance(answer, dict) or answer.get("total") != str(len(found)):
            raise Malformed(_("{name} is not a count").format(name="total"))
        return found

    return rows


def all_at_once(data: object) -> list[object]:
    """The rows of a history that says itself whether there are more."""
    (answer,) = whole(data)
    if not isinstance(answer, dict) or not isinstance(answer.get("list"), list):
        raise Malformed(_("{name} is not a list").format(name="list"))
    if answer.get("moreData") is not False:
        raise Malformed(_("there are more rows than one answer holds"))
    return list(answer["list"])
