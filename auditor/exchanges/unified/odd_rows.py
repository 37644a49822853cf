"""Parse recorded answers again without the rows over which ccxt stumbles, so that one odd row hides no other."""

import json
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from typing import Any

from auditor.exchanges.unified.answers import EACH, ITSELF, KEYED, MAYBE, SOME
from auditor.transport.ccxt.answer_errors import ExchangeError

# The keys that lead from the recorded answers to one row; the first is the number of the answer.
Place = tuple[int | str, ...]
Asked = tuple[str, str, str]
Parse = Callable[[], Awaitable[Any]]
Send = Callable[..., Awaitable[Any]]
# Beyond so many odd rows it is the answer that is not understood.
MOST_ODD = 50
# Lists of reference data stand at most so deep in an answer.
DEEPEST = 4


class NoOddRowsError(Exception):
    """What ccxt stumbles over is not a row, or too many of them."""


class AnswerRecording:
    """The answers to ccxt's requests, by section, path and parameters, so that they can be given again."""

    def __init__(self, ccxt: Any, optional: Collection[str] = ()) -> None:
        """Record nothing yet. ``optional``: ccxt's paths of requests whose refusal counts as an answer with nothing."""
        self._ccxt = ccxt
        self._optional = optional
        self._asked: list[Asked] = []
        self.bodies: list[Any] = []

    @contextmanager
    def recorded(self) -> Iterator[None]:
        """Record the answers to the requests that ccxt sends within the block."""
        with _sending(self._ccxt, partial(self._send, self._ccxt.fetch2)):
            yield

    async def _send(self, send: Send, path: Any, api: Any = "public", *rest: Any, **named: Any) -> Any:
        """Send a request with ``send``, and record its answer."""
        try:
            body = await send(path, api, *rest, **named)
        except ExchangeError:
            if str(path) not in self._optional:
                raise
            self._ccxt.log.trouble = None
            return {}
        self._asked.append(_asked(path, api, rest))
        # The log has a copy, since ccxt's methods modify their answers.
        self.bodies.append(self._ccxt.log.answers[-1][1])
        return body

    @contextmanager
    def repeated(self, dropped: Collection[Place]) -> Iterator[None]:
        """Answer ccxt's requests within the block from the record, without the rows ``dropped``.

        What ccxt had not come to before it stumbled is sent now.
        """
        send = self._ccxt.fetch2
        left = [
            (asked, without(body, number, dropped))
            for number, (asked, body) in enumerate(zip(self._asked, self.bodies, strict=True))
        ]

        async def fetch2(path: Any, api: Any = "public", *rest: Any, **named: Any) -> Any:
            wanted = _asked(path, api, rest)
            alike = [entry for entry in left if entry[0][:2] == wanted[:2]]
            if not alike:
                return await self._send(send, path, api, *rest, **named)
            # Where only a time differs, the order of the requests is the same.
            answer = next((entry for entry in alike if entry[0] == wanted), alike[0])
            left.remove(answer)
            return deepcopy(answer[1])

        with _sending(self._ccxt, fetch2):
            yield

    def paths(self) -> list[tuple[str, str]]:
        """Return section and path of each answer."""
        return [(section, path) for section, path, _params in self._asked]


@contextmanager
def _sending(ccxt: Any, fetch2: Any) -> Iterator[None]:
    ccxt.fetch2 = fetch2
    try:
        yield
    finally:
        del ccxt.fetch2


def _asked(path: Any, api: Any, rest: Sequence[Any]) -> Asked:
    section = ".".join(api) if isinstance(api, list | tuple) else str(api)
    return section, str(path), json.dumps(rest[1] if len(rest) > 1 else {}, sort_keys=True, default=str)


async def parse_without_odd_rows(
    record: AnswerRecording, places: Sequence[Place], parse: Parse
) -> tuple[Any, list[Place]]:
    """Return what ``parse`` makes of the record without its odd rows, and their places.

    Raises NoOddRowsError where ccxt stumbles even without any row, over too many, or over what is left.
    """

    async def stumbles(kept: Collection[Place]) -> bool:
        with record.repeated(frozenset(places) - frozenset(kept)):
            try:
                await parse()
            except Exception:  # noqa: BLE001 - whatever an odd row makes ccxt raise
                return True
        return False

    if not places or await stumbles(()):
        raise NoOddRowsError
    odd = [place async for place in _odd(places, stumbles)]
    with record.repeated(frozenset(odd)):
        try:
            return await parse(), odd
        except Exception as error:
            raise NoOddRowsError from error


async def _odd(places: Sequence[Place], stumbles: Callable[[Collection[Place]], Awaitable[bool]]) -> Any:
    """Yield the odd ones among the places, found by halves."""
    found, groups = 0, [places]
    while groups:
        group = groups.pop()
        if not group or not await stumbles(group):
            continue
        if len(group) > 1:
            groups += [group[len(group) // 2 :], group[: len(group) // 2]]
            continue
        found += 1
        if found > MOST_ODD:
            raise NoOddRowsError
        yield group[0]


def without(body: Any, number: int, dropped: Collection[Place]) -> Any:
    """Return the answer with this number without the rows at the places ``dropped``."""
    concerned = {place[1:] for place in dropped if place[0] == number}
    return _kept(body, (), concerned) if concerned else body


def _kept(node: Any, here: Place, dropped: Collection[Place]) -> Any:
    if isinstance(node, dict):
        return {key: _kept(one, (*here, key), dropped) for key, one in node.items() if (*here, key) not in dropped}
    if isinstance(node, list):
        places = enumerate(node)
        return [_kept(one, (*here, at), dropped) for at, one in places if (*here, at) not in dropped]
    return node


def rows_by_path(body: Any, path: str, number: int) -> Iterator[Place]:
    """Yield the places of the rows at ``path``; none where a row is the whole object there."""
    parts = path.split(".") if path else []
    if ITSELF not in parts:
        yield from _below(body, parts if path.endswith(KEYED) else [*parts, EACH], (number,))


def _below(node: Any, parts: Sequence[str], here: Place) -> Iterator[Place]:
    if not parts:
        yield here
        return
    name = parts[0].removesuffix(MAYBE)
    for key, one in _members(node):
        if name in {EACH, SOME, KEYED} or key == name:
            yield from _below(one, parts[1:], (*here, key))


def rows_anywhere(node: Any, here: Place) -> Iterator[Place]:
    """Yield the places of what looks like rows: members of lists, and objects of one kind within an object."""
    if len(here) > DEEPEST:
        return
    for key, one in _members(node):
        if _is_list_of_rows(node):
            yield (*here, key)
        else:
            yield from rows_anywhere(one, (*here, key))


def _is_list_of_rows(node: Any) -> bool:
    members = [one for _key, one in _members(node)]
    if isinstance(node, list):
        return not all(isinstance(one, list) and one and isinstance(one[0], list | dict) for one in members)
    return sum(map(_is_object_with_values, members)) * 2 > len(members)


def _is_object_with_values(node: Any) -> bool:
    return isinstance(node, dict) and any(not isinstance(one, list | dict) for one in node.values())


def _members(node: Any) -> Iterator[tuple[int | str, Any]]:
    if isinstance(node, dict):
        yield from node.items()
    elif isinstance(node, list):
        yield from enumerate(node)
