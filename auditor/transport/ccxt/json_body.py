"""An answer's body as exact JSON: amounts stay strings as received, and an ambiguous body is an error."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, NoReturn

import orjson

from auditor.i18n import _
from auditor.model.texts import REPLACEMENT, shorten
from auditor.transport.ccxt.answer_errors import BadBodyError, TooLargeError

# No documented answer comes near any of these.
DEEPEST = 64
MOST_ROWS = 50_000
MOST_PARTS = 2_000_000
LONGEST_TEXT = 1000
# In a body: half of a character, and an escaped quotation mark, which hides how long a text is.
_ODD_ESCAPE = re.compile(r'\\(?:"|u[dD][89a-fA-F])')
_LONG_TEXT = re.compile(f'"[^"]{{{LONGEST_TEXT}}}')
_NESTED = frozenset({dict, list})
_TEXTS = frozenset({dict, list, str, bool, type(None)})
_SURROGATE = re.compile("[\ud800-\udfff]")


def decoded_body(body: str) -> object:
    """Return the JSON with numbers as strings, and texts that are too long or are no Unicode mended.

    Raises BadBodyError for a duplicate key, NaN or Infinity, and for more or deeper parts than any exchange sends.
    """
    # A part takes up to 100 bytes of memory, one byte of the body: counted before they are made.
    if len(body) > MOST_PARTS and sum(map(body.count, ",[{")) > MOST_PARTS:
        raise TooLargeError(_("the answer has more parts than any that an exchange gives"))
    decoded = _decoded_texts(body)
    if decoded is None:
        decoded = _decoded_exactly(body)
        _check_shape(decoded)
    return _mended(decoded) if _needs_mending(body) else decoded


def _decoded_texts(body: str) -> object:
    """Return the JSON of a body whose values are all texts, in half of the time; None for any other.

    What is written again as it was had no key twice and nothing that this decoder rounds.
    """
    try:
        data = body.encode()
        decoded = orjson.loads(data)
        is_same = orjson.dumps(decoded) == data
    except (ValueError, TypeError):
        return None
    return decoded if is_same and _check_shape(decoded) <= _TEXTS else None


def _decoded_exactly(body: str) -> object:
    try:
        return json.loads(
            body, parse_float=str, parse_int=str, parse_constant=_refuse_constant, object_pairs_hook=_unique
        )
    except json.JSONDecodeError as error:
        raise BadBodyError(_("the answer breaks off or is not JSON")) from error
    except RecursionError as error:
        raise _too_deep() from error


def _needs_mending(body: str) -> bool:
    """Return whether there may be a text to cut or to mend; looked for in the body, which is quicker than in parts."""
    is_long = _may_be_long(body) and _LONG_TEXT.search(body) is not None
    return is_long or ("\\" in body and _ODD_ESCAPE.search(body) is not None)


def _may_be_long(body: str) -> bool:
    """Return whether so many characters as a long text has follow one another without a quotation mark."""
    begin = 0
    while len(body) - begin > LONGEST_TEXT:
        quote = body.rfind('"', begin, begin + LONGEST_TEXT)
        if quote < 0:
            return True
        begin = quote + 1
    return False


def _check_shape(decoded: object) -> set[type]:
    """Return the kinds of its parts. Raise BadBodyError for too many or too deep ones.

    Goes level by level, since it is run for every answer.
    """
    level: list[Any] = [decoded] if isinstance(decoded, dict | list) else []
    depth, kinds = 0, set[type]([type(decoded)])
    while level:
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()
        if max(map(len, level)) > MOST_ROWS:
            raise TooLargeError(_("the answer has a list of more than {most} rows").format(most=MOST_ROWS))
        there = _kinds_of(level)
        kinds |= there
        level = [] if there.isdisjoint(_NESTED) else [part for part in _parts_of(level) if type(part) in _NESTED]
    return kinds


def _kinds_of(level: list[Any]) -> set[type]:
    """Return the kinds of what is in some parts: of a ledger's rows, thousands of texts in every answer."""
    try:
        # Only texts can be joined, and nothing looks at each of them in less time.
        "".join(_parts_of(level))
    except TypeError:
        return set(map(type, _parts_of(level)))
    return {str}


def _parts_of(level: list[Any]) -> Iterator[Any]:
    dicts = [part for part in level if type(part) is dict]
    lists = [part for part in level if type(part) is list]
    return chain(chain.from_iterable(map(dict.values, dicts)), chain.from_iterable(lists))


def _too_deep() -> BadBodyError:
    return BadBodyError(_("the answer is nested more than {most} levels deep").format(most=DEEPEST))


def _mended(value: Any) -> Any:
    """Return ``value`` with texts cut, and with a sign for each character that cannot be written anywhere."""
    if isinstance(value, str):
        return shorten(_SURROGATE.sub(REPLACEMENT, value), LONGEST_TEXT)
    if isinstance(value, list):
        return [_mended(item) for item in value]
    if isinstance(value, dict):
        return _unique([(_mended(name), _mended(item)) for name, item in value.items()])
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise BadBodyError(_("the answer holds {name}, which is no number").format(name=name))


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadBodyError(_("the answer names one field twice"))
    return fields
