"""Evidence as JSON and back: what JSON lacks, or would confuse with a mark, stands under a mark."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from auditor.i18n import _
from auditor.i18n.message import Said, filled

_MARK = "$"
_SAID = "$said"


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


def restored(value: Any) -> Any:
    """Read what `written` wrote."""
    if isinstance(value, list):
        return [restored(item) for item in value]
    if not isinstance(value, dict):
        return value
    mark = next(iter(value)) if len(value) == 1 else ""
    marked: Callable[[Any], Any] = _MARKED.get(mark, _mapping)
    return marked(value[mark] if mark in _MARKED else value)


def sentence(text: str) -> object:
    """Write a text; of a sentence what it was made of, so that it can be read in another language."""
    if not isinstance(text, Said):
        return text
    values: object = text.values
    if isinstance(text.values, tuple):
        values = [_part(value) for value in text.values]
    elif text.values is not None:
        values = {name: _part(value) for name, value in text.values.items()}
    return {_SAID: [text.template, values, text.begins]}


def said(value: object) -> str:
    """Read what `sentence` wrote, in the language of the person. Raises TypeError for what is no text."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        raise TypeError(value)
    template, values, begins = value[_SAID]
    if isinstance(values, list):
        values = tuple(map(said, values))
    elif values is not None:
        values = {name: _restored_part(each) for name, each in values.items()}
    return filled(_(template), values, begins=begins)


def _part(value: object) -> object:
    return sentence(value) if isinstance(value, str) else written(value)


def _restored_part(value: object) -> object:
    return said(value) if isinstance(value, dict) and _SAID in value else restored(value)


def decimal(text: object) -> Decimal:
    """Read an amount. Raises TypeError for a number that may have lost digits."""
    if not isinstance(text, str):
        raise TypeError(text)
    return Decimal(text)


def moment(text: str) -> datetime:
    """Read a time. Raises ValueError for one without a zone."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _mapping(value: Mapping[str, Any]) -> Any:
    return {key: restored(item) for key, item in value.items()}


def _tuple(items: list[Any]) -> Any:
    return tuple(restored(item) for item in items)


_MARKED: Mapping[str, Callable[[Any], Any]] = {
    "$decimal": decimal,
    "$time": moment,
    "$tuple": _tuple,
    "$mapping": _mapping,
}
