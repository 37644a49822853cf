"""Evidence as JSON and back: what JSON lacks, or would confuse with a mark, stands under a mark."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from auditor.i18n import Message, Text, verbatim
from auditor.i18n.message import check_message, data_of, separated

_MARK = "$"
# The name is that of the first version that stored sentences: stored histories have it.
_MESSAGE = "$said"
LONGEST = 400
"""Digits of an amount, and zeros in front of or behind them: the program's exact products have 264."""
DEEPEST = 200
"""Lists and objects within each other: an answer has 64, each of which may stand under a mark."""


def written(value: Any) -> Any:
    """Write a value as one that JSON has. Raises TypeError for what no exchange sends."""
    match value:
        case Decimal():
            return {"$decimal": str(value)}
        case datetime():
            return {"$time": value.isoformat()}
        case list() | tuple():
            items = [written(item) for item in value]
            return items if isinstance(value, list) else {"$tuple": items}
        case Mapping():
            plain = {str(key): written(item) for key, item in value.items()}
            return {"$mapping": plain} if any(key.startswith(_MARK) for key in plain) else plain
        case None | bool() | int() | float() | str():
            return value
    raise TypeError(type(value).__name__)


def restore(value: Any) -> Any:
    """Read what `written` wrote."""
    if isinstance(value, list):
        return [restore(item) for item in value]
    if not isinstance(value, dict):
        return value
    mark = next(iter(value)) if len(value) == 1 else ""
    marked: Callable[[Any], Any] = _MARKED.get(mark, _mapping)
    return marked(value[mark] if mark in _MARKED else value)


def restored_mapping(value: Any) -> Mapping[str, Any]:
    """Read what `written` wrote of a mapping. Raises TypeError for anything else."""
    mapping = restore(value)
    if not isinstance(mapping, dict):
        raise TypeError(type(mapping).__name__)
    return mapping


def write_text(text: Text) -> object:
    """Write a text; of a message its template and values, so that it can be read in any language."""
    if not isinstance(text, Message):
        return text
    stored = data_of(separated(text))
    if isinstance(stored, str):
        return stored
    values: object = stored.values
    if isinstance(stored.values, tuple):
        values = [_write_value(value) for value in stored.values]
    elif stored.values is not None:
        values = {name: _write_value(value) for name, value in stored.values.items()}
    return {_MESSAGE: [stored.template, values, stored.begins]}


def read_text(value: object) -> Text:
    """Read what `write_text` wrote. Raises TypeError, ValueError or KeyError for what is no text."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        raise TypeError(value)
    template, values, begins = value[_MESSAGE]
    if not isinstance(template, str):
        raise TypeError(template)
    if isinstance(values, list):
        values = tuple(map(_read_value, values))
    elif values is not None:
        values = {name: _read_value(each) for name, each in values.items()}
    message = Message(template, values, bool(begins))
    check_message(message)
    return message


def read_message(value: object) -> Message:
    """Read a message; a text without a template is somebody's own words. Raises as `read_text` does."""
    return verbatim(read_text(value))


def read_data(value: object) -> str:
    """Read a text that is data; passes of earlier versions have messages in some of its places."""
    return str(read_text(value))


def _write_value(value: object) -> object:
    return write_text(value) if isinstance(value, Message | str) else written(value)


def _read_value(value: object) -> object:
    return read_text(value) if isinstance(value, dict) and _MESSAGE in value else restore(value)


def decimal(text: object) -> Decimal:
    """Read an amount. Raises TypeError for a number that may have lost digits, ValueError for one without an end."""
    if not isinstance(text, str):
        raise TypeError(text)
    amount = Decimal(text)
    if not amount.is_finite() or len(text) > LONGEST or abs(amount.adjusted()) > LONGEST:
        raise ValueError(LONGEST)
    return amount


def check_depth(value: object) -> None:
    """Raise ValueError for lists and objects within each other, deeper than any that are written."""
    level = [value]
    for _depth in range(DEEPEST):
        level = [item for one in level for item in _items(one)]
        if not level:
            return
    raise ValueError(DEEPEST)


def _items(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def moment(text: str) -> datetime:
    """Read a time. Raises ValueError for one without a zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _mapping(value: Mapping[str, Any]) -> Any:
    return {key: restore(item) for key, item in value.items()}


def _tuple(items: list[Any]) -> Any:
    return tuple(restore(item) for item in items)


_MARKED: Mapping[str, Callable[[Any], Any]] = {
    "$decimal": decimal,
    "$time": moment,
    "$tuple": _tuple,
    "$mapping": _mapping,
}
