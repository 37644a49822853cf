"""JSON in which every number keeps the digits that the exchange wrote."""

import json
import re
from typing import NoReturn

# Unicode reserves this character for a program's own use: no text holds it.
_MARK = "\ufdd0"
_MARKED = re.compile(r'"\\ufdd0([^"\\]*)\\ufdd0"')


class Number(str):
    """A JSON number, as it was written."""

    __slots__ = ()


def decode(text: str) -> object:
    """Return the value of a JSON text; its numbers are `Number`.

    Raises ValueError for what the program does not take for an answer: no JSON, a field twice, NaN.
    """
    try:
        return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=_refuse, object_pairs_hook=_unique)
    except RecursionError as error:
        raise ValueError("too deep") from error


def encode(value: object, indent: int | None = None) -> str:
    """Return the JSON text of a value, each `Number` as it was written."""
    return _MARKED.sub(r"\1", json.dumps(_marked(value), indent=indent, ensure_ascii=True))


def _marked(value: object) -> object:
    if isinstance(value, Number):
        return f"{_MARK}{value}{_MARK}"
    if isinstance(value, str):
        return value.replace(_MARK, "?")
    if isinstance(value, dict):
        return {str(_marked(str(name))): _marked(item) for name, item in value.items()}
    return [_marked(item) for item in value] if isinstance(value, list | tuple) else value


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field twice")
    return fields
