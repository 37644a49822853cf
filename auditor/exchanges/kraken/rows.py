"""Kraken: select the rows of answers, most of which are objects keyed by an asset or an id."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from auditor.exchanges.kraken.envelope import MISSING
from auditor.exchanges.kraken.no_result import KEY, ROW
from auditor.i18n import _
from auditor.model.amounts import ZERO, parse
from auditor.spec.fields import MalformedError
from auditor.spec.rows import object_row


def keyed_rows(data: object) -> list[object]:
    """Return the entries of an object, each with its key in field `KEY`; one row for an answer without ``result``."""
    return [ROW] if data is MISSING else _entries(data)


def keyed_rows_in(name: str) -> Callable[[object], list[object]]:
    """Select the entries of the object ``name`` of an answer that is an object."""
    return lambda data: _entries(_answer(data).get(name))


def newest_in(name: str, time: str) -> Callable[[object], list[object]]:
    """Select the newest entry of the object ``name``, by its field ``time``: an object has no order."""
    entries = keyed_rows_in(name)
    return lambda data: sorted(entries(data), key=lambda row: _number(row, time), reverse=True)[:1]


def newest_first_in(name: str, time: str) -> Callable[[object], list[object]]:
    """Select the entries of the object ``name``, the newest first; those of one time stay as they came."""
    entries = keyed_rows_in(name)
    return lambda data: sorted(entries(data), key=lambda row: _exactly(row, time), reverse=True)


def rows_in_any(*names: str) -> Callable[[object], list[object]]:
    """Select the rows in the lists that have one of these names: documentation and answers spell it differently."""

    def rows(data: object) -> list[object]:
        answer = _answer(data)
        found = [answer[name] for name in names if name in answer]
        if not found or not all(isinstance(one, list) for one in found):
            raise MalformedError(_("{name} is not a list").format(name=names[0]))
        return [row for one in found if isinstance(one, list) for row in one]

    return rows


def _answer(data: object) -> Mapping[str, object]:
    if data is MISSING:
        raise MalformedError(_("{name} is missing").format(name="result"))
    (answer,) = object_row(data)
    return answer if isinstance(answer, dict) else {}


def _entries(data: object) -> list[object]:
    if not isinstance(data, dict):
        raise MalformedError(_("the data is not an object"))
    return [{**(entry if isinstance(entry, dict) else {}), KEY: key} for key, entry in data.items()]


def _number(row: object, field: str) -> float:
    try:
        return float(str(row.get(field))) if isinstance(row, dict) else 0.0
    except ValueError:
        return 0.0


def _exactly(row: object, field: str) -> Decimal:
    return parse(row.get(field)) or ZERO if isinstance(row, dict) else ZERO
