"""JSON in which every number keeps the digits that the exchange wrote."""

import json
import re
from typing import Any, NoReturn

from auditor.transport.ccxt.json_body import DEEPEST, MOST_PARTS

# Unicode reserves this character for a program's own use: no text holds it.
_MARK = "\ufdd0"
# An archive's document holds an answer some levels down.
LEVELS = DEEPEST + 8
_MARKED = re.compile(r'"\\ufdd0([^"\\]*)\\ufdd0"')


class Number(str):
    """A JSON number, as it was written."""

    __slots__ = ()


def decode(text: str) -> object:
    """Return the value of a JSON text; its numbers are `Number`.

    Raises ValueError for what the program does not take for an answer: no JSON, a field twice, NaN, more or deeper
    parts than any exchange sends.
    """
    if parts(text) > MOST_PARTS:
        raise ValueError("too many parts")
    try:
        value: object = json.loads(
            text, parse_float=Number, parse_int=Number, parse_constant=_refuse, object_pairs_hook=_unique
        )
    except RecursionError as error:
        raise ValueError("too deep") from error
    _check_depth(value)
    return value


def parts(text: str) -> int:
    """Return how many parts a JSON text has at most, before they are made."""
    return sum(map(text.count, ",[{"))


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


def _check_depth(value: object) -> None:
    level: list[Any] = [value] if isinstance(value, dict | list) else []
    for _depth in range(LEVELS):
        inner = (part.values() if isinstance(part, dict) else part for part in level)
        level = [item for items in inner for item in items if isinstance(item, dict | list)]
        if not level:
            return
    raise ValueError("too deep")


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field twice")
    return fields
